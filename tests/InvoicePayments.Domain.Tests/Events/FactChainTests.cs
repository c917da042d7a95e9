using System.Reflection;
using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>Facts hold on to each other: none can be changed, left out or added without being found.</summary>
public sealed class FactChainTests
{
    private readonly Story _story = Story.Of(1000);

    public FactChainTests()
    {
        var first = _story.Ask(Pay(600)).Operation;
        _story.Tell(first.Id, Success(600));
        _story.Answer(Cash(100));
        var refund = _story.Ask(Refund(first.Payment, 50)).Operation;
        _story.Tell(refund.Id, Success(50, "re_1"));
    }

    [Fact]
    public void FactsAsTheyWereWritten_AreIntact()
    {
        Assert.Equal(new FactVerification.Intact(6), Verify(_story.Facts));
        Assert.Null(_story.Facts[0].Previous);
        for (var i = 1; i < _story.Facts.Count; i++) Assert.Equal(FactChain.HashOf(_story.Facts[i - 1]), _story.Facts[i].Previous);
        Assert.Equal(FactChain.HashOf(_story.Facts[^1]), _story.Invoice.FactHash);
    }

    [Fact]
    public void WhicheverFactWasChanged_IsNamed()
    {
        for (var i = 0; i < _story.Facts.Count; i++)
        {
            Func<InvoiceEvent, InvoiceEvent>[] changes =
            [
                f => f with { At = f.At.AddTicks(1) }, f => f with { Previous = new(new string('b', 64)) }, f => f with { SchemaVersion = 2 }, Richer,
            ];
            foreach (var change in changes) Assert.Equal(i + 1, Named([.. _story.Facts.Select((f, n) => n == i ? change(f) : f)]));
        }
    }

    [Fact]
    public void AFactThatIsMissing_OrBelongsToAnother_IsNamed()
    {
        for (var i = 0; i < _story.Facts.Count; i++)
        {
            Assert.Equal(i + 1, Named([.. _story.Facts.Where((_, n) => n != i)]));
            Assert.Equal(i + 1, Named([.. _story.Facts.Select((f, n) => n == i ? f with { Invoice = new("inv_2") } : f)]));
        }

        Assert.Equal(1, Named([]));
        foreach (var other in new[] { _story.Facts[5] with { Invoice = new("inv_2") }, _story.Facts[5] with { Tenant = new("other") } })
            Assert.Equal("Fact 6 of invoice inv_1 is not there.", Assert.IsType<FactVerification.Tampered>(Verify([.. _story.Facts.Take(5), other])).Why);
    }

    [Fact]
    public void OfTwoFactsThatWereChanged_TheFirstIsNamed() =>
        Assert.Equal(2, Named([.. _story.Facts.Select((f, n) => n is 1 or 4 ? f with { At = f.At.AddTicks(1) } : f)]));

    [Fact]
    public void FactsThatCameAfterTheInvoiceWasRead_ArePassedOver()
    {
        var invoice = _story.Invoice;
        _story.Answer(Cash(100, "cash-2"));
        Assert.Equal(new FactVerification.Intact(6), FactChain.Verify(invoice, _story.Facts));
    }

    [Fact]
    public void ADraftThatIsWrittenAnewAndIssued_StaysOneChain()
    {
        var story = Story.Of(1000);
        story.Answer(Issue(500, "inv_2") with { AsDraft = true });
        story.Answer(Issue(600, "inv_2") with { AsDraft = true });
        story.Answer(Issue(700, "inv_2"));
        var facts = story.Facts.Where(f => f.Invoice.Value == "inv_2").ToList();

        Assert.Equal(3, facts.Count);
        Assert.Equal(new FactVerification.Intact(3), FactChain.Verify(story.Load(new() { Tenant = TenantId.Default, Invoices = [new("inv_2")] }).Invoices[0], facts));
    }

    [Fact]
    public void EveryTypeOfFact_HasACanonicalForm_UnderTheNameItHasInJson()
    {
        var names = typeof(InvoiceEvent).GetCustomAttributes<System.Text.Json.Serialization.JsonDerivedTypeAttribute>()
            .ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);
        var types = typeof(InvoiceEvent).GetNestedTypes().Where(t => !t.IsAbstract).ToList();

        Assert.Equal(types.Count, names.Count);
        Assert.Equal(types.Select(t => t.Name).Order(), FactSamples.All.Select(f => f.GetType().Name).Order());
        foreach (var fact in FactSamples.All)
        {
            var writer = CanonicalWriter.Begin();
            FactContent.Write(writer, fact);
            Assert.True(writer.Written.IndexOf(System.Text.Encoding.BigEndianUnicode.GetBytes(names[fact.GetType()])) > 0, names[fact.GetType()]);
        }
    }

    [Fact]
    public void EveryFieldOfAFact_IsInItsHash()
    {
        foreach (var fact in FactSamples.All)
        {
            foreach (var property in fact.GetType().GetProperties().Where(p => p.CanWrite && p.GetIndexParameters().Length == 0))
            {
                var other = Clone(fact);
                property.SetValue(other, Another(property.GetValue(fact), property.PropertyType));
                Assert.True(FactChain.HashOf(fact) != FactChain.HashOf(other), $"{fact.GetType().Name}.{property.Name} is not in the hash.");
            }
        }

        var created = FactSamples.All.OfType<InvoiceEvent.Started>().Single();
        foreach (var property in typeof(PaymentSummary).GetProperties().Where(p => p.CanWrite))
        {
            var other = created.Created! with { };
            property.SetValue(other, Another(property.GetValue(created.Created), property.PropertyType));
            Assert.True(FactChain.HashOf(created) != FactChain.HashOf(created with { Created = other }), $"{property.Name} of a payment is not in the hash.");
        }
    }

    private FactVerification Verify(IReadOnlyList<InvoiceEvent> facts) => FactChain.Verify(_story.Invoice, facts);

    private long Named(IReadOnlyList<InvoiceEvent> facts) => Assert.IsType<FactVerification.Tampered>(Verify(facts)).Sequence;

    private static InvoiceEvent Richer(InvoiceEvent fact) => fact switch
    {
        InvoiceEvent.Issued issued => issued with { Total = issued.Total + Eur(1) },
        InvoiceEvent.Started started => started with { Reserved = started.Reserved + Eur(1) },
        InvoiceEvent.Succeeded moved => moved with { Moved = moved.Moved + Eur(1) },
        _ => fact with { Sequence = fact.Sequence, At = fact.At.AddDays(1) },
    };

    private static InvoiceEvent Clone(InvoiceEvent fact) => fact with { };

    private static object? Another(object? value, Type type) => value switch
    {
        null => throw new InvalidOperationException($"A sample leaves a {type} out."),
        long number => number + 1,
        int number => number + 1,
        bool flag => !flag,
        string text => text + "!",
        Money money => money + Money.FromMinorUnits(1, money.Currency),
        DateTimeOffset at => at.AddTicks(1),
        Uri url => new Uri(url.OriginalString + "2"),
        Decline decline => decline with { RawCode = "05" },
        OperationError error => error with { Code = "other" },
        Enum set => Enum.GetValues(set.GetType()).Cast<object>().First(v => !v.Equals(set)),
        PaymentSummary summary => summary with { Reference = "other" },
        Fingerprint => new Fingerprint(new string('c', 64)),
        _ => Activator.CreateInstance(value.GetType(), value + "x"),
    };
}

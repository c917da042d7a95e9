using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>The facts of an account's credit hold on to each other as an invoice's do, and stay written as they were.</summary>
public sealed class CreditFactChainTests
{
    private readonly AccountCredit _credit;
    private readonly IReadOnlyList<CreditEvent> _facts;

    public CreditFactChainTests()
    {
        var story = Story.Of(1000);
        story.Answer(Issue(900, "cg_1") with { Kind = PayableKind.CreditGrant });
        story.Tell(story.Ask(Pay(null, "grant") with { InvoiceId = null, CreditGrantId = new("cg_1") }).Operation.Id, Success(900, "ch_g"));
        story.Tell(story.Ask(Pay() with { ApplyBalance = true }).Operation.Id, Success(100));
        (_credit, _facts) = (story.CreditOf(new(Ada, Currency.EUR))!, story.CreditFacts);
    }

    [Fact]
    public void FactsAsTheyWereWritten_AreIntact_AndWhicheverWasChangedIsNamed()
    {
        Assert.Equal(new FactVerification.Intact(3), FactChain.Verify(_credit, _facts));
        for (var i = 0; i < _facts.Count; i++)
        {
            Func<CreditEvent, CreditEvent>[] changes =
            [
                f => f with { At = f.At.AddTicks(1) }, f => f with { Account = Bob }, f => f with { Currency = Currency.USD }, f => f with { Tenant = new("other") },
                f => f with { Sequence = f.Sequence + 1 }, f => f with { Operation = new("other") },
            ];
            foreach (var change in changes) Assert.Equal(i + 1, Found([.. _facts.Select((f, n) => n == i ? change(f) : f)]).Sequence);
            Assert.Equal(i + 1, Found([.. _facts.Where((_, n) => n != i)]).Sequence);
        }

        foreach (var other in new[] { _facts[2] with { Account = Bob }, _facts[2] with { Currency = Currency.USD }, _facts[2] with { Tenant = new("other") } })
            Assert.Equal("Fact 3 of the EUR credit of account acc_ada is not there.", Found([.. _facts.Take(2), other]).Why);
        Assert.Equal("Fact 2 of the EUR credit of account acc_ada is not there.", Found([_facts[0], _facts[2], _facts[1]]).Why);
        Assert.Equal("Fact 1 of the EUR credit of account acc_ada is not there.", Found([]).Why);
        Assert.Equal("Fact 3 of the EUR credit of account acc_ada is not the one that was written.", Found([.. _facts.Take(2), _facts[2] with { At = Noon.AddDays(1) }]).Why);
    }

    [Fact]
    public void NothingAtAll_IsNotVerified()
    {
        Assert.Throws<ArgumentNullException>(() => new CreditFactVerifier(null!));
        Assert.Throws<ArgumentNullException>(() => new CreditFactVerifier(_credit).Take(null!));
        Assert.Throws<ArgumentNullException>(() => FactChain.Verify(_credit, null!));
        Assert.Throws<ArgumentNullException>(() => FactChain.HashOf((CreditEvent)null!));
        Assert.Throws<ArgumentNullException>(() => FactChain.HashOf((InvoiceEvent)null!));
        Assert.Throws<ArgumentNullException>(() => new FactVerifier(null!));
        Assert.Throws<ArgumentNullException>(() => FactChain.Verify(Story.Of(1).Invoice, null!));
        Assert.Throws<ArgumentNullException>(() => new FactVerifier(Story.Of(1).Invoice).Take(null!));
    }

    [Fact]
    public void EveryFieldOfAFact_IsInItsHash()
    {
        var spent = FactSamples.OfCredit.OfType<CreditEvent.Spent>().Single();
        CreditEvent[] others =
        [
            spent with { SchemaVersion = 2 }, spent with { Tenant = new("other") }, spent with { Account = Bob }, spent with { Currency = Currency.USD }, spent with { Sequence = 99 },
            spent with { At = spent.At.AddTicks(1) }, spent with { Previous = null }, spent with { Operation = new("other") }, spent with { Kind = OperationKind.Refund },
            spent with { Payment = new("pay_other") }, spent with { Invoice = new("other") }, spent with { Amount = Eur(1) }, spent with { Released = Eur(1) }, spent with { Missing = null },
        ];
        Assert.Equal(others.Length + FactSamples.OfCredit.Count, others.Concat(FactSamples.OfCredit).Select(FactChain.HashOf).Distinct().Count());
        Assert.All(FactSamples.OfCredit, f => Assert.NotEqual(FactChain.HashOf(f), FactChain.HashOf(f switch
        {
            CreditEvent.Added added => added with { Amount = Eur(1) },
            CreditEvent.Held held => held with { Amount = Eur(1) },
            CreditEvent.Freed freed => freed with { Released = Eur(1) },
            _ => spent with { Amount = Eur(1) },
        })));
    }

    private FactVerification.Tampered Found(IReadOnlyList<CreditEvent> facts) => Assert.IsType<FactVerification.Tampered>(FactChain.Verify(_credit, facts));
}

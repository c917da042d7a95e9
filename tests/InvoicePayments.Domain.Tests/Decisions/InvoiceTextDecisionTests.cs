using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What may be written on an invoice and on the commands about it.</summary>
public sealed class InvoiceTextDecisionTests
{
    public static TheoryData<string, int, Func<string, InvoiceDetails>> Texts => new()
    {
        { "number", TextLimits.Reference, text => new() { Number = text } },
        { "description", TextLimits.Description, text => new() { Description = text } },
        { "statement descriptor", TextLimits.StatementDescriptor, text => new() { StatementDescriptor = text } },
        { "billing reason", TextLimits.Reference, text => new() { BillingReason = text } },
        { "subscription", TextLimits.Reference, text => new() { Subscription = text } },
        { "description of a line", TextLimits.Description, text => new() { Lines = [new("good", Eur(1)), new(text, Eur(1))] } },
        { "metadata key", TextLimits.MetadataKey, text =>
            new() { Metadata = new Dictionary<string, string> { ["a"] = "b", [text] = "v" } } },
        { "metadata value", TextLimits.MetadataValue, text => new() { Metadata = new Dictionary<string, string> { ["k"] = text } } },
    };

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public void ATextIsAsLongAsItsLimitAndNamedWhenItIsLonger(string name, int limit, Func<string, InvoiceDetails> with)
    {
        Assert.IsType<InvoiceResult.Done>(Issued(with(new('x', limit))));
        Assert.StartsWith($"The {name} has at most", Refused(Issued(with(new('x', limit + 1)))), StringComparison.Ordinal);
        Assert.StartsWith($"The {name} has", Refused(Issued(with("a\0"))), StringComparison.Ordinal);
    }

    [Fact]
    public void ACardNumberIsAllowedWhereThePolicySaysSo()
    {
        InvoiceDetails details = new() { Metadata = new Dictionary<string, string> { ["4111111111111111"] = "4111111111111111" },
            Number = "4111111111111111" };
        var story = new Story { Policy = new() { AllowCardNumbersInText = true } };

        Refused(Issued(details));
        Assert.IsType<InvoiceResult.Done>(story.Answer(Issue(1000) with { Details = details }));
    }

    [Fact]
    public void FreeTextHasLinesAndAMetadataKeyHasNot()
    {
        Assert.IsType<InvoiceResult.Done>(Issued(new() { Description = "a\nb", Metadata = new Dictionary<string,
            string> { ["k"] = "a\r\nb" } }));
        Refused(Issued(new() { Metadata = new Dictionary<string, string> { ["a\nb"] = "v" } }));
        Assert.Contains("missing", Refused(Issued(new() { Metadata = new Dictionary<string, string> { [" "] = "v" } })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void OfSeveralFaultyTextsTheFirstIsNamed()
    {
        InvoiceDetails faulty = new() { Number = "\0", Metadata = new Dictionary<string, string> { ["\0"] = "\0" } };

        Assert.StartsWith("The number ", Refused(Issued(faulty)), StringComparison.Ordinal);
        Assert.StartsWith("The metadata key ", Refused(Issued(faulty with { Number = null })), StringComparison.Ordinal);
    }

    [Fact]
    public void ThereAreAsManyLinesAndEntriesAsTheLimitsSay()
    {
        Assert.IsType<InvoiceResult.Done>(Issued(new() { Lines = Lines(InvoiceDetails.MaxLines),
            Metadata = Entries(TextLimits.MetadataEntries) }));
        Assert.Contains("1001", Refused(Issued(new() { Lines = Lines(InvoiceDetails.MaxLines + 1) })), StringComparison.Ordinal);
        Assert.Contains("51", Refused(Issued(new() { Metadata = Entries(TextLimits.MetadataEntries + 1) })), StringComparison.Ordinal);
    }

    [Fact]
    public void ACommandsTextsAreFreeTextAsLongAsTheirLimits()
    {
        var story = Story.Of(1000);
        var paid = story.Answer(Cash() with { Comment = Long(TextLimits.Comment), Reference = Long(TextLimits.Reference) }).Payment!;
        Assert.IsType<PaymentResult.Succeeded>(
            story.Answer(Refund(paid.Id) with { Comment = Long(TextLimits.Comment), Reason = Long(TextLimits.Reference) }));
        Story.Of(1000).Ask(Pay() with
        {
            Comment = Long(TextLimits.Comment), Reference = Long(TextLimits.Reference), Description = Long(TextLimits.Description),
            Metadata = Entries(TextLimits.MetadataEntries),
        });
    }

    [Fact]
    public void AWayBackIsAbsoluteShortAndWithoutACardNumber()
    {
        var story = Story.Of(1000);
        Uri[] wrong = [new("/back", UriKind.Relative), new("https://a.example/4111111111111111"),
            new("https://a.example/" + new string('x', TextLimits.Url))];
        Assert.All(wrong, url => Assert.Equal(Rejection.TextInvalid, story.Refusal(Pay() with { ReturnUrl = url }).Why));
        Assert.StartsWith("The return URL is not absolute", story.Refusal(Pay() with { ReturnUrl = wrong[0] }).Detail,
            StringComparison.Ordinal);

        story.Policy = new() { AllowCardNumbersInText = true };
        story.Ask(Pay() with { ReturnUrl = wrong[1] });
    }

    private static string Long(int length) => new string('x', length - 2) + "\ny";

    private static List<InvoiceLine> Lines(int count) => [.. Enumerable.Repeat(new InvoiceLine("Line", Eur(1)), count)];

    private static Dictionary<string, string> Entries(int count) => Enumerable.Range(0, count).ToDictionary(n => "k" + n, _ => "v");

    private static InvoiceResult Issued(InvoiceDetails details) => new Story().Answer(Issue(1000) with { Details = details });

    private static string Refused(InvoiceResult result)
    {
        var refused = Assert.IsType<InvoiceResult.Rejected>(result);
        Assert.Equal(Rejection.TextInvalid, refused.Why);
        return refused.Detail;
    }
}

using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>
/// Stored fingerprints are compared with those of repeated commands, by the next version too: were a meaning written another way, every
/// key in use during an upgrade would be answered as used for another request.
/// </summary>
public sealed class MeaningTests
{
    private readonly Story _story = Story.Of(1000);

    [Fact]
    public void WhatAPaymentMeansIsWrittenTheSameWayForEver() => Assert.Equal(
        "cd8282647b8357a3bc1edea1a680a6c21d69deffd399bf2f88c2d71975f770eb", Fingerprint(_story.Ask(Pay()).Operation));

    [Fact]
    public void WhatAnOfflinePaymentMeansIsWrittenTheSameWayForEver() => Assert.Equal(
        "a8ed418d197efa13d4b765df99b103d0be879b4096457ab9b3d15c877d1890ab", Fingerprint(_story.Answer(Cash()).Operation!));

    [Fact]
    public void WhatARefundMeansIsWrittenTheSameWayForEver() => Assert.Equal(
        "eb20b10780852158335a3324527d076df76e5e31d2c63c17aca94f28de34c8f0",
        Fingerprint(_story.Answer(Refund(_story.Answer(Cash()).Payment!.Id)).Operation!));

    [Fact]
    public void WhatAnInvoiceSaysIsWrittenTheSameWayForEver() => Assert.Equal(
        "a1769b2a41e687553ce893a9c31f71f4e67f629789485835ad20504a5bfd174c", _story.Invoice.Content!.Value.Value);

    [Fact]
    public void WhatItSaysBesideItsAmountIsWrittenTheSameWayForEver() => Assert.Equal(
        "18d6f6ee093061e60b0aed1add24d94678c6d130a212d0ff73dcfba2f01f54d2", Meant(new()
    {
        Number = "R-1", DaysUntilDue = 14, TaxPercent = 19.50m, PeriodStart = Noon, Tax = Eur(1), Lines = [new("Line", Eur(1000), 2.5m)],
        Metadata = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" },
    }));

    private static string Meant(InvoiceDetails details)
    {
        var story = new Story();
        story.Answer(Issue(1000) with { Details = details });
        return story.Invoice.Content!.Value.Value;
    }

    private static string Fingerprint(PaymentOperation operation) => operation.Fingerprint.Value;
}

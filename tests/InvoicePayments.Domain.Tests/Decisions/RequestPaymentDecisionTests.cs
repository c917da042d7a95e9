using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>Instalments: a part of an invoice that is asked for by itself.</summary>
public sealed class RequestPaymentDecisionTests
{
    private static readonly RequestPayment First = new() { PaymentRequestId = new("pr_1"), InvoiceId = Inv, Amount = Eur(600), DueAt = Noon.AddDays(1), Description = "First half" };
    private readonly Story _story = Story.Of(1000);

    [Fact]
    public void ItSaysWhatItsInvoiceSays_AndKeepsTimesInUtc()
    {
        _story.Invent(i => i with { Details = new() { Description = "March", StatementDescriptor = "SHOP", DefaultPaymentMethod = new("pm_1") } });
        var local = new DateTimeOffset(2026, 3, 2, 14, 0, 0, TimeSpan.FromHours(2));
        var made = Done(First with { DueAt = local, Description = null });

        Assert.Equal(("March", "SHOP", new PaymentMethodId("pm_1")), (made.Details.Description, made.Details.StatementDescriptor, made.Details.DefaultPaymentMethod!.Value));
        Assert.Equal((Noon.AddDays(1), TimeSpan.Zero, InvoiceDocument.Open), (made.DueAt!.Value, made.DueAt.Value.Offset, made.Document));
        var told = Assert.IsType<InvoiceEvent.Issued>(_story.Facts[^1]);
        Assert.Equal((Ada, Eur(600), Noon.AddDays(1), PayableKind.PaymentRequest, Inv), (told.Account, told.Total, told.DueAt!.Value, told.Payable, told.InstalmentOf!.Value));
        Assert.Equal("Second", Done(First with { PaymentRequestId = new("pr_2"), Description = "Second" }).Details.Description);
    }

    [Fact]
    public void TheSameAgain_IsARepetition_AndAnythingElseIsAnotherOne()
    {
        Done(First);
        Assert.True(Assert.IsType<InvoiceResult.Done>(_story.Answer(First)).IsReplay);
        RequestPayment[] others = [First with { Amount = Eur(601) }, First with { DueAt = null }, First with { DueAt = Noon }, First with { Description = null }, First with { InvoiceId = new("inv_2") }];
        Assert.All(others, other => Assert.Equal(Rejection.InvoiceAlreadyExists, Refused(other)));
        Assert.Equal([First.PaymentRequestId, Inv], First.WhatToLoad(_story.Policy).Invoices);
    }

    [Fact]
    public void WhatCannotBeAskedFor_HasItsOwnCode()
    {
        _story.Answer(Issue(5, "cg_1") with { Kind = PayableKind.CreditGrant });
        _story.Answer(Issue(5, "draft") with { AsDraft = true });
        _story.Answer(Issue(5, "order") with { Kind = PayableKind.Order });
        (RequestPayment Command, Rejection Why)[] each =
        [
            (First with { Description = "\0" }, Rejection.TextInvalid), (First with { InvoiceId = new("none") }, Rejection.InvoiceNotFound),
            (First with { InvoiceId = new("cg_1") }, Rejection.InvoiceNotFound), (First with { InvoiceId = new("draft") }, Rejection.InvoiceDraft),
            (First with { Amount = Money.FromMinorUnits(1, Currency.USD) }, Rejection.CurrencyMismatch), (First with { Amount = Eur(0) }, Rejection.AmountNotPositive),
            (First with { Amount = Eur(1001) }, Rejection.AmountExceedsPayable),
        ];
        Assert.All(each, one => Assert.Equal((one.Command, one.Why), (one.Command, Refused(one.Command))));
        Assert.Equal(Eur(1000), Done(First with { Amount = Eur(1000) }).Total);
        Assert.Equal(Eur(5), Done(First with { PaymentRequestId = new("pr_2"), InvoiceId = new("order"), Amount = Eur(5) }).Total);
    }

    private Invoice Done(RequestPayment command) => Assert.IsType<InvoiceResult.Done>(_story.Answer(command)).Invoice;

    private Rejection Refused(RequestPayment command) => Assert.IsType<InvoiceResult.Rejected>(_story.Answer(command)).Why;
}

using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What is named to be paid: one thing or several, an instalment with the whole it belongs to, and how an amount is spread.</summary>
public sealed class SeveralPayablesDecisionTests
{
    private static readonly InvoiceId[] All = [new("inv_1"), new("inv_2"), new("inv_3")];
    private readonly Story _story = new();

    public SeveralPayablesDecisionTests()
    {
        _story.Answer(Issue(1000) with { DueAt = Noon.AddDays(2) });
        _story.Answer(Issue(300, "inv_2"));
        _story.Answer(Issue(500, "inv_3") with { DueAt = Noon.AddDays(1) });
    }

    [Fact]
    public void AnAmountIsSpread_AsWasAsked()
    {
        Assert.Equal("inv_3=500 inv_1=200", Parts(Several(new PaymentSpread.OldestFirst(All), 700)));
        Assert.Equal("inv_3=500 inv_1=1000 inv_2=300", Parts(Several(new PaymentSpread.OldestFirst(All), null)));
        Assert.Equal("inv_1=500 inv_2=150 inv_3=250", Parts(Several(new PaymentSpread.Proportional(All), 900)));
        Assert.Equal("inv_3=7 inv_1=1", Parts(Several(Told((All[2], 7), (All[0], 1), (All[1], 0)), null)));
        Assert.Equal("inv_3=7 inv_1=1", Parts(Several(Told((All[2], 7), (All[0], 1)), 8)));
    }

    [Fact]
    public void WhatCannotBePaidTogether_HasItsOwnCode()
    {
        _story.Answer(Issue(5, "bobs") with { Account = Bob });
        _story.Answer(Issue(5, "usd") with { Total = Money.FromMinorUnits(5, Currency.USD) });
        _story.Answer(Issue(5, "order") with { Kind = PayableKind.Order });
        (PayInvoice Command, Rejection Why)[] each =
        [
            (Several(new PaymentSpread.OldestFirst([]), 1), Rejection.PayableMissing), (Pay(1) with { InvoiceId = null }, Rejection.PayableMissing),
            (Several(new PaymentSpread.OldestFirst(All), 1) with { InvoiceId = Inv }, Rejection.PayableAmbiguous),
            (Pay(1) with { OrderId = new("order") }, Rejection.PayableAmbiguous), (Several(new PaymentSpread.OldestFirst(Inv, Inv), 1), Rejection.PayableAmbiguous),
            (Several(new PaymentSpread.OldestFirst([.. Enumerable.Range(0, 101).Select(i => new InvoiceId($"i{i}"))]), 1), Rejection.TooManyInvoices),
            (Several(new PaymentSpread.OldestFirst([.. Enumerable.Range(0, 100).Select(i => new InvoiceId($"i{i}"))]), 1), Rejection.InvoiceNotFound),
            (Several(new PaymentSpread.OldestFirst(Inv, new("none")), 1), Rejection.InvoiceNotFound), (Pay(1) with { InvoiceId = new("order") }, Rejection.InvoiceNotFound),
            (Several(new PaymentSpread.OldestFirst(Inv, new("bobs")), 1), Rejection.AccountsDiffer),
            (Several(new PaymentSpread.OldestFirst(Inv, new("bobs")), 1) with { Account = Ada }, Rejection.InvoiceNotFound),
            (Several(new PaymentSpread.OldestFirst(Inv, new("usd")), 1), Rejection.CurrencyMismatch),
            (Several(new PaymentSpread.Proportional(All), 1801), Rejection.AmountExceedsPayable), (Several(new PaymentSpread.OldestFirst(All), 0), Rejection.AmountNotPositive),
            (Several(Told((All[1], 301)), null), Rejection.AmountExceedsPayable), (Several(Told((Inv, 10)), 11), Rejection.AllocationInvalid),
            (Several(new PaymentSpread.AsTold(PaymentAllocation.To(Inv, Eur(1), new("pr_1"))), null), Rejection.AllocationInvalid),
            (Several(new PaymentSpread.AsTold(PaymentAllocation.To(Inv, Money.FromMinorUnits(1, Currency.USD))), null), Rejection.CurrencyMismatch),
        ];
        Assert.All(each, one => Assert.Equal((one.Command, one.Why), (one.Command, _story.Refusal(one.Command).Why)));
        Assert.Equal("There is no order none for this account.", _story.Refusal(Pay(1) with { InvoiceId = null, OrderId = new("none") }).Detail);
        Assert.Equal("Not all of inv_1, none are invoices of this account.", _story.Refusal(Several(new PaymentSpread.OldestFirst(Inv, new("none")), 1)).Detail);
    }

    [Fact]
    public void OneThatIsClosed_RefusesThemAll_AndWhatIsSpokenForIsNotAskedForTwice()
    {
        _story.Ask(Pay(900));
        Assert.Equal(Rejection.PaymentInProgress, _story.Refusal(Several(new PaymentSpread.OldestFirst(All), null)).Why);
        Assert.Equal(Rejection.PaymentInProgress, _story.Refusal(Several(Told((Inv, 101)), null)).Why);
        Assert.Equal("inv_1=100", Parts(Several(Told((Inv, 100)), null)));
        _story.Policy = _story.Policy with { PendingPayments = PendingPaymentRule.RefuseEverything };
        Assert.Equal(Rejection.PaymentInProgress, _story.Refusal(Several(new PaymentSpread.OldestFirst(All), 1)).Why);
        _story.Answer(new VoidInvoice { InvoiceId = All[2] });
        Assert.Equal(Rejection.InvoiceVoid, _story.Refusal(Several(new PaymentSpread.OldestFirst(All), 1)).Why);
    }

    [Fact]
    public void AnInstalment_IsPaidWithTheWholeItBelongsTo()
    {
        RequestPayment first = new() { PaymentRequestId = new("pr_1"), InvoiceId = Inv, Amount = Eur(600), DueAt = Noon.AddDays(1) };
        var request = Assert.IsType<InvoiceResult.Done>(_story.Answer(first)).Invoice;
        Assert.Equal((Inv, Ada, Eur(600), PayableKind.PaymentRequest, Noon.AddDays(1), Noon), (request.InstalmentOf!.Value, request.Account, request.Total, request.Kind, request.DueAt!.Value, request.CreatedAt));
        var pay = Pay(null, "pr") with { InvoiceId = null, PaymentRequestId = new("pr_1") };

        var ask = _story.Ask(pay);
        Assert.Equal((Eur(600), Inv, new InvoiceId("pr_1")), (ask.Command.Amount, ask.Operation.Allocation.Parts[0].Invoice, ask.Operation.Allocation.Parts[0].Request!.Value));
        Assert.Equal((Eur(400), Eur(0)), (_story.Invoice.Payable, Request.Payable));
        _story.Tell(ask.Operation.Id, Success(600));
        Assert.Equal((Eur(400), InvoiceStatus.PartiallyPaid, InvoiceStatus.Paid), (_story.Invoice.Due, _story.Invoice.Status, Request.Status));
        Assert.Equal(["Issued", "Started", "Succeeded", "Paid"], _story.Facts.Where(f => f.Invoice.Value == "pr_1").Select(f => f.GetType().Name));
        Assert.Equal(Rejection.InvoicePaid, _story.Refusal(pay with { Key = "k2" }).Why);
    }

    [Fact]
    public void OfAnInstalment_NoMoreIsAskedThanIsDueOfTheWhole()
    {
        _story.Answer(new RequestPayment { PaymentRequestId = new("pr_1"), InvoiceId = Inv, Amount = Eur(600) });
        var pay = Pay(600, "pr") with { InvoiceId = null, PaymentRequestId = new("pr_1") };
        _story.Ask(Pay(500));
        Assert.Equal(Rejection.PaymentInProgress, _story.Refusal(pay).Why);
        _story.Answer(Cash(500));
        Assert.Equal(Rejection.PaymentInProgress, _story.Refusal(pay with { Amount = Eur(1) }).Why);
        Assert.Equal(Rejection.AmountExceedsPayable, _story.Refusal(pay with { Amount = Eur(501) }).Why);
    }

    private Invoice Request => _story.Invoices.Single(i => i.Id.Value == "pr_1");

    private string Parts(PayInvoice command) =>
        string.Join(' ', _story.Fork().Ask(command).Operation.Allocation.Parts.Select(p => $"{p.Invoice}={p.Amount.MinorUnits}"));

    private static PayInvoice Several(PaymentSpread spread, long? amount) => Pay(amount, "several") with { InvoiceId = null, Several = spread };

    private static PaymentSpread.AsTold Told(params (InvoiceId Id, long Amount)[] parts) => new(new([.. parts.Select(p => new AllocationPart(p.Id, Eur(p.Amount)))]));
}

using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What grants, account credit, disputes and instalments do to the books.</summary>
public sealed class CreditJournalTests
{
    private readonly Story _story = Story.Of(1000);

    [Fact]
    public void AGrantIsOwedToTheCustomer_AndWhatIsPaidWithItIsNot()
    {
        var paid = Grant();
        Assert.Equal("account_credit=-400 cash:acme=400 receivable=0", Books("cg_1"));
        var bought = _story.Answer(new PayInvoice { InvoiceId = Inv, Key = "k1", ApplyBalance = true, Amount = Eur(300) });
        Assert.Equal("account_credit=300 receivable=700 sales=-1000", Books("inv_1"));
        _story.Answer(Refund(bought.Payment!.Id, 100));
        Assert.Equal("account_credit=200 receivable=700 refunds=100 sales=-1000", Books("inv_1"));
        _story.Tell(_story.Ask(Refund(paid.Payment, 150, "r2")).Operation.Id, Success(150, "re_1"));
        Assert.Equal("account_credit=-250 cash:acme=250 receivable=0", Books("cg_1"));
        _story.Tell(_story.Operations.Single(o => o.GatewayPaymentId?.Value == "re_1").Id, Success(150, "re_2"));
        Assert.Equal("account_credit=-100 cash:acme=100 receivable=0", Books("cg_1"));
        _story.Tell(paid.Id, Success(400, "ch_late"));
        Assert.Equal(0, InvoiceJournal.Of(Facts("cg_1")).Balances.Values.Sum(b => b.MinorUnits));
    }

    [Fact]
    public void AGrantThatIsTakenBackOrGivenUp_IsOwedToNobody()
    {
        _story.Answer(Issue(400, "cg_1") with { Kind = PayableKind.CreditGrant });
        _story.Answer(new MarkUncollectible { InvoiceId = new("cg_1") });
        Assert.Equal("account_credit=-400 bad_debts=400 receivable=0", Books("cg_1"));
        _story.Answer(new VoidInvoice { InvoiceId = new("cg_1") });
        Assert.Equal("account_credit=0 bad_debts=0 receivable=0", Books("cg_1"));
    }

    [Fact]
    public void WhatIsDisputed_IsHeldBack_AndAfterItIsLostIsDueAgainOrAnExpense()
    {
        var charge = _story.Ask(Pay()).Operation;
        _story.Tell(charge.Id, Success(1000));
        Hear(new GatewayNotice.DisputeOpened(new("dp_1"), Eur(300)));
        Assert.Equal("cash:acme=700 disputed:acme=300 receivable=0 sales=-1000", Books("inv_1"));
        Hear(new GatewayNotice.DisputeLost(new("dp_1"), Eur(200)));
        Assert.Equal("cash:acme=800 chargebacks=0 disputed:acme=0 receivable=200 sales=-1000", Books("inv_1"));
        Hear(new GatewayNotice.DisputeOpened(new("dp_2"), Eur(100)));
        Hear(new GatewayNotice.DisputeWon(new("dp_2"), Eur(100)));
        Hear(new GatewayNotice.DebitReturned(Eur(50), "R01"));
        Assert.Equal("cash:acme=750 chargebacks=0 disputed:acme=0 receivable=250 sales=-1000", Books("inv_1"));
    }

    [Fact]
    public void AnInstalment_IsBookedWithItsWhole_AndBooksThatSayMoreAreFound()
    {
        _story.Answer(new RequestPayment { PaymentRequestId = new("pr_1"), InvoiceId = Inv, Amount = Eur(600) });
        _story.Tell(_story.Ask(Pay(null, "pr") with { InvoiceId = null, PaymentRequestId = new("pr_1") }).Operation.Id, Success(600));
        Assert.Empty(InvoiceJournal.Of(Facts("pr_1")).Entries);
        Assert.Equal("cash:acme=600 receivable=400 sales=-1000", Books("inv_1"));

        var journal = InvoiceJournal.Of(Facts("inv_1"));
        Assert.Equal("an instalment is booked beside the whole it belongs to", journal.Problem(_story.Invoice with { Kind = PayableKind.PaymentRequest }));
        Assert.Contains("bad debts", InvoiceJournal.Of([]).Problem(_story.Invoice with { Document = InvoiceDocument.Uncollectible })!, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => InvoiceJournal.Of(null!));
        Assert.Throws<ArgumentNullException>(() => journal.Post(null!));
        Assert.Throws<ArgumentNullException>(() => journal.Problem(null!));
    }

    private PaymentOperation Grant()
    {
        _story.Answer(Issue(400, "cg_1") with { Kind = PayableKind.CreditGrant });
        var paid = _story.Ask(Pay(null, "grant") with { InvoiceId = null, CreditGrantId = new("cg_1") }).Operation;
        _story.Tell(paid.Id, Success(400, "ch_g"));
        return paid;
    }

    private void Hear(GatewayNotice notice) => _story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = notice });

    private List<InvoiceEvent> Facts(string id) => [.. _story.Facts.Where(f => f.Invoice.Value == id)];

    private string Books(string id) => string.Join(
        ' ', InvoiceJournal.Of(Facts(id)).Balances.Select(b => $"{b.Key}={b.Value.MinorUnits}").Order(StringComparer.Ordinal));
}

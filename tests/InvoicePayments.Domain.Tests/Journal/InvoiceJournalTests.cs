using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What the facts of an invoice do to the books.</summary>
public sealed class InvoiceJournalTests
{
    private readonly Story _story = Story.Of(1000);

    [Fact]
    public void AnIssuedInvoiceIsOwed_AndWhatIsPaidIsNot()
    {
        var charge = _story.Ask(Pay(600)).Operation;
        Holds("receivable=1000 sales=-1000");
        _story.Tell(charge.Id, Success(600));
        Holds("cash:acme=600 receivable=400 sales=-1000");
        _story.Answer(Cash(400));
        Holds("cash:acme=600 offline_clearing=400 receivable=0 sales=-1000");
    }

    [Fact]
    public void OnlyFactsThatMoveSomethingHaveAnEntry_AndItCarriesTheirNumber()
    {
        var charge = _story.Ask(Pay(600)).Operation;
        _story.Tell(charge.Id, new GatewayOutcome.Declined(NoFunds));
        Assert.Equal(1, Assert.Single(Journal().Entries).Sequence);
    }

    [Fact]
    public void ARefundIsDueAgain_OrIsARefund()
    {
        var payment = Paid(1000);
        _story.Tell(_story.Ask(Refund(payment, 300, "r1", reopen: true)).Operation.Id, Success(300, "re_1"));
        Holds("cash:acme=700 receivable=300 sales=-1000");
        _story.Tell(_story.Ask(Refund(payment, 200, "r2", reopen: false)).Operation.Id, Success(200, "re_2"));
        Holds("cash:acme=500 receivable=300 refunds=200 sales=-1000");
    }

    [Fact]
    public void MoneyBeyondTheTotal_IsOwedBack_AndGoesOutOfThatFirst()
    {
        var payment = Paid(1000);
        _story.Tell(_story.Operations.First().Id, Success(1000, "ch_2"));
        Holds("cash:acme=2000 receivable=0 refunds_payable=-1000 sales=-1000");
        _story.Tell(_story.Ask(Refund(payment, 1000)).Operation.Id, Success(1000, "re_1"));
        Holds("cash:acme=1000 receivable=0 refunds_payable=0 sales=-1000");
    }

    [Fact]
    public void WhatIsGivenUpIsABadDebt_UntilItComesInAllTheSame()
    {
        _story.Answer(new MarkUncollectible { InvoiceId = Inv });
        Holds("bad_debts=1000 receivable=0 sales=-1000");
        _story.Answer(Cash(400));
        Holds("bad_debts=600 offline_clearing=400 receivable=0 sales=-1000");
    }

    [Fact]
    public void WhatIsTakenBackWasNeverSold_AndLateMoneyIsOwedBack()
    {
        var charge = _story.Ask(Pay(1000)).Operation;
        _story.Tell(charge.Id, new GatewayOutcome.Declined(NoFunds));
        _story.Answer(new VoidInvoice { InvoiceId = Inv });
        Holds("receivable=0 sales=0");
        _story.Tell(charge.Id, Success(1000));
        Holds("cash:acme=1000 receivable=0 refunds_payable=-1000 sales=0");
    }

    [Fact]
    public void ADraft_AndAnInvoiceOverZero_BookNothing()
    {
        var story = Story.Of(0);
        story.Answer(Pay(null));
        Assert.Empty(InvoiceJournal.Of(story.Facts).Entries);
        Assert.Empty(InvoiceJournal.Of([new InvoiceEvent.Drafted(Ada, Eur(5)) { Sequence = 1 }]).Entries);
    }

    [Fact]
    public void BooksThatDoNotAgreeWithTheInvoice_AreFound()
    {
        Paid(600);
        var (journal, invoice) = (Journal(), _story.Invoice);
        Assert.Null(journal.Problem(invoice));
        Assert.Contains("receivable", journal.Problem(invoice with { Sums = invoice.Sums with { Received = 500 } }), StringComparison.Ordinal);
        Assert.Contains("receivable", journal.Problem(invoice with { Document = InvoiceDocument.Uncollectible }), StringComparison.Ordinal);
        Assert.Contains("refunds payable", journal.Problem(invoice with { Sums = new(2000, 0, 0, 1400, 0) }), StringComparison.Ordinal);
        Assert.Contains("cash", journal.Problem(invoice with { Sums = new(600, 0, 10, 0, 0) }), StringComparison.Ordinal);
    }

    private PaymentId Paid(long amount)
    {
        var charge = _story.Ask(Pay(amount)).Operation;
        _story.Tell(charge.Id, Success(amount));
        return charge.Payment;
    }

    private InvoiceJournal Journal() => InvoiceJournal.Of(_story.Facts);

    private void Holds(string balances)
    {
        var journal = Journal();
        Assert.Equal(balances, string.Join(' ', journal.Balances.Select(b => $"{b.Key}={b.Value.MinorUnits}").Order(StringComparer.Ordinal)));
        Assert.Equal(0, journal.Balances.Values.Sum(b => b.MinorUnits));
        Assert.All(journal.Entries, e => Assert.Equal(0, e.Lines.Sum(l => l.Amount.MinorUnits)));
        Assert.All(journal.Entries.SelectMany(e => e.Lines), l => Assert.False(l.Amount.IsZero));
        Assert.Null(journal.Problem(_story.Invoice));
    }
}

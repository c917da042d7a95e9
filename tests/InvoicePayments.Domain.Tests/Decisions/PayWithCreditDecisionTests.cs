using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>An account's credit: it comes of grants and of what is paid too much, pays first where it is asked to, and shares the fate of the charge beside it.</summary>
public sealed class PayWithCreditDecisionTests
{
    private static readonly InvoiceId Grant = new("cg_1");
    private static readonly CreditAddress Adas = new(Ada, Currency.EUR);
    private readonly Story _story = Story.Of(1000);

    [Fact]
    public void CreditPaysFirst_AndTheCardOnlyTheRest_AndBothShareOneFate()
    {
        Credit(400);
        var pay = Pay() with { ApplyBalance = true };
        var ask = _story.Ask(pay);
        var (credit, beside) = Beside(ask.Operation);

        Assert.Equal((Eur(600), Eur(400), OperationKind.Credit, ask.Operation.Id), (ask.Command.Amount, credit.Amount, credit.Kind, credit.Follows!.Value));
        Assert.Equal((PaymentMode.Credit, OperationStatus.Pending, Eur(400)), (beside.Mode, beside.Status, beside.Amount));
        Assert.Equal((Eur(1000), 1), (_story.Invoice.Reserved, _story.Invoice.AttemptCount));
        Assert.Equal((400L, 0L, 400L), (Now.Added, Now.Spent, Now.Reserved));
        Assert.Equal(ask.Operation.Id, _story.Invoice.LastPayment!.Operation);

        var done = _story.Tell(ask.Operation.Id, Success(600));
        Assert.Equal((InvoiceStatus.Paid, OperationStatus.Succeeded, Eur(400)), (done.Invoice!.Status, done.CreditOperation!.Status, done.CreditOperation.Moved!.Value));
        Assert.Equal((400L, 0L), (Now.Spent, Now.Reserved));
        var again = _story.Answer(pay);
        Assert.Equal((true, credit.Id), (again.IsReplay, again.CreditOperation!.Id));
        Assert.Equal(2, pay.WhatToLoad(_story.Policy).Operations.Count);
    }

    [Fact]
    public void WhatTheCardDeclines_GivesTheCreditBack()
    {
        Credit(400);
        var ask = _story.Ask(Pay() with { ApplyBalance = true });
        _story.Tell(ask.Operation.Id, new GatewayOutcome.Declined(NoFunds));

        var (credit, beside) = Beside(ask.Operation);
        Assert.Equal((OperationStatus.Canceled, "not_spent", OperationStatus.Canceled), (credit.Status, credit.Error!.Code, beside.Status));
        Assert.Equal((Eur(1000), 400L, 0L), (_story.Invoice.Payable, Now.Available.MinorUnits, Now.Reserved));
        Assert.Equal(["Added", "Held", "Freed"], _story.CreditFacts.Select(f => f.GetType().Name));
    }

    [Fact]
    public void WhatCreditCoversAlone_NeedsNoMethod_AndIsGivenBackAsCredit()
    {
        Credit(1500);
        var paid = Assert.IsType<PaymentResult.Succeeded>(_story.Answer(new PayInvoice { InvoiceId = Inv, Key = "k1", ApplyBalance = true, Amount = Eur(700) }));

        Assert.Equal((PaymentMode.Credit, OperationKind.Credit, null), (paid.Payment!.Mode, paid.Operation!.Kind, paid.Operation.Follows));
        Assert.Equal((Eur(700), Noon, Noon, Eur(700)), (paid.Operation.Moved!.Value, paid.Operation.AnsweredAt!.Value, paid.Payment.SucceededAt!.Value, paid.Payment.Captured));
        Assert.Equal((Eur(300), 800L), (_story.Invoice.Due, Now.Available.MinorUnits));

        var back = _story.Answer(Refund(paid.Payment.Id, 200, reopen: true));
        Assert.Equal((Eur(500), 1000L, OperationStatus.Succeeded), (_story.Invoice.Due, Now.Available.MinorUnits, back.Operation!.Status));
        Assert.Equal((Inv, OperationKind.Refund), (_story.CreditFacts[^1].Invoice, _story.CreditFacts[^1].Kind));
    }

    [Fact]
    public void UnlessItIsAsked_OrWhereThereIsNone_OrForAGrant_CreditIsLeftAlone()
    {
        Assert.Equal(Eur(100), _story.Ask(Pay(100, "k0") with { ApplyBalance = true }).Command.Amount);
        Credit(400);
        Assert.Equal(Eur(100), _story.Ask(Pay(100, "k1")).Command.Amount);
        _story.Answer(Issue(300, "cg_2") with { Kind = PayableKind.CreditGrant });
        Assert.Equal(Eur(300), _story.Ask(Pay(null, "k2") with { InvoiceId = null, CreditGrantId = new("cg_2"), ApplyBalance = true }).Command.Amount);
        Assert.Equal(Rejection.BalanceWithCaptureLater, _story.Refusal(Pay(100, "k3") with { ApplyBalance = true, CaptureLater = true }).Why);
        Assert.Equal(Rejection.SplitFundingInvalid, _story.Refusal(Pay(100, "k4") with { ApplyBalance = true, Funding = new FundingRequest.Shares(new FundingWeight(new("rec_1"), 1)) }).Why);
        Assert.Equal(400, Now.Available.MinorUnits);
    }

    [Fact]
    public void OfSeveralInvoices_CreditPaysTheFirst_AndTheMethodTheRest()
    {
        _story.Answer(Issue(300, "inv_2"));
        Credit(1100);
        var ask = _story.Ask(Pay() with { InvoiceId = null, Several = new PaymentSpread.OldestFirst(Inv, new("inv_2")), ApplyBalance = true });

        var (credit, _) = Beside(ask.Operation);
        Assert.Equal([(Inv, Eur(1000)), (new("inv_2"), Eur(100))], credit.Allocation.Parts.Select(p => (p.Invoice, p.Amount)));
        Assert.Equal([(new("inv_2"), Eur(200))], ask.Operation.Allocation.Parts.Select(p => (p.Invoice, p.Amount)));
        Assert.Equal(["inv_1", "inv_2"], _story.Tell(ask.Operation.Id, Success(200)).Invoices.Select(i => i.Id.Value).Order());
    }

    [Fact]
    public void WhatIsPaidBeyondWhatIsDue_IsKept_WhereThePolicySaysSo_AndIsGivenBackFirst()
    {
        _story.Policy = _story.Policy with { Overpayments = OverpaymentRule.KeepAsCredit };
        var paid = _story.Answer(Cash(1250)).Payment!;

        Assert.Equal((Eur(1250), Eur(1000), Eur(0)), (paid.Captured, _story.Invoice.Settled, _story.Invoice.Overpaid));
        Assert.Equal(250, Now.Available.MinorUnits);
        var kept = Assert.Single(_story.Invoices, i => i.Kind == PayableKind.CreditGrant);
        Assert.Equal((Eur(250), InvoiceStatus.Paid, Ada, Noon), (kept.Total, kept.Status, kept.Account, kept.CreatedAt));
        Assert.Equal(Rejection.InvoicePaid, _story.Refusal(Pay(null, "card")).Why);

        _story.Answer(Refund(paid.Id, 300, reopen: true));
        Assert.Equal((0L, Eur(50)), (Now.Available.MinorUnits, _story.Invoice.Due));
        Assert.Equal(Rejection.AmountExceedsRefundable, _story.Refusal(Refund(paid.Id, 951, "r2")).Why);
    }

    [Fact]
    public void ASecondSuccess_IsKeptToo_AndOnceItIsSpentALossLeavesItMissing()
    {
        _story.Policy = _story.Policy with { Overpayments = OverpaymentRule.KeepAsCredit };
        var charge = _story.Ask(Pay()).Operation;
        _story.Tell(charge.Id, Success(1000));
        _story.Tell(charge.Id, Success(1000, "ch_2"));
        Assert.Equal((Eur(0), 1000L), (_story.Invoice.Overpaid, Now.Available.MinorUnits));

        _story.Answer(Issue(600, "inv_2"));
        _story.Answer(new PayInvoice { InvoiceId = new("inv_2"), Key = "k2", ApplyBalance = true });
        _story.Tell(charge.Id, Success(1000, "ch_2"));
        Assert.Equal((400L, 0L), (Now.Available.MinorUnits, Now.Missing));
    }

    [Fact]
    public void AGrantThatIsTakenBackByADispute_TakesItsCredit_AndWhatWasSpentOfItIsMissing()
    {
        var paid = Credit(400);
        _story.Answer(new PayInvoice { InvoiceId = Inv, Key = "k1", ApplyBalance = true, Amount = Eur(300) });
        Assert.Equal(Rejection.AmountExceedsRefundable, _story.Refusal(Refund(paid.Payment, 101)).Why);
        _story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_g"), Notice = new GatewayNotice.DisputeLost(new("dp_1"), Eur(400)) });

        Assert.Equal((0L, 300L, 400L), (Now.Available.MinorUnits, Now.Missing, Now.Spent));
        var spent = Assert.IsType<CreditEvent.Spent>(_story.CreditFacts[^1]);
        Assert.Equal((Eur(100), Eur(0), Eur(300)), (spent.Amount, spent.Released, spent.Missing!.Value));
    }

    [Fact]
    public void AGrantThatTheGatewayIsPaidTwiceFor_BringsItsCreditTwice()
    {
        _story.Tell(Credit(400).Id, Success(400, "ch_h"));

        Assert.Equal((800L, 800L), (Now.Added, Now.Available.MinorUnits));
        Assert.Equal(2, _story.Payments.Count(p => p.Captured == Eur(400)));
    }

    [Fact]
    public void ARefundOfAGrant_HoldsItsCreditUntilItEnds()
    {
        var paid = Credit(400);
        var refund = _story.Ask(Refund(paid.Payment, 250)).Operation;
        Assert.Equal((150L, 250L), (Now.Available.MinorUnits, Now.Reserved));
        _story.Tell(refund.Id, new GatewayOutcome.Refused(NoAnswer));
        Assert.Equal((400L, 0L), (Now.Available.MinorUnits, Now.Reserved));
        _story.Tell(_story.Ask(Refund(paid.Payment, 250, "r2")).Operation.Id, Success(250, "re_2"));
        Assert.Equal((150L, 0L, 250L), (Now.Available.MinorUnits, Now.Reserved, Now.Spent));
        _story.Tell(_story.Operations.Single(o => o.Kind == OperationKind.Refund && o.Status == OperationStatus.Succeeded).Id, Success(250, "re_3"));
        Assert.Equal((0L, 400L, 100L), (Now.Available.MinorUnits, Now.Spent, Now.Missing));
    }

    [Fact]
    public void WhatWasKeptInTwoSteps_IsGivenBackAsFarAsTheCreditIsStillThere()
    {
        _story.Policy = _story.Policy with { Overpayments = OverpaymentRule.KeepAsCredit };
        var charge = _story.Ask(Pay(600)).Operation;
        _story.Tell(charge.Id, Success(600));
        _story.Answer(Cash(400));
        _story.Tell(charge.Id, Partly(300, "ch_2"));
        _story.Tell(charge.Id, Success(600, "ch_2"));
        var late = _story.Payments.Single(p => p.GatewayPaymentId == new GatewayPaymentId("ch_2"));
        Assert.Equal((Eur(600), 600L), (late.Captured, Now.Available.MinorUnits));

        _story.Answer(Issue(200, "inv_2"));
        _story.Answer(new PayInvoice { InvoiceId = new("inv_2"), Key = "k2", ApplyBalance = true });
        Assert.Equal(Rejection.AmountExceedsRefundable, _story.Refusal(Refund(late.Id, 401)).Why);
        Assert.Equal("EUR 2.63 EUR 0.87", string.Join(' ', _story.Fork().Ask(Refund(late.Id, 350)).Operation.Allocation.Parts.Select(p => p.Amount)));
        _story.Tell(_story.Ask(Refund(late.Id)).Operation.Id, Success(400, "re_1"));
        Assert.Equal(0, Now.Available.MinorUnits);
    }

    [Fact]
    public void WhatWasKept_AndIsGivenBackElsewhere_IsTakenFromTheCreditFirst_AsFarAsItIsThere_AndOnlyThenFromWhatIsSpent()
    {
        _story.Policy = _story.Policy with { Overpayments = OverpaymentRule.KeepAsCredit };
        var charge = _story.Ask(Pay(600)).Operation;
        _story.Tell(charge.Id, Success(600));
        _story.Tell(charge.Id, Success(600, "ch_2"));
        var late = _story.Payments.Single(p => p.GatewayPaymentId == new GatewayPaymentId("ch_2")).Id;
        _story.Answer(Issue(50, "inv_2"));
        _story.Answer(new PayInvoice { InvoiceId = new("inv_2"), Key = "k2", ApplyBalance = true });
        Assert.Equal((1000L, 150L), (_story.Invoice.Sums.Received, Now.Available.MinorUnits));

        var first = Back("re_1", 250);
        Assert.Equal([(Inv, Eur(100)), (first.Allocation.Parts[1].Invoice, Eur(150))], first.Allocation.Parts.Select(p => (p.Invoice, p.Amount)));
        Assert.True(_story.IsGrant(first.Allocation.Parts[1].Invoice));
        Assert.Equal((0L, 0L), (Now.Available.MinorUnits, Now.Missing));

        var rest = Back("re_2", 350);
        Assert.Equal([Eur(300), Eur(50)], rest.Allocation.Parts.Select(p => p.Amount));
        Assert.Equal((0L, 50L, 200L), (Now.Available.MinorUnits, Now.Missing, Now.Spent));
        Assert.Equal((Eur(600), Eur(0), 0), (_story[late].Refunded, _story[late].Refundable, _story[late].Discrepancies.Count));

        Back("re_3", 1);
        Assert.Equal(Eur(1), Assert.Single(_story[late].Discrepancies).Reported);

        PaymentOperation Back(string id, long amount) => _story.Answer(
            new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_2"), Notice = new GatewayNotice.RefundedElsewhere(new(id), Eur(amount)) }).Operation!;
    }

    private AccountCredit Now => _story.CreditOf(Adas)!;

    private PaymentOperation Credit(long amount)
    {
        _story.Answer(Issue(amount, Grant.Value) with { Kind = PayableKind.CreditGrant });
        var paid = _story.Ask(Pay(null, "grant") with { InvoiceId = null, CreditGrantId = Grant }).Operation;
        _story.Tell(paid.Id, Success(amount, "ch_g"));
        return paid;
    }

    private (PaymentOperation Operation, Payment Payment) Beside(PaymentOperation operation)
    {
        var credit = _story[StateChange.CreditIdOf(operation.Id)];
        return (credit, _story[credit.Payment]);
    }
}

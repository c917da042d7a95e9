using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>Money that moved a second time, or elsewhere, of payments that are not as simple as one invoice: what each part of them has afterwards.</summary>
public sealed class SecondMovementTests
{
    private static readonly InvoiceId Other = new("inv_2");
    private static readonly RecipientId Shop = new("rec_shop");
    private static readonly RecipientId Fee = new("rec_fee");
    private readonly Story _story = Story.Of(600);

    [Fact]
    public void WhatIsGivenBackElsewhere_OfAPaymentOverSeveralInvoices_IsSharedByWhatIsLeftOfEach()
    {
        var paid = Both();
        _story.Tell(_story.Ask(Refund(paid.Payment, 90)).Operation.Id, Success(90, "re_0"));
        Hear(new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(270)));
        Assert.Equal("240/0 120/0", Shares(paid.Payment));
        Assert.Equal([180L, 90L], _story.Facts.OfType<InvoiceEvent.Succeeded>().TakeLast(2).Select(f => f.Moved.MinorUnits));
        Assert.Equal([Eur(0), Eur(0)], _story.Invoices.Select(i => i.Due));

        Hear(new GatewayNotice.RefundedElsewhere(new("re_2"), Eur(900)));
        Assert.Equal("600/0 300/0", Shares(paid.Payment));
        Assert.Equal(Eur(900), Assert.Single(_story[paid.Payment].Discrepancies).Reported);
    }

    [Fact]
    public void WhatIsGivenBackElsewhere_IsDueAgainWhereThePolicySaysSo()
    {
        _story.Policy = _story.Policy with { RefundsReopenInvoices = true };
        var paid = Both();
        Hear(new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(90)));
        Assert.Equal([Eur(60), Eur(30)], _story.Invoices.Select(i => i.Due));
        Assert.All(_story.Facts.OfType<InvoiceEvent.Succeeded>().TakeLast(2), f => Assert.Equal((true, Eur(0)), (f.DueAgain, f.Released)));
        Assert.Equal("60/0 30/0", Shares(paid.Payment));
    }

    [Fact]
    public void WhatIsGivenBackElsewhereAfterALoss_IsNotDueForBoth()
    {
        var paid = Both();
        Hear(new GatewayNotice.DisputeLost(new("dp_1"), Eur(450)));
        Assert.Equal([Eur(300), Eur(150)], _story.Invoices.Select(i => i.Due));

        Hear(new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(600)));
        Assert.Equal("400/200 200/100", Shares(paid.Payment));
        Assert.Equal([Eur(200), Eur(100)], _story.Invoices.Select(i => i.Due));
        Assert.Equal([-100L, -50L], _story.Facts.OfType<InvoiceEvent.Reopened>().TakeLast(2).Select(f => f.Amount.MinorUnits));
    }

    [Fact]
    public void WhatIsGivenBackElsewhereOfAGrant_TakesItsCredit_AndWhatIsSpentIsMissing()
    {
        _story.Answer(Issue(400, "cg_1") with { Kind = PayableKind.CreditGrant });
        _story.Tell(_story.Ask(Pay(null, "grant") with { InvoiceId = null, CreditGrantId = new("cg_1") }).Operation.Id, Success(400));
        _story.Answer(new PayInvoice { InvoiceId = Inv, Key = "k1", ApplyBalance = true, Amount = Eur(300) });

        Hear(new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(60)));
        Assert.Equal((40L, 0L, 360L), Credit());
        Hear(new GatewayNotice.RefundedElsewhere(new("re_2"), Eur(340)));
        Assert.Equal((0L, 300L, 400L), Credit());

        (long, long, long) Credit() => _story.CreditOf(new(Ada, Currency.EUR))! is var c ? (c.Available.MinorUnits, c.Missing, c.Spent) : default;
    }

    [Fact]
    public void WhatOfAPaymentIsNotThereEvenWhenItWasAskedFor_IsShown_AndNotGivenBack()
    {
        var paid = Both();
        var back = new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(900)) };
        var half = _story.Load(back.WhatToLoad(_story.Policy)) is var all ? all with { Invoices = [.. all.Invoices.Where(i => i.Id == Inv)] } : all;
        half = half with { Operations = [.. half.Operations.Select(o => o with { Allocation = PaymentAllocation.To(Inv, Eur(900)) })] };

        var more = Assert.IsType<RecordDispute>(Assert.IsType<Decision<PaymentResult>.LoadMore>(Decide(back, half)).Again);
        Assert.Equal((paid.Payment, paid.Payment), (more.Payment!.Value, more.WhatToLoad(_story.Policy).Payment!.Value));
        var told = Assert.IsType<Decision<PaymentResult>.Answer>(Decide(more, half)).Result;
        Assert.Equal((Eur(600), Eur(900)), (told.Operation!.Moved!.Value, Assert.Single(told.Payment!.Discrepancies).Reported));
    }

    [Fact]
    public void ALossOnAnInvoiceThatThePaymentDoesNotName_OpensNothing()
    {
        Both();
        var lost = new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = new GatewayNotice.DisputeLost(new("dp_1"), Eur(900)) };
        var state = _story.Load(lost.WhatToLoad(_story.Policy));
        state = state with { Payments = [.. state.Payments.Select(p => p with { Shares = [.. p.Shares.Where(s => s.Invoice == Inv)] })] };

        var changes = Assert.IsType<Decision<PaymentResult>.Answer>(Decide(lost, state)).Changes!;
        Assert.Equal(Inv, Assert.Single(changes.Facts.OfType<InvoiceEvent.Reopened>()).Invoice);
    }

    [Fact]
    public void ASecondRefundAfterUnevenOnes_IsBorneByWhatEachStillHas_AndByTheFirstOnesPartsWhereNothingIsLeft()
    {
        var paid = Split(4, new FundingWeight(Shop, 3), new FundingWeight(Fee, 1));
        var refund = _story.Ask(Refund(paid.Payment, 2)).Operation;
        _story.Tell(refund.Id, Success(2, "re_1"));
        Assert.Equal("3/2/0 1/0/0", Funding(paid.Payment));
        _story.Tell(refund.Id, Success(2, "re_2"));
        Assert.Equal("3/3/0 1/1/0", Funding(paid.Payment));
        _story.Tell(refund.Id, Success(2, "re_3"));
        Assert.Equal("3/5/0 1/1/0", Funding(paid.Payment));
    }

    [Fact]
    public void ASecondRefund_KeepsNothingAsCredit_AndBeginsNoPayment()
    {
        _story.Policy = _story.Policy with { Overpayments = OverpaymentRule.KeepAsCredit };
        var charge = _story.Ask(Pay()).Operation;
        _story.Tell(charge.Id, Success(600));
        var refund = _story.Ask(Refund(charge.Payment, 100)).Operation;
        _story.Tell(refund.Id, Success(100, "re_1"));
        _story.Tell(refund.Id, Success(100, "re_2"));

        Assert.Equal((Eur(200), 1), (_story[charge.Payment].Refunded, _story[charge.Payment].Shares.Count));
        Assert.Null(_story.CreditOf(new(Ada, Currency.EUR)));
        Assert.Null(Assert.IsType<InvoiceEvent.LateAnswer>(_story.Facts[^1]).Created);
        _story.Tell(charge.Id, Success(600, "ch_2"));
        Assert.NotNull(_story.Facts.OfType<InvoiceEvent.LateAnswer>().Last().Created);
    }

    [Fact]
    public void ALossThatWasToldBeforeTheRestCameIn_IsDueAgainOnceItHas()
    {
        var charge = _story.Ask(Pay()).Operation;
        _story.Tell(charge.Id, Partly(200));
        Hear(new GatewayNotice.DisputeLost(new("dp_1"), Eur(500)));
        Assert.Equal((Eur(600), 200L), (_story.Invoice.Due, _story[charge.Payment].Shares[0].TakenReopened));
        _story.Tell(charge.Id, Success(600));
        Assert.Equal((Eur(500), 500L), (_story.Invoice.Due, _story[charge.Payment].Shares[0].TakenReopened));
    }

    [Fact]
    public void OfTwoMovementsUnderOneId_TheOneThatBeganThePaymentIsMeant_InWhateverOrderTheyAreLoaded()
    {
        var charge = _story.Ask(Pay()).Operation;
        _story.Tell(charge.Id, Success(600));
        _story.Tell(charge.Id, Partly(200, "ch_2"));
        _story.Tell(charge.Id, Success(600, "ch_2"));
        var began = _story.Operations.Single(o => o.Payment.Value == "pay_" + o.Id.Value && o.GatewayPaymentId == new GatewayPaymentId("ch_2"));
        var strange = new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_2"), Notice = new GatewayNotice.DisputeLost(new("dp_1"), Money.FromMinorUnits(5, Currency.USD)) };
        var state = _story.Load(strange.WhatToLoad(_story.Policy));
        Assert.Equal(2, state.Operations.Count);

        foreach (var order in new[] { state, state with { Operations = [.. state.Operations.Reverse()] } })
            Assert.Equal(began.Id, Assert.IsType<Decision<PaymentResult>.Answer>(Decide(strange, order)).Result.Operation!.Id);
    }

    [Fact]
    public void ADisputeThatWasToldOf_KeepsItsAmount_WhateverItsEndSays()
    {
        Both();
        Hear(new GatewayNotice.DisputeOpened(new("dp_1"), Eur(90)));
        var won = Hear(new GatewayNotice.DisputeWon(new("dp_1"), Eur(45))).Operation!;
        Assert.Equal((Eur(90), OperationStatus.Canceled), (won.Amount, won.Status));
        Assert.Equal([Eur(60), Eur(30)], won.Allocation.Parts.Select(p => p.Amount));
        Assert.Equal(0, _story[won.Payment].Disputed.MinorUnits);
    }

    [Fact]
    public void WhatChangesTwiceInOneDecision_CountsOnceForEachRecipient()
    {
        var paid = Split(600, new FundingWeight(Shop, 9), new FundingWeight(Fee, 1));
        var refund = _story.Fork().Ask(Refund(paid.Payment, 100)).Operation;
        var change = new StateChange(_story.Load(new() { Tenant = TenantId.Default, Payment = paid.Payment }), new(_story.Policy, Noon, _story.Gateways));

        var started = change.Start(refund with { Version = 0 }, null);
        Assert.Equal([90L, 10L], change.PaymentNow(paid.Payment).Funding.Select(f => f.RefundReserved));
        change.Succeed(started, new("re_1"), Eur(100));
        Assert.Equal([(90L, 0L), (10L, 0L)], change.PaymentNow(paid.Payment).Funding.Select(f => (f.Refunded, f.RefundReserved)));
    }

    private PaymentOperation Both()
    {
        _story.Answer(Issue(300, "inv_2"));
        var both = new PaymentSpread.AsTold(new([new(Inv, Eur(600)), new(Other, Eur(300))]));
        var charge = _story.Ask(Pay(null, "both") with { InvoiceId = null, Several = both }).Operation;
        _story.Tell(charge.Id, Success(900));
        return charge;
    }

    private PaymentOperation Split(long amount, params FundingWeight[] weights)
    {
        var terms = Everything();
        _story.Gateways[Acme] = terms with { Profile = terms.Profile with { EnrolledForSplitFunding = [TenantId.Default] } };
        var charge = _story.Ask(Pay(amount) with { Funding = new FundingRequest.Shares(weights) }).Operation;
        _story.Tell(charge.Id, Success(amount));
        return charge;
    }

    private string Shares(PaymentId id) => string.Join(' ', _story[id].Shares.Select(s => $"{s.Refunded}/{s.TakenReopened}"));

    private string Funding(PaymentId id) => string.Join(' ', _story[id].Funding.Select(f => $"{f.Captured}/{f.Refunded}/{f.RefundReserved}"));

    private Decision<PaymentResult> Decide(RecordDispute command, InvoiceState state) => command.Decide(state, new(_story.Policy, Noon, _story.Gateways));

    private PaymentResult Hear(GatewayNotice notice) => _story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = notice });
}

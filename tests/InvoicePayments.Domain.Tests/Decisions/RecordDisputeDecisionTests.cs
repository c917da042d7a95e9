using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class RecordDisputeDecisionTests
{
    private readonly Story _story = Story.Of(1000);
    private readonly PaymentOperation _charge;

    public RecordDisputeDecisionTests()
    {
        _charge = _story.Ask(Pay()).Operation;
        _story.Tell(_charge.Id, Success(1000));
    }

    private Payment Payment => _story[_charge.Payment];

    [Fact]
    public void AnOpenDispute_HoldsTheMoney_ShowsOnTheInvoice_AndNothingIsDue()
    {
        var answer = Hear(new GatewayNotice.DisputeOpened(new("dp_1"), Eur(400), "fraudulent", Noon.AddDays(7)));

        Assert.IsType<PaymentResult.Processing>(answer);
        Assert.Equal((OperationKind.Dispute, Eur(400), "fraudulent", Noon.AddDays(7)), (answer.Operation!.Kind, answer.Operation.Amount, answer.Operation.Reason, answer.Operation.ActionDeadline));
        Assert.Equal((Eur(400), Eur(600), Eur(0)), (Payment.Disputed, Payment.Refundable, Payment.Taken));
        Assert.Equal((InvoiceStatus.Paid, InvoiceFlags.Disputed), (_story.Invoice.Status, _story.Invoice.Flags));
    }

    [Fact]
    public void AWonDispute_GivesBackWhatItHeld()
    {
        Hear(new GatewayNotice.DisputeOpened(new("dp_1"), Eur(400)));
        var answer = Hear(new GatewayNotice.DisputeWon(new("dp_1"), Eur(400)));

        Assert.Equal("dispute_won", Assert.IsType<PaymentResult.Failed>(answer).Why.Code);
        Assert.Equal((Eur(0), Eur(1000)), (Payment.Disputed, Payment.Refundable));
        Assert.Equal((InvoiceStatus.Paid, InvoiceFlags.None), (_story.Invoice.Status, _story.Invoice.Flags));
    }

    [Fact]
    public void ALostDispute_TakesTheMoney_AndTheInvoiceOpensAgain()
    {
        Hear(new GatewayNotice.DisputeOpened(new("dp_1"), Eur(400)));
        var answer = Hear(new GatewayNotice.DisputeLost(new("dp_1"), Eur(300)));

        Assert.Equal(Eur(300), Assert.IsType<PaymentResult.Succeeded>(answer).Operation!.Moved);
        Assert.Equal((Eur(0), Eur(300), Eur(700)), (Payment.Disputed, Payment.Taken, Payment.Refundable));
        Assert.Equal((InvoiceStatus.PartiallyPaid, Eur(300), Eur(300)), (_story.Invoice.Status, _story.Invoice.Due, _story.Invoice.Payable));
        Assert.False(_story.Invoice.Flags.HasFlag(InvoiceFlags.Refunded) || _story.Invoice.Flags.HasFlag(InvoiceFlags.PartiallyRefunded));
    }

    [Fact]
    public void LostAfterItWasWon_IsALossOfItsOwn_AndWonAfterItWasLostIsOldNews()
    {
        Hear(new GatewayNotice.DisputeWon(new("dp_1"), Eur(400)));
        var lost = Hear(new GatewayNotice.DisputeLost(new("dp_1"), Eur(400)));
        var won = Hear(new GatewayNotice.DisputeWon(new("dp_1"), Eur(400)));

        Assert.Equal(2, _story.Operations.Count(o => o.Kind == OperationKind.Dispute));
        Assert.Equal(OperationStatus.Canceled, lost.Operation!.Status);
        Assert.Equal((Eur(400), true), (Payment.Taken, won.IsReplay));
    }

    [Fact]
    public void WhatWasRefundedAlready_IsNotDueASecondTime()
    {
        var refund = _story.Ask(Refund(_charge.Payment, 700, reopen: true)).Operation;
        _story.Tell(refund.Id, Success(700, "re_1"));
        Hear(new GatewayNotice.DisputeLost(new("dp_1"), Eur(1000)));

        Assert.Equal((Eur(1000), Eur(1000), Eur(0)), (_story.Invoice.Due, Payment.Taken, Payment.Refundable));
        Assert.Equal(-700, _story.Invoice.Sums.Net);
    }

    [Fact]
    public void AReturnedDebit_OpensTheInvoiceAgain_AndSaysWhy()
    {
        var answer = Hear(new GatewayNotice.DebitReturned(Eur(1000), "R01", "Insufficient funds."));

        Assert.Equal((OperationKind.Return, new OperationError("R01", "Insufficient funds.")), (answer.Operation!.Kind, answer.Operation.Error));
        Assert.Equal((InvoiceStatus.Open, Eur(1000)), (_story.Invoice.Status, _story.Invoice.Payable));
        Assert.Equal(OperationStatus.Succeeded, _story[_charge.Id].Status);
    }

    [Fact]
    public void MoreThanWasPaid_OrAnotherCurrency_IsShownToAPerson_AndNoMoreThanThePaymentIsTaken()
    {
        Hear(new GatewayNotice.DisputeLost(new("dp_1"), Eur(1001)));
        Hear(new GatewayNotice.DisputeLost(new("dp_2"), Money.FromMinorUnits(5, Currency.USD)));

        Assert.Equal(2, Payment.Discrepancies.Count);
        Assert.Equal(Eur(1000), Payment.Taken);
    }

    [Fact]
    public void ARefundThatWasMadeElsewhere_IsARefundHere_AndCountsOnce()
    {
        var answer = Hear(new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(400)));
        var again = Hear(new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(400)));

        Assert.Equal((OperationKind.Refund, OperationStatus.Succeeded, Eur(400)), (answer.Operation!.Kind, answer.Operation.Status, answer.Operation.Moved!.Value));
        Assert.True(again.IsReplay);
        Assert.Equal((Eur(400), Eur(600), Eur(0)), (Payment.Refunded, Payment.Refundable, _story.Invoice.Due));
        Assert.Equal((InvoiceStatus.Paid, InvoiceFlags.PartiallyRefunded), (_story.Invoice.Status, _story.Invoice.Flags));
    }

    [Fact]
    public void MoreGivenBackElsewhereThanIsHere_IsShownToAPerson_AndNoMoreIsTakenAsGivenBack()
    {
        Hear(new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(700)));
        Hear(new GatewayNotice.RefundedElsewhere(new("re_2"), Eur(700)));

        Assert.Equal((Eur(1000), 1), (Payment.Refunded, Payment.Discrepancies.Count));
    }

    [Fact]
    public void ARefundElsewhere_WhileOneOfOursIsUnderWay_LeavesThatToTheGateway()
    {
        var ours = _story.Ask(Refund(_charge.Payment, 700)).Operation;
        Hear(new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(400)));
        _story.Tell(ours.Id, new GatewayOutcome.Refused(new("charge_already_refunded", "There is not so much.")));

        Assert.Equal((Eur(400), Eur(600)), (Payment.Refunded, Payment.Refundable));
    }

    [Fact]
    public void ARefundThatFailsAfterItSucceeded_StaysInTheBooks_AndIsShownOnce()
    {
        var refund = _story.Ask(Refund(_charge.Payment, 400)).Operation;
        _story.Tell(refund.Id, Success(400, "re_1"));

        Hear(new GatewayNotice.RefundFailed(new("re_1"), Eur(400), refund.Reference));
        Hear(new GatewayNotice.RefundFailed(new("re_1"), Eur(400), refund.Reference));

        Assert.Equal(new Discrepancy(refund.Id, new("re_1"), Eur(0)), Assert.Single(Payment.Discrepancies));
        Assert.Equal((Eur(400), OperationStatus.Succeeded), (Payment.Refunded, _story[refund.Id].Status));
    }

    [Theory]
    [InlineData(1000, 0, 1000)]
    [InlineData(600, 400, 600)]
    public void WhatWentBackAfterItWasLost_IsDueNoMore_ButForWhatIsPaidAgainMeanwhile(long again, long payable, long reopened)
    {
        Hear(new GatewayNotice.DisputeLost(new("dp_1"), Eur(1000)));
        var next = _story.Ask(Pay(again, "pay-2")).Operation;
        Assert.Equal(Eur(payable), _story.Invoice.Payable);
        Hear(new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(1000)));

        Assert.Equal((Eur(0), reopened), (_story.Invoice.Payable, Payment.Shares[0].TakenReopened));
        _story.Tell(next.Id, Success(again, "ch_2"));
        Assert.Equal((Eur(0), again - 1000), (_story.Invoice.Due, _story.Invoice.Sums.Net));
    }

    [Theory]
    [InlineData(1000, 1000)]
    [InlineData(600, 600)]
    public void WhatWentBackAfterItWasLost_IsDueNoMore_ButForWhatHasBeenPaidAgain(long again, long reopened)
    {
        Hear(new GatewayNotice.DisputeLost(new("dp_1"), Eur(1000)));
        _story.Tell(_story.Ask(Pay(again, "pay-2")).Operation.Id, Success(again, "ch_2"));
        Hear(new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(1000)));

        Assert.Equal((Eur(1000), Eur(0), reopened), (_story.Invoice.Settled, _story.Invoice.Due, Payment.Shares[0].TakenReopened));
    }

    [Fact]
    public void WhatWentBackAfterItWasLost_IsDueNoMore_ThoughMoreCameInThanWasAskedFor()
    {
        _story.Tell(_charge.Id, Success(1000, "ch_2"));
        Hear(new GatewayNotice.DisputeLost(new("dp_1"), Eur(1000)));
        Hear(new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(1000)));

        Assert.Equal((0L, Eur(2000)), (Payment.Shares[0].TakenReopened, _story.Invoice.Settled));
    }

    [Fact]
    public void WhatWentBackOfAnInstalmentAfterItWasLost_StaysDue_WhileTheInstalmentIsPaidAgain()
    {
        var story = Story.Of(1000);
        story.Answer(new RequestPayment { PaymentRequestId = new("pr_1"), InvoiceId = Inv, Amount = Eur(400) });
        var first = story.Ask(Pay(null, "first") with { InvoiceId = null, PaymentRequestId = new("pr_1") }).Operation;
        story.Tell(first.Id, Success(400));
        story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = new GatewayNotice.DisputeLost(new("dp_1"), Eur(400)) });
        story.Ask(Pay(null, "again") with { InvoiceId = null, PaymentRequestId = new("pr_1") });
        story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(400)) });

        Assert.Equal(400, story[first.Payment].Shares[0].TakenReopened);
    }

    [Fact]
    public void NothingAtAll_IsRefused()
    {
        Assert.Equal(Rejection.AmountNotPositive, _story.Refusal(About(new GatewayNotice.DisputeLost(new("dp_1"), Eur(0)))).Why);
    }

    [Fact]
    public void ADispute_IsNotResumed_NotAnsweredByOutcomes_AndKeepsTheInvoiceFromBeingClosed()
    {
        var dispute = Hear(new GatewayNotice.DisputeOpened(new("dp_1"), Eur(1000))).Operation!;

        Assert.True(_story.Answer(new ResumeOperation { Operation = dispute.Id }).IsReplay);
        Assert.IsType<PaymentResult.Rejected>(_story.Tell(dispute.Id, Success(1000)));
        Assert.Equal(Rejection.MoneyUnderWay, Assert.IsType<InvoiceResult.Rejected>(_story.Answer(new MarkUncollectible { InvoiceId = Inv })).Why);
        Assert.Equal(OperationStatus.Processing, _story[dispute.Id].Status);
    }

    private PaymentResult Hear(GatewayNotice notice) => _story.Answer(About(notice));

    private static RecordDispute About(GatewayNotice notice) => new() { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = notice };
}

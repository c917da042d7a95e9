using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class RefundPaymentDecisionTests
{
    private readonly Story _story = Story.Of(1000);
    private readonly PaymentId _paid;

    public RefundPaymentDecisionTests()
    {
        var charge = _story.Ask(Pay()).Operation;
        _story.Tell(charge.Id, Success(1000));
        _paid = charge.Payment;
    }

    [Fact]
    public void WhenMoneyIsGivenBack_ItIsReservedOnThePaymentBeforeTheGatewayIsAsked()
    {
        var asked = _story.Ask(Refund(_paid, 400) with { Reason = "damaged" });
        var command = Assert.IsType<GatewayCommand.Refund>(asked.Command);

        Assert.Equal((Eur(400), new GatewayPaymentId("ch_1"), "damaged"), (command.Amount, command.Of, command.Reason));
        Assert.Equal(Eur(600), _story[_paid].Refundable);
        Assert.Equal(Eur(0), _story.Invoice.Refunded);
        Assert.Equal(Eur(1000), _story.Invoice.Settled);
    }

    [Fact]
    public void WhenItIsGivenBackInParts_TheLastOneReturnsTheRestAndThenNothingIsLeft()
    {
        GiveBack(Refund(_paid, 333, "r1"));
        Assert.Equal(InvoiceFlags.PartiallyRefunded, _story.Invoice.Flags);

        GiveBack(Refund(_paid, null, "r2"), 667);
        Assert.Equal(InvoiceFlags.Refunded, _story.Invoice.Flags);
        Assert.Equal((Eur(1000), Eur(0)), (_story[_paid].Refunded, _story[_paid].Refundable));
        Assert.Equal(Rejection.AmountExceedsRefundable, _story.Refusal(Refund(_paid, null, "r3")).Why);
    }

    [Fact]
    public void WhenARefundIsUnderWay_ItCountsAgainstTheNext()
    {
        _story.Ask(Refund(_paid, 700, "r1"));

        Assert.Equal(Rejection.AmountExceedsRefundable, _story.Refusal(Refund(_paid, 301, "r2")).Why);
        Assert.Equal(Eur(300), _story.Ask(Refund(_paid, 300, "r2")).Command.Amount);
        Assert.Equal(Rejection.AmountExceedsRefundable, _story.Refusal(Refund(_paid, null, "r3")).Why);
    }

    [Fact]
    public void WhenARefundEndedWithoutMoney_AllOfItCanBeGivenBackAgain()
    {
        var failed = _story.Ask(Refund(_paid, 700, "r1")).Operation;
        _story.Tell(failed.Id, new GatewayOutcome.Refused(new("too_old", "Too old.")));

        Assert.Equal(Eur(1000), _story[_paid].Refundable);
        Assert.Equal(OperationStatus.Succeeded, _story[_paid].Status);
        Assert.False(_story.Invoice.LastAttemptFailed);
    }

    [Theory]
    [InlineData(null, false, false)]
    [InlineData(null, true, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    public void WhatIsGivenBackIsDueAgain_AsTheRefundSaysOrElseThePolicy(bool? asked, bool policy, bool reopens)
    {
        _story.Policy = _story.Policy with { RefundsReopenInvoices = policy };
        GiveBack(Refund(_paid, 400, reopen: asked));

        Assert.Equal(Eur(reopens ? 400 : 0), _story.Invoice.Due);
        Assert.Equal(reopens ? InvoiceStatus.PartiallyPaid : InvoiceStatus.Paid, _story.Invoice.Status);
        Assert.Equal(reopens, Assert.IsType<InvoiceEvent.Succeeded>(_story.Facts[^1]).DueAgain);
    }

    [Fact]
    public void WhenAReopenedInvoiceIsPaidAgain_ItIsToldAsPaidAgain()
    {
        GiveBack(Refund(_paid, 400, reopen: true));
        _story.Now += TimeSpan.FromDays(1);
        _story.Answer(Cash());

        Assert.Equal(2, _story.Facts.OfType<InvoiceEvent.Paid>().Count());
        Assert.Equal(_story.Now, _story.Invoice.PaidAt);
    }

    [Fact]
    public void WhenThePaymentWasOffline_TheRefundIsRecordedAtOnceAndNobodyIsAsked()
    {
        var story = Story.Of(1000);
        var cash = story.Answer(Cash()).Payment!.Id;
        var result = Assert.IsType<PaymentResult.Succeeded>(story.Answer(Refund(cash, 400, reopen: true)));

        Assert.Equal((Eur(400), Eur(600)), (result.Payment!.Refunded, result.Payment.Refundable));
        Assert.Equal(Eur(400), story.Invoice.Due);
        Assert.Equal(Rejection.AmountExceedsRefundable, story.Refusal(Refund(cash, 601, "r2")).Why);
    }

    [Fact]
    public void WhenTheCommandCannotBe_EachFaultHasItsOwnCode()
    {
        Assert.Equal(Rejection.IdempotencyKeyInvalid, _story.Refusal(Refund(_paid) with { Key = "" }).Why);
        Assert.Equal(Rejection.TextInvalid, _story.Refusal(Refund(_paid) with { Reason = new('r', TextLimits.Reference + 1) }).Why);
        Assert.Equal(Rejection.TextInvalid, _story.Refusal(Refund(_paid) with { Comment = new('c', TextLimits.Comment + 1) }).Why);
        Assert.Equal(Rejection.PaymentNotFound, _story.Refusal(Refund(new("pay_none"))).Why);
        Assert.Equal(Rejection.PaymentNotFound, _story.Refusal(Refund(_paid) with { Account = Bob }).Why);
        Assert.Equal(Rejection.AmountNotPositive, _story.Refusal(Refund(_paid, 0)).Why);
        Assert.Equal(Rejection.AmountExceedsRefundable, _story.Refusal(Refund(_paid, 1001)).Why);
        Assert.Equal(Rejection.CurrencyMismatch, _story.Refusal(Refund(_paid) with { Amount = Money.FromMinorUnits(1, Currency.USD) }).Why);

        _story.Gateways[Acme] = Terms(null, OperationKind.Charge);
        Assert.Equal(Rejection.GatewayCannot, _story.Refusal(Refund(_paid)).Why);
        _story.Gateways.Remove(Acme);
        Assert.Equal(Rejection.GatewayNotRegistered, _story.Refusal(Refund(_paid)).Why);
    }

    [Fact]
    public void WhenThePaymentBroughtNothing_ThereIsNothingToGiveBack()
    {
        var story = Story.Of(1000);
        var declined = story.Ask(Pay()).Operation;
        story.Tell(declined.Id, new GatewayOutcome.Declined(NoFunds));

        Assert.Equal(Rejection.AmountExceedsRefundable, story.Refusal(Refund(declined.Payment)).Why);
    }

    [Fact]
    public void WhenTheSameKeyComesAgain_TheMoneyIsGivenBackOnce()
    {
        var id = GiveBack(Refund(_paid, 400));

        Assert.Equal(id, _story.Answer(Refund(_paid, 400)).Operation!.Id);
        Assert.Equal(Eur(400), _story[_paid].Refunded);
        Assert.Equal(Rejection.IdempotencyKeyReused, _story.Refusal(Refund(_paid, 401)).Why);
        Assert.Equal(Rejection.IdempotencyKeyReused, _story.Refusal(Refund(_paid, 400, reopen: true)).Why);
    }

    [Fact]
    public void WhenTheAnswerIsMissing_TheSameKeyAsksWhatBecameOfIt()
    {
        _story.Ask(Refund(_paid, 400));
        _story.Now += Patience;

        Assert.True(_story.Resolve(Refund(_paid, 400)).ByCaller);
    }

    private OperationId GiveBack(RefundPayment command, long? moved = null)
    {
        var id = _story.Ask(command).Operation.Id;
        Assert.IsType<PaymentResult.Succeeded>(_story.Tell(id, Success(moved ?? command.Amount!.Value.MinorUnits, "re_" + command.Key)));
        return id;
    }
}

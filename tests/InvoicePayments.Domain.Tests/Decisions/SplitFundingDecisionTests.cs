using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>Money that goes to several recipients: what each has is told to the unit, through refunds, losses and second successes.</summary>
public sealed class SplitFundingDecisionTests
{
    private static readonly RecipientId Shop = new("rec_shop");
    private static readonly RecipientId Fee = new("rec_fee");
    private static readonly FundingRequest Nine = new FundingRequest.Shares(new FundingWeight(Shop, 9), new FundingWeight(Fee, 1));
    private readonly Story _story = Story.Of(1000);

    public SplitFundingDecisionTests() => _story.Gateways[Acme] = Enrolled(Everything());

    [Fact]
    public void WhatIsCharged_IsSplitAtTheGateway_AndCountsOnceItHasMoved()
    {
        var ask = _story.Ask(Pay(600) with { Funding = Nine });
        Assert.Equal(new FundingSplit([new(Shop, Eur(540)), new(Fee, Eur(60))]), ask.Command.Funding);
        Assert.Equal(ask.Command.Funding, ask.Operation.Funding);
        Assert.Equal("0/0/0 0/0/0", Stand(ask.Operation.Payment));
        _story.Tell(ask.Operation.Id, Partly(300));
        Assert.Equal("270/0/0 30/0/0", Stand(ask.Operation.Payment));
        _story.Tell(ask.Operation.Id, Success(600));
        Assert.Equal("540/0/0 60/0/0", Stand(ask.Operation.Payment));
    }

    [Fact]
    public void ARefund_IsReservedOfEach_AndGivenBackOrFreeAgain()
    {
        var paid = Paid(600);
        var first = _story.Ask(Refund(paid.Payment, 100)).Operation;
        Assert.Equal("540/0/90 60/0/10", Stand(paid.Payment));
        _story.Tell(first.Id, new GatewayOutcome.Refused(NoAnswer));
        Assert.Equal("540/0/0 60/0/0", Stand(paid.Payment));
        _story.Tell(_story.Ask(Refund(paid.Payment, 100, "r2")).Operation.Id, Success(100, "re_2"));
        Assert.Equal("540/90/0 60/10/0", Stand(paid.Payment));

        var all = _story.Ask(Refund(paid.Payment, null, "r3"));
        Assert.Equal(new FundingSplit([new(Shop, Eur(450)), new(Fee, Eur(50))]), all.Command.Funding);
        _story.Tell(all.Operation.Id, Success(500, "re_3"));
        Assert.Equal("540/540/0 60/60/0", Stand(paid.Payment));
    }

    [Fact]
    public void AVoid_TakesFromEachWhatItHas_AndALossIsBornByAll()
    {
        var paid = Paid(600);
        var undo = _story.Ask(VoidOf(paid.Payment));
        Assert.Equal(new FundingSplit([new(Shop, Eur(540)), new(Fee, Eur(60))]), undo.Command.Funding);
        _story.Tell(undo.Operation.Id, new GatewayOutcome.Refused(NoAnswer));
        _story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = new GatewayNotice.DisputeLost(new("dp_1"), Eur(200)) });

        Assert.Equal([180L, 20L], _story[paid.Payment].Funding.Select(f => f.Taken));
        Assert.Equal([360L, 40L], _story[paid.Payment].Funding.Select(f => f.Refundable));
    }

    [Fact]
    public void ASecondSuccess_IsSplitAlike_AndASecondRefundIsTakenFromWhatEachStillHas()
    {
        var paid = Paid(600);
        _story.Tell(paid.Id, Success(600, "ch_2"));
        Assert.Equal(["540/0/0 60/0/0", "540/0/0 60/0/0"], _story.Payments.Select(p => Stand(p.Id)));

        var refund = _story.Ask(Refund(paid.Payment, 400)).Operation;
        _story.Tell(refund.Id, Success(400, "re_1"));
        Assert.Equal("540/360/0 60/40/0", Stand(paid.Payment));
        _story.Tell(_story.Ask(Refund(paid.Payment, 100, "r2")).Operation.Id, Success(100, "re_2"));
        Assert.Equal("540/450/0 60/50/0", Stand(paid.Payment));
    }

    [Fact]
    public void ASplitThatDoesNotFit_IsRefusedInItsOwnWords()
    {
        var pay = Pay(600);
        (PayInvoice Command, string Detail)[] each =
        [
            (pay with { Funding = new FundingRequest.Shares() }, "names no recipient"), (pay with { Funding = new FundingRequest.Amounts() }, "names no recipient"),
            (pay with { Funding = new FundingRequest.Shares(new FundingWeight(Shop, 0)) }, "A share of the split is not more than zero."),
            (pay with { Funding = new FundingRequest.Shares(new FundingWeight(Shop, 1), new FundingWeight(Shop, 1)) }, "names a recipient twice"),
            (pay with { Funding = new FundingRequest.Shares(new FundingWeight(Shop, 10_000), new FundingWeight(Fee, 1)) }, "too little to be split"),
            (pay with { Funding = new FundingRequest.Amounts(new FundingPart(Shop, Eur(600)), new FundingPart(Fee, Eur(0))) }, "A part of the split is not more than zero."),
            (pay with { Funding = new FundingRequest.Amounts(new FundingPart(Shop, Eur(300)), new FundingPart(Shop, Eur(300))) }, "names a recipient twice"),
            (pay with { Funding = new FundingRequest.Amounts(new FundingPart(Shop, Eur(500)), new FundingPart(Fee, Eur(99))) }, "sum to 599 minor units; charged are 600."),
            (pay with { Funding = new FundingRequest.Amounts(new FundingPart(Shop, Money.FromMinorUnits(600, Currency.USD))) }, "is not in EUR"),
            (pay with { Funding = Nine, CaptureLater = true }, "cannot be split"),
        ];
        Assert.All(each, one =>
        {
            var refused = _story.Refusal(one.Command);
            Assert.Equal(Rejection.SplitFundingInvalid, refused.Why);
            Assert.Contains(one.Detail, refused.Detail, StringComparison.Ordinal);
        });

        _story.Gateways[Acme] = Everything();
        Assert.Equal(Rejection.SplitFundingNotEnrolled, _story.Refusal(pay with { Funding = Nine }).Why);
        var zero = Story.Of(0);
        zero.Gateways[Acme] = Enrolled(Everything());
        Assert.Contains("Nothing is charged", zero.Refusal(Pay() with { Funding = Nine }).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSplit_IsPartOfWhatAPaymentMeans()
    {
        var amounts = new FundingRequest.Amounts(new FundingPart(Shop, Eur(540)), new FundingPart(Fee, Eur(60)));
        var pay = Pay(600) with { Funding = amounts };
        _story.Tell(_story.Ask(pay).Operation.Id, Success(600));

        Assert.True(_story.Answer(pay with { Funding = new FundingRequest.Amounts(new FundingPart(Shop, Eur(540)), new FundingPart(Fee, Eur(60))) }).IsReplay);
        FundingRequest?[] others = [null, Nine, new FundingRequest.Amounts(new FundingPart(Shop, Eur(541)), new FundingPart(Fee, Eur(59))), new FundingRequest.Amounts(new FundingPart(Fee, Eur(540)), new FundingPart(Shop, Eur(60)))];
        Assert.All(others, other => Assert.Equal(Rejection.IdempotencyKeyReused, _story.Refusal(pay with { Funding = other }).Why));
        _story.Ask(Pay(100, "k2") with { Funding = Nine });
        Assert.Equal(Rejection.IdempotencyKeyReused, _story.Refusal(Pay(100, "k2") with { Funding = new FundingRequest.Shares(new FundingWeight(Shop, 8), new FundingWeight(Fee, 2)) }).Why);
        Assert.True(amounts.Equals(new FundingRequest.Amounts(new FundingPart(Shop, Eur(540)), new FundingPart(Fee, Eur(60)))) && Nine.Equals(new FundingRequest.Shares(new FundingWeight(Shop, 9), new FundingWeight(Fee, 1))));
        Assert.False(amounts.Equals(new FundingRequest.Amounts(new FundingPart(Shop, Eur(540)))) || Nine.Equals(new FundingRequest.Shares(new FundingWeight(Shop, 9))));
    }

    private PaymentOperation Paid(long amount)
    {
        var charge = _story.Ask(Pay(amount) with { Funding = Nine }).Operation;
        _story.Tell(charge.Id, Success(amount));
        return charge;
    }

    private string Stand(PaymentId id) => string.Join(' ', _story[id].Funding.Select(f => $"{f.Captured}/{f.Refunded}/{f.RefundReserved}"));

    private static GatewayTerms Enrolled(GatewayTerms terms) => terms with { Profile = terms.Profile with { EnrolledForSplitFunding = [TenantId.Default] } };
}

using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What is told again: nothing is written that is known, whoever tells it, and only who asked looks again.</summary>
public sealed class RepeatedReportTests
{
    private readonly Story _story = Story.Of(1000);
    private readonly PaymentOperation _charge;

    public RepeatedReportTests() => _charge = _story.Ask(Pay(600)).Operation;

    [Theory]
    [InlineData(OutcomeSource.Webhook)]
    [InlineData(OutcomeSource.Query)]
    [InlineData(OutcomeSource.Answer)]
    public void OfAnOperationThatIsFinal_NothingIsWritten_AndOnlyWhoAskedHearsItAsNews(OutcomeSource source)
    {
        _story.Tell(_charge.Id, Success(600));
        var (changes, result) = Again(Success(600), source);

        Assert.Null(changes);
        Assert.Equal(source != OutcomeSource.Answer, result.IsReplay);
    }

    [Fact]
    public void OfAnOperationThatIsOpen_AWebhookWritesNothing_AndWhoAskedLooksAgainLater()
    {
        _story.Tell(_charge.Id, new GatewayOutcome.Processing(new("ch_1")));
        Assert.Null(Again(new GatewayOutcome.Processing(new("ch_1")), OutcomeSource.Webhook).Changes);

        _story.Now = Noon.AddHours(1);
        var looked = Assert.Single(Again(new GatewayOutcome.Processing(new("ch_1")), OutcomeSource.Query).Changes!.Operations).Operation;
        Assert.Equal(_story.Now + PaymentPolicy.Default.WaitAfter(0), looked.NextCheckAt);
        Assert.Single(Again(new GatewayOutcome.Processing(new("ch_1")), OutcomeSource.Answer).Changes!.Operations);
    }

    [Fact]
    public void WhatIsNewsToWhoAsked_IsNotPutOffOnceMore()
    {
        _story.Tell(_charge.Id, new GatewayOutcome.Unknown(NoAnswer));
        _story.Tell(_charge.Id, new GatewayOutcome.Processing(new("ch_1"), TimeSpan.FromHours(3)), OutcomeSource.Query);
        Assert.Equal((OperationStatus.Processing, Noon.AddHours(3)), (_story[_charge.Id].Status, _story[_charge.Id].NextCheckAt!.Value));
    }

    [Fact]
    public void OfADisputeOrARefundElsewhere_NothingIsWrittenTheSecondTime()
    {
        _story.Tell(_charge.Id, Success(600));
        GatewayNotice[] notices =
        [
            new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(100)), new GatewayNotice.DisputeOpened(new("dp_1"), Eur(100), "fraud", Noon.AddDays(1)),
            new GatewayNotice.DisputeLost(new("dp_2"), Eur(100)), new GatewayNotice.DisputeWon(new("dp_3"), Eur(100)), new GatewayNotice.DebitReturned(Eur(50), "R01"),
            new GatewayNotice.RefundFailed(new("re_1"), Eur(100)),
        ];
        foreach (var notice in notices)
        {
            var command = new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = notice };
            Assert.False(_story.Answer(command).IsReplay);
            var again = Assert.IsType<Decision<PaymentResult>.Answer>(_story.When(command));
            Assert.Equal((null, true), (again.Changes, again.Result.IsReplay));
        }
    }

    [Fact]
    public void AtTheVeryMomentAtWhichAnAuthorizationEnds_ItRestsNoMore()
    {
        var held = _story.Ask(Pay(300, "k2") with { CaptureLater = true }).Operation;
        _story.Tell(held.Id, Blocked(300, until: Noon.AddDays(7)));
        _story.Now = Noon.AddDays(7);
        _story.Tell(held.Id, Blocked(300, until: Noon.AddDays(7)), OutcomeSource.Query);
        Assert.Equal(_story.Now + PaymentPolicy.Default.WaitAfter(0), _story[held.Id].NextCheckAt);
    }

    [Fact]
    public void AVoidThatTookEffectAfterItHadFailed_EndsTheAuthorization_Once()
    {
        var held = _story.Ask(Pay(300, "k2") with { CaptureLater = true }).Operation;
        _story.Tell(held.Id, Blocked(300));
        var letGo = _story.Ask(VoidOf(held.Payment)).Operation;
        _story.Tell(letGo.Id, new GatewayOutcome.Refused(NoAnswer));
        Assert.Equal((OperationStatus.Authorized, Eur(900)), (_story[held.Id].Status, _story.Invoice.Reserved));

        _story.Tell(letGo.Id, Success(300, "vo_1"));
        Assert.Equal((OperationStatus.Canceled, "voided", OperationStatus.Failed), (_story[held.Id].Status, _story[held.Id].Error!.Code, _story[letGo.Id].Status));
        Assert.Equal((Eur(600), 0L), (_story.Invoice.Reserved, _story.Invoice.Sums.Received));
        Assert.Null(Assert.IsType<Decision<PaymentResult>.Answer>(_story.When(new RecordOutcome { Operation = letGo.Id, Gateway = Acme, Outcome = Success(300, "vo_1") })).Changes);
    }

    [Fact]
    public void APartThatCameIn_EndsTheDunningOfARunsCharge_ButNotWhatAnOperatorStopped()
    {
        Assert.Equal(InvoiceDunning.None, After(new(DunningState.InProgress, 2, 0, Noon, Noon.AddDays(2))));
        var stopped = new InvoiceDunning(DunningState.Stopped, 2, 0, Noon);
        Assert.Equal(stopped, After(stopped));
        var running = new InvoiceDunning(DunningState.InProgress, 2, 0, Noon, Noon.AddDays(2));
        Assert.Equal(running, After(running, PaymentInitiator.Customer));

        static InvoiceDunning After(InvoiceDunning before, PaymentInitiator by = PaymentInitiator.Merchant)
        {
            var story = Story.Of(1000);
            story.Invent(i => i with { Dunning = before });
            story.Tell(story.Ask(Pay() with { Initiator = by }).Operation.Id, Partly(200));
            Assert.Equal(Eur(800), story.Invoice.Due);
            return story.Invoice.Dunning;
        }
    }

    private (ChangeSet? Changes, PaymentResult Result) Again(GatewayOutcome outcome, OutcomeSource source)
    {
        var told = Assert.IsType<Decision<PaymentResult>.Answer>(
            _story.Fork().When(new RecordOutcome { Operation = _charge.Id, Gateway = Acme, Outcome = outcome, Source = source }));
        return (told.Changes, told.Result);
    }
}

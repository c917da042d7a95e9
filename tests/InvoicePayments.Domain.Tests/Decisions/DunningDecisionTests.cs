using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class DunningDecisionTests
{
    private static readonly Decline Stolen = new(DeclineKind.LostOrStolen, RetryAdvice.Never, "43", "Stolen card.");
    private readonly Story _story = Story.Of(1000);
    private int _runs;

    private InvoiceDunning Dunning => _story.Invoice.Dunning;

    public DunningDecisionTests()
    {
        _story.Keep(Card() with { IsDefault = true });
        _story.Invent(i => i with { DueAt = Noon });
    }

    [Fact]
    public void ASoftDecline_SchedulesTheNextTry_UntilTheScheduleEnds()
    {
        List<TimeSpan> waits = [];
        while (Dunning.State != DunningState.Exhausted)
        {
            Decline(NoFunds);
            if (Dunning.NextAt is not { } next) break;
            Assert.Equal((DunningState.InProgress, next), (Dunning.State, _story.Invoice.CollectAt));
            waits.Add(next - _story.Now);
            _story.Now = next;
        }

        Assert.Equal(_story.Policy.Dunning.RetrySchedule, waits);
        Assert.Equal((DunningState.Exhausted, 5, null), (Dunning.State, Dunning.Tries, _story.Invoice.CollectAt));
        Assert.Equal(4, _story.Facts.OfType<InvoiceEvent.DunningScheduled>().Count());
        Assert.Single(_story.Facts.OfType<InvoiceEvent.DunningExhausted>());
    }

    [Theory]
    [InlineData(RetryAdvice.Never)]
    [InlineData(RetryAdvice.OtherMethod)]
    [InlineData(RetryAdvice.AfterAuthentication)]
    [InlineData(RetryAdvice.AskPerson)]
    public void AHardDecline_ExhaustsAtOnce(RetryAdvice advice)
    {
        Decline(NoFunds with { Advice = advice });

        Assert.Equal((DunningState.Exhausted, 1), (Dunning.State, Dunning.Tries));
        Assert.Equal(Rejection.InvoiceNotDue, _story.Refusal(Collect()).Why);
    }

    [Fact]
    public void ARetryLaterThanTheCap_IsNotPlanned()
    {
        _story.Policy = new() { Dunning = new() { GiveUpAfter = TimeSpan.FromDays(3) } };

        Decline(NoFunds);
        _story.Now = Dunning.NextAt!.Value;
        Decline(NoFunds);

        Assert.Equal((DunningState.Exhausted, 2), (Dunning.State, Dunning.Tries));
    }

    [Fact]
    public void ARetry_IsNeverMadeBeforeItsTime_EvenByARunForALaterDate()
    {
        Decline(NoFunds);
        var early = Collect() with { DueBy = Noon.AddYears(1) };
        Assert.Equal(Rejection.InvoiceNotDue, _story.Refusal(early).Why);

        _story.Now = Dunning.NextAt!.Value;
        _story.Ask(early);
    }

    [Fact]
    public void WhatNobodyKnows_IsNotTriedAgain_AndOnlyItsAnswerMovesTheDunning()
    {
        var charge = _story.Ask(Collect()).Operation;
        _story.Tell(charge.Id, new GatewayOutcome.Unknown(NoAnswer));
        Assert.Equal(Rejection.PaymentInProgress, _story.Refusal(Collect()).Why);
        Assert.Equal(InvoiceDunning.None, Dunning);

        _story.Tell(charge.Id, new GatewayOutcome.Declined(NoFunds));
        Assert.Equal((DunningState.InProgress, 1), (Dunning.State, Dunning.Tries));
    }

    [Fact]
    public void WhileACustomerPaysAPart_TheRestIsNotCollected_EvenWhereThePolicyWouldAdmitIt()
    {
        _story.Policy = new() { PendingPayments = PendingPaymentRule.AdmitWhatIsPayable };
        _story.Ask(Pay(200));

        Assert.Equal(Rejection.PaymentInProgress, _story.Refusal(Collect()).Why);
    }

    [Fact]
    public void ACustomersOwnAttempt_DoesNothingToTheDunning()
    {
        _story.Tell(_story.Ask(Pay()).Operation.Id, new GatewayOutcome.Declined(Stolen));

        Assert.Equal(InvoiceDunning.None, Dunning);
    }

    [Fact]
    public void TheSameRunAndAttempt_IsARepetition_WhateverBecameOfIt()
    {
        var collect = Collect();
        var charge = _story.Ask(collect).Operation;
        _story.Tell(charge.Id, new GatewayOutcome.Declined(NoFunds));

        var answer = Assert.IsType<PaymentResult.Declined>(_story.Answer(collect));
        Assert.Equal((charge.Id, true), (answer.Operation!.Id, answer.IsReplay));
    }

    [Fact]
    public void WhatIsStopped_IsNotCollected_UntilItIsResumed_AndThenFromTheBeginningOfTheSchedule()
    {
        Decline(NoFunds);
        Assert.Equal(DunningState.Stopped, Done(_story.Answer(new StopDunning { InvoiceId = Inv, Reason = "They call back." })).Dunning.State);
        Assert.True(Assert.IsType<InvoiceResult.Done>(_story.Answer(new StopDunning { InvoiceId = Inv })).IsReplay);
        _story.Now = Noon.AddDays(5);
        Assert.Equal(Rejection.InvoiceNotDue, _story.Refusal(Collect()).Why);

        var resumed = Done(_story.Answer(new ResumeDunning { InvoiceId = Inv })).Dunning;
        Assert.Equal(new InvoiceDunning(DunningState.InProgress, 0, 1, null, _story.Now), resumed);
        Decline(NoFunds);
        Assert.Equal((1, Noon.AddDays(6)), (Dunning.Tries, Dunning.NextAt!.Value));
        Assert.Equal("They call back.", Assert.Single(_story.Facts.OfType<InvoiceEvent.DunningStopped>()).Reason);
        Assert.Single(_story.Facts.OfType<InvoiceEvent.DunningResumed>());
    }

    [Fact]
    public void TheLastChargeOfAStoppedInvoice_LeavesItStopped()
    {
        var charge = _story.Ask(Collect()).Operation;
        _story.Answer(new StopDunning { InvoiceId = Inv });
        _story.Tell(charge.Id, new GatewayOutcome.Declined(NoFunds));

        Assert.Equal(new InvoiceDunning(DunningState.Stopped), Dunning);
    }

    [Fact]
    public void WhatIsPaid_IsNotDunned_InWhicheverOrderTheNewsComes()
    {
        var charge = _story.Ask(Collect()).Operation;
        var other = _story.Fork();
        foreach (var (story, isFirst) in new[] { (_story, true), (other, false) })
        {
            if (isFirst) story.Tell(charge.Id, new GatewayOutcome.Declined(NoFunds));
            story.Tell(charge.Id, Success(1000));
            if (!isFirst) story.Tell(charge.Id, new GatewayOutcome.Declined(NoFunds));
            Assert.Equal((InvoiceStatus.Paid, InvoiceDunning.None), (story.Invoice.Status, story.Invoice.Dunning));
        }
    }

    [Fact]
    public void APartThatWasApproved_EndsTheDunning_InWhicheverOrderTheNewsComes_AndANewRunCollectsTheRest()
    {
        var charge = _story.Ask(Collect()).Operation;
        var other = _story.Fork();
        _story.Tell(charge.Id, new GatewayOutcome.Declined(Stolen));
        _story.Tell(charge.Id, Partly(400));
        other.Tell(charge.Id, Partly(400));
        other.Keep(Card() with { IsDefault = true });

        Assert.Equal((InvoiceDunning.None, InvoiceDunning.None), (other.Invoice.Dunning, _story.Invoice.Dunning));
        Assert.Equal(Eur(600), other.Ask(Collect()).Operation.Amount);
    }

    [Fact]
    public void WhatABankHasRefusedForEver_IsNotChargedAgain_WhateverOpensTheInvoiceLater()
    {
        Decline(Stolen);
        var cash = _story.Answer(new RecordOfflinePayment { InvoiceId = Inv, Key = "cash", Method = OfflineMethod.Cash });
        Assert.Equal((InvoiceStatus.Paid, DunningState.None), (_story.Invoice.Status, Dunning.State));

        _story.Answer(new RefundPayment { PaymentId = cash.Payment!.Id, Key = "back", ReopenInvoice = true });
        Assert.Equal((InvoiceStatus.Open, null), (_story.Invoice.Status, _story.Invoice.CollectAt));
        Assert.Equal(Rejection.InvoiceNotDue, _story.Refusal(Collect()).Why);

        Assert.False(Done(_story.Answer(new ResumeDunning { InvoiceId = Inv })).Dunning.IsRefused);
        _story.Ask(Collect());
    }

    [Fact]
    public void WhatABankHasRefusedForEver_IsRememberedInWhicheverOrderTheNewsComes()
    {
        var own = _story.Ask(Pay()).Operation;
        _story.Tell(own.Id, new GatewayOutcome.Declined(NoFunds));
        var charge = _story.Ask(Collect()).Operation;
        var other = _story.Fork();

        _story.Tell(charge.Id, new GatewayOutcome.Declined(Stolen));
        _story.Tell(own.Id, Success(1000));
        other.Tell(own.Id, Success(1000));
        other.Tell(charge.Id, new GatewayOutcome.Declined(Stolen));

        Assert.Equal(new InvoiceDunning(DunningState.None, IsRefused: true), Dunning);
        Assert.Equal(Dunning, other.Invoice.Dunning);
    }

    [Fact]
    public void AnInvoiceOverNothing_IsPaid_AndThereIsNothingToStopOrResume()
    {
        var story = Story.Of(0);
        Assert.Equal(Rejection.InvoicePaid, Assert.IsType<InvoiceResult.Rejected>(story.Answer(new StopDunning { InvoiceId = Inv })).Why);
        Assert.Equal(Rejection.InvoicePaid, Assert.IsType<InvoiceResult.Rejected>(story.Answer(new ResumeDunning { InvoiceId = Inv })).Why);
        Assert.Equal(Rejection.InvoicePaid, story.Refusal(Collect()).Why);
    }

    [Fact]
    public void WhatIsTakenBack_IsNoLongerInDunning()
    {
        Decline(NoFunds);
        _story.Answer(new VoidInvoice { InvoiceId = Inv });

        Assert.Equal((DunningState.None, null), (Dunning.State, _story.Invoice.CollectAt));
        Assert.Equal(Rejection.InvoiceVoid, Assert.IsType<InvoiceResult.Rejected>(_story.Answer(new ResumeDunning { InvoiceId = Inv })).Why);
    }

    private CollectInvoice Collect() =>
        new() { InvoiceId = Inv, Run = new($"run-{++_runs}"), Attempt = Dunning.Attempt, DueBy = _story.Now };

    private void Decline(Decline why) => _story.Tell(_story.Ask(Collect()).Operation.Id, new GatewayOutcome.Declined(why));

    private static Invoice Done(InvoiceResult result) => Assert.IsType<InvoiceResult.Done>(result).Invoice;
}

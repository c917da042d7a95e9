using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>The gateway does not know it: whether that proves anything, and whether it may be asked again, its guarantee says.</summary>
public sealed class AbsenceDecisionTests
{
    // A conversation may last, and whoever began it may have had another clock.
    private static readonly TimeSpan Margin = Patience + PaymentPolicy.Default.ClockTolerance;

    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    [Fact]
    public void WhenNothingIsGuaranteed_NothingIsResentAndNothingIsFreed()
    {
        var (story, decision) = Absent(Guarantee.None, after: TimeSpan.FromDays(30), byCaller: true);

        Assert.IsType<PaymentResult.Processing>(Assert.IsType<Decision<PaymentResult>.Answer>(decision).Result);
        Assert.Equal((1, OperationStatus.Pending), (Charge(story).Sends, Charge(story).Status));
        Assert.Equal(Eur(1000), story.Invoice.Reserved);
    }

    [Fact]
    public void WhenTheGuaranteeCoversIt_ExactlyTheSameIsAskedAgain()
    {
        var (story, decision) = Absent(Covered(), TimeSpan.FromMinutes(10));
        var again = Assert.IsType<Decision<PaymentResult>.Ask>(decision);

        Assert.Equal(story.CommandOf(again.Operation.Id), again.Command);
        Assert.Equal(again.Operation.Id.Value, again.Command.Reference.Value);
        Assert.Equal((2, Noon, story.Now), (again.Operation.Sends, again.Operation.FirstSentAt, again.Operation.LastSentAt));
        Assert.Equal(story.Now + Patience, again.Operation.BusyUntil);
        Assert.Equal(2, Assert.IsType<InvoiceEvent.AskedAgain>(story.Facts[^1]).Send);
        Assert.Equal(Eur(1000), story.Invoice.Reserved);
    }

    [Fact]
    public void WhenTheResendMightOutlastTheGuarantee_NothingIsResent()
    {
        Assert.IsType<Decision<PaymentResult>.Ask>(Absent(Covered(), Window - Margin - Tick, byCaller: true).Decision);
        Assert.IsType<Decision<PaymentResult>.Answer>(Absent(Covered(), Window - Margin, byCaller: true).Decision);
    }

    [Fact]
    public void WhenTheGatewayWouldMoveMoneyAgain_AWindowDoesNotHelp() => Assert.IsType<Decision<PaymentResult>.Answer>(
        Absent(Covered() with { Duplicates = DuplicateRule.None }, Patience, byCaller: true).Decision);

    [Fact]
    public void WhenAbsenceIsProven_ItFailedAndTheMoneyIsFree()
    {
        var (story, decision) = Absent(new() { AbsenceProvenAfter = TimeSpan.FromMinutes(5) }, Margin + TimeSpan.FromMinutes(5));
        var failed = Assert.IsType<PaymentResult.Failed>(Assert.IsType<Decision<PaymentResult>.Answer>(decision).Result);

        Assert.Equal(("never_happened", OperationStatus.Failed), (failed.ErrorCode, Charge(story).Status));
        Assert.Equal(Eur(1000), story.Invoice.Payable);
    }

    [Fact]
    public void WhenTheLastSendMayHaveLeftLater_AbsenceIsNotProvenYet()
    {
        var (story, _) = Absent(new() { AbsenceProvenAfter = TimeSpan.FromMinutes(5) }, Margin + TimeSpan.FromMinutes(5) - Tick);

        Assert.Equal(OperationStatus.Pending, Charge(story).Status);
        Assert.Equal(Eur(0), story.Invoice.Payable);
    }

    [Fact]
    public void WhenTheCommandIsOld_OnlyACallerWhoWaitsHasItCarriedOut()
    {
        var provable = Covered() with { AbsenceProvenAfter = TimeSpan.Zero };
        var hour = PaymentPolicy.Default.ResumeWithin;

        Assert.IsType<Decision<PaymentResult>.Ask>(Absent(provable, hour).Decision);
        Assert.IsType<Decision<PaymentResult>.Ask>(Absent(provable, hour + Tick, byCaller: true).Decision);
        Assert.Equal(OperationStatus.Failed, Charge(Absent(provable, hour + Tick).Story).Status);
    }

    [Fact]
    public void WhenAbsenceNeverProvesAnything_AnOldCommandIsCarriedOutRatherThanStuck() =>
        Assert.IsType<Decision<PaymentResult>.Ask>(Absent(Covered(), TimeSpan.FromHours(2)).Decision);

    [Fact]
    public void WhenItIsARefund_TheGuaranteeForRefundsCounts()
    {
        var story = Story.Of(1000);
        var guarantees = new Dictionary<OperationKind, Guarantee>
        {
            [OperationKind.Charge] = Covered(), [OperationKind.Refund] = Guarantee.None,
        };
        story.Gateways[Acme] = new(new() { Operations = guarantees }, Patience);
        var charge = story.Ask(Pay()).Operation;
        story.Tell(charge.Id, Success(1000));
        var refund = story.Ask(Refund(charge.Payment)).Operation.Id;

        Assert.IsType<Decision<PaymentResult>.Answer>(Learn(story, refund, Patience, byCaller: true));
        Assert.Equal(1, story[refund].Sends);
    }

    [Fact]
    public void AbsenceProves_AsOfTheQuestion_HoweverLongTheAnswerWasSleptOver()
    {
        var provesAfter = TimeSpan.FromHours(1);
        var story = Story.Of(1000);
        story.Gateways[Acme] = Terms(Guarantee.None with { AbsenceProvenAfter = provesAfter }, OperationKind.Charge);
        var charge = story.Ask(Pay()).Operation.Id;

        Learn(story, charge, provesAfter + Margin - Tick, byCaller: true, sleep: TimeSpan.FromDays(1));
        Assert.Equal((OperationStatus.Pending, Eur(1000)), (Charge(story).Status, story.Invoice.Reserved));

        Learn(story, charge, TimeSpan.FromDays(2), byCaller: true, sleep: TimeSpan.FromDays(1));
        Assert.Equal((OperationStatus.Failed, Eur(0)), (Charge(story).Status, story.Invoice.Reserved));
    }

    private static Guarantee Covered() => new() { Duplicates = DuplicateRule.ReplaySameResult, Window = Window };

    private static PaymentOperation Charge(Story story) => Assert.Single(story.Operations);

    private static (Story Story, Decision<PaymentResult> Decision) Absent(Guarantee guarantee, TimeSpan after, bool byCaller = false)
    {
        var story = Story.Of(1000);
        story.Gateways[Acme] = Terms(guarantee, OperationKind.Charge);
        return (story, Learn(story, story.Ask(Pay()).Operation.Id, after, byCaller));
    }

    private static Decision<PaymentResult> Learn(Story story, OperationId id, TimeSpan after, bool byCaller, TimeSpan sleep = default)
    {
        story.Now = Noon + after;
        var claim = story.Resolve(new ResumeOperation { Operation = id, ByCaller = byCaller });
        story.Now += sleep;
        return story.When(new RecordResolution
        {
            Tenant = TenantId.Default, Claimed = claim.Operation, Resolution = new GatewayResolution.Absent(), AskedAt = story.Now - sleep, ByCaller = claim.ByCaller,
        });
    }
}

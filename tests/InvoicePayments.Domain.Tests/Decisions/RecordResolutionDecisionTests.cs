using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class RecordResolutionDecisionTests
{
    private static readonly GatewayResolution.Absent Absent = new();
    private readonly Story _story = Story.Of(1000);
    private readonly PaymentOperation _charge;

    public RecordResolutionDecisionTests() => _charge = _story.Ask(Pay()).Operation;

    [Fact]
    public void WhenItIsFound_ItsOutcomeCounts()
    {
        Assert.IsType<PaymentResult.Succeeded>(Learn(Claim(), new GatewayResolution.Found(Success(1000))));
        Assert.Equal(InvoiceStatus.Paid, _story.Invoice.Status);
    }

    [Fact]
    public void WhenTheGatewayCannotSayYet_ItsWaitCountsOrElseTheSchedule()
    {
        Learn(Claim(), new GatewayResolution.NotYet(TimeSpan.FromHours(2)));
        Assert.Equal((_story.Now.AddHours(2), null), (Charge.NextCheckAt, Charge.BusyUntil));

        Learn(Claim(), new GatewayResolution.NotYet());
        Assert.Equal(_story.Now.AddMinutes(2), Charge.NextCheckAt);
    }

    [Fact]
    public void WhenItWasUndone_ItIsCanceledAndWhatItReservedIsFree()
    {
        var failed = Assert.IsType<PaymentResult.Failed>(Learn(Claim(), new GatewayResolution.Neutralised(new("void_1"))));

        Assert.Equal(("neutralised", OperationStatus.Canceled), (failed.ErrorCode, Charge.Status));
        Assert.Equal(new GatewayPaymentId("void_1"), Charge.GatewayPaymentId);
        Assert.Equal(Eur(1000), _story.Invoice.Payable);
    }

    [Fact]
    public void WhenTheGatewayCannotAnswer_APersonIsNeededAndTheMoneyStaysReserved()
    {
        Assert.IsType<PaymentResult.Processing>(Learn(Claim(), new GatewayResolution.NeedsPerson(NoAnswer)));

        Assert.Equal((OperationStatus.NeedsAttention, NoAnswer), (Charge.Status, Charge.Error));
        Assert.Null(Charge.NextCheckAt);
        Assert.Equal(Eur(1000), _story.Invoice.Reserved);
    }

    [Fact]
    public void WhenAPersonIsNeededAlready_NothingLooksAgainByItself()
    {
        GatewayResolution[] nothingNew = [new GatewayResolution.NeedsPerson(NoAnswer), new GatewayResolution.NotYet(), Absent];
        Assert.All(nothingNew, said =>
        {
            Learn(Claim(), new GatewayResolution.NeedsPerson(NoAnswer));
            Learn(Claim(), said);

            Assert.Equal((null, null), (Charge.NextCheckAt, Charge.BusyUntil));
        });
    }

    [Fact]
    public void WhenTheScheduleHasEnded_AnUnknownOperationNeedsAPerson()
    {
        for (var looks = 1; looks < _story.Policy.RecoverySchedule.Count; looks++) Learn(Claim(), new GatewayResolution.NotYet());
        Assert.Equal(OperationStatus.Pending, Charge.Status);

        Learn(Claim(), new GatewayResolution.NotYet());
        Assert.Equal((OperationStatus.NeedsAttention, "unresolved"), (Charge.Status, Charge.Error!.Code));
        Assert.Equal(Eur(1000), _story.Invoice.Reserved);
    }

    [Fact]
    public void WhenTheScheduleHasEnded_AnOperationThatTheGatewayKnowsIsLookedAtOnAndOn()
    {
        _story.Tell(_charge.Id, new GatewayOutcome.Processing());
        for (var looks = 1; looks < 20; looks++) Learn(Claim(), new GatewayResolution.Found(new GatewayOutcome.Processing()));

        Assert.Equal((OperationStatus.Processing, _story.Now.AddHours(24)), (Charge.Status, Charge.NextCheckAt));
    }

    [Fact]
    public void WhenSomebodyWentOnWithItSince_OnlyEvidenceCounts()
    {
        var stale = Claim();
        var current = Claim();
        GatewayResolution[] noEvidence =
            [Absent, new GatewayResolution.Neutralised(), new GatewayResolution.NotYet(), new GatewayResolution.NeedsPerson(NoAnswer)];
        Assert.All(noEvidence, said => Assert.True(Learn(stale, said).IsReplay));
        Assert.Equal(current.Operation, Charge);

        Assert.IsType<PaymentResult.Succeeded>(Learn(stale, new GatewayResolution.Found(Success(1000))));
    }

    [Fact]
    public void WhenItIsAbsentAfterTheGatewayKnewIt_ThatProvesNothing()
    {
        var all = new Guarantee
        {
            AbsenceProvenAfter = TimeSpan.Zero, Duplicates = DuplicateRule.ReplaySameResult, Window = TimeSpan.FromDays(1),
        };
        _story.Gateways[Acme] = Terms(all, OperationKind.Charge);
        _story.Tell(_charge.Id, Challenge());
        Learn(Claim(), Absent);

        Assert.Equal(OperationStatus.ActionRequired, Charge.Status);
        Assert.Equal(1, Charge.Sends);
    }

    private PaymentOperation Charge => _story[_charge.Id];

    private Decision<PaymentResult>.Resolve Claim()
    {
        _story.Now += Patience;
        return _story.Resolve(new ResumeOperation { Operation = _charge.Id });
    }

    private PaymentResult Learn(Decision<PaymentResult>.Resolve claim, GatewayResolution said) =>
        _story.Answer(new RecordResolution
        {
            Tenant = TenantId.Default, Claimed = claim.Operation, Resolution = said, AskedAt = _story.Now, ByCaller = claim.ByCaller,
        });
}

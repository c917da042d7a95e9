using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>When it is looked at again, which id counts, and what is no news at all.</summary>
public sealed class OutcomeDetailTests
{
    private readonly Story _story = Story.Of(1000);
    private readonly OperationId _charge;

    public OutcomeDetailTests() => _charge = _story.Ask(Pay()).Operation.Id;

    [Fact]
    public void WhenTheMoneyIsBlocked_ItIsLookedAtAfterTheLongestWait()
    {
        _story.Tell(_charge, new GatewayOutcome.Authorized(new("ch_1"), Eur(1000)));

        Assert.Equal(Noon.AddHours(24), _story[_charge].NextCheckAt);
    }

    [Fact]
    public void WhenTheGatewayNamesAnId_ItReplacesTheEarlierOneAndOtherwiseThatStays()
    {
        _story.Tell(_charge, new GatewayOutcome.ActionRequired(new("first"), new PendingAction.Redirect(new("https://bank.example/1"))));
        _story.Tell(_charge, new GatewayOutcome.Processing());
        Assert.Equal(new GatewayPaymentId("first"), _story[_charge].GatewayPaymentId);

        _story.Tell(_charge, new GatewayOutcome.Authorized(new("second"), Eur(1000)));
        Assert.Equal(new GatewayPaymentId("second"), _story[_charge].GatewayPaymentId);
        Assert.Equal(new GatewayPaymentId("second"), Assert.Single(_story.Payments).GatewayPaymentId);
    }

    [Fact]
    public void WhenALaterRequestWasNotSent_AnEarlierOneMayHaveArrived()
    {
        var covered = new Guarantee { Duplicates = DuplicateRule.ReplaySameResult, Window = TimeSpan.FromHours(1) };
        _story.Gateways[Acme] = Terms(covered, OperationKind.Charge);
        _story.Now += Patience;
        var claim = _story.Resolve(new ResumeOperation { Operation = _charge });
        Assert.Equal(2, Learn(claim.Operation).Operation.Sends);
        _story.Tell(_charge, new GatewayOutcome.NotSent(NoAnswer), OutcomeSource.Answer);

        Assert.Equal((OperationStatus.Unknown, NoAnswer), (_story[_charge].Status, _story[_charge].Error));
        Assert.Equal(Eur(1000), _story.Invoice.Reserved);

        Decision<PaymentResult>.Ask Learn(PaymentOperation claimed) => _story.Ask(new RecordResolution
        {
            Tenant = TenantId.Default, Claimed = claimed, Resolution = new GatewayResolution.Absent(), AskedAt = _story.Now,
        });
    }

    [Theory]
    [InlineData("1", 20, "2", 10, "1")]
    [InlineData("2", 10, "1", 20, "1")]
    [InlineData("2", 20, "1", 10, "2")]
    public void OfTwoChallenges_TheLaterDeadlineCountsWhateverTheAddress(string first, int firstMinutes, string second, int secondMinutes,
        string expected)
    {
        _story.Tell(_charge, Challenge(first, Noon.AddMinutes(firstMinutes)));
        _story.Tell(_charge, Challenge(second, Noon.AddMinutes(secondMinutes)));

        Assert.Equal(Challenge(expected).Action, _story[_charge].Action);
    }

    [Fact]
    public void WhenTheSameChallengeComesAgain_NothingChanges()
    {
        var challenge = Challenge("1", Noon.AddMinutes(20));
        _story.Tell(_charge, challenge);
        var again = _story.When(new RecordOutcome { Operation = _charge, Gateway = Acme, Outcome = challenge });

        Assert.Null(Assert.IsType<Decision<PaymentResult>.Answer>(again).Changes);
    }

    [Fact]
    public void WhenAClientSecretAndARedirectLastAsLong_OneOfThemCountsInEveryOrder()
    {
        GatewayOutcome.ActionRequired[] both =
        [
            Challenge("1", Noon.AddMinutes(20)),
            new(new("ch_1"), new PendingAction.ClientSecret(new("seti_1")), Noon.AddMinutes(20)),
        ];
        foreach (var news in new[] { both, [.. both.Reverse()] })
        {
            var story = Story.Of(1000);
            var id = story.Ask(Pay()).Operation.Id;
            foreach (var piece in news) story.Tell(id, piece);

            Assert.Equal(both[1].Action, story[id].Action);
            Assert.DoesNotContain(story.Facts, fact => fact.ToString().Contains("seti_1", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void WhenAbsenceProvesNothing_ItIsLookedAtAgainByTheSchedule()
    {
        _story.Now += Patience;
        var claim = _story.Resolve(new ResumeOperation { Operation = _charge });
        RecordResolution absent = new() { Tenant = TenantId.Default, Claimed = claim.Operation,
            Resolution = new GatewayResolution.Absent(), AskedAt = _story.Now };
        var told = _story.Answer(absent);

        Assert.Equal((_story.Now.AddSeconds(30), null, false), (told.Operation!.NextCheckAt, told.Operation.BusyUntil, told.IsReplay));
        Assert.Null(Assert.IsType<Decision<PaymentResult>.Answer>(_story.When(absent)).Changes);
    }

    [Fact]
    public void WhenItsGatewayIsGone_TheAnswerSaysThatNothingIsNew()
    {
        _story.Gateways.Clear();
        _story.Now += Patience;

        Assert.True(_story.Answer(new ResumeOperation { Operation = _charge }).IsReplay);
    }
}

using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class RecordOutcomeDecisionTests
{
    private static readonly OperationStatus[] Final =
        [OperationStatus.Succeeded, OperationStatus.Declined, OperationStatus.Failed, OperationStatus.Canceled, OperationStatus.Expired];

    // Each piece of news with where it leads; the open ones are in the order in which they know more.
    private static readonly (OperationStatus To, GatewayOutcome News)[] News =
    [
        (OperationStatus.Unknown, new GatewayOutcome.Unknown(NoAnswer)),
        (OperationStatus.ActionRequired, Challenge()),
        (OperationStatus.Processing, new GatewayOutcome.Processing()),
        (OperationStatus.Authorized, new GatewayOutcome.Authorized(new("ch_1"), Eur(1000))),
        (OperationStatus.NeedsAttention, Success(999)),
        (OperationStatus.NeedsAttention, new GatewayOutcome.Authorized(new("ch_1"), Eur(999))),
        (OperationStatus.Succeeded, Success(1000)),
        (OperationStatus.Succeeded, Partly(1)),
        (OperationStatus.Declined, new GatewayOutcome.Declined(NoFunds)),
        (OperationStatus.Failed, new GatewayOutcome.Refused(NoAnswer)),
        (OperationStatus.Failed, new GatewayOutcome.NotSent(NoAnswer)),
        (OperationStatus.Canceled, new GatewayOutcome.Canceled()),
        (OperationStatus.Expired, new GatewayOutcome.Expired()),
    ];

    [Fact]
    public void FromEveryOpenStatus_NewsThatKnowsMoreMovesItAndOldNewsDoesNot()
    {
        OperationStatus[] froms = [OperationStatus.Pending, .. News.Select(n => n.To).Distinct().Except(Final)];
        foreach (var from in froms)
        {
            foreach (var (to, news) in News)
            {
                var (story, id) = At(from);
                var result = story.Tell(id, news);
                var moves = Array.IndexOf(froms, to) is var rank && (rank < 0 || rank > Array.IndexOf(froms, from));

                Assert.Equal(moves ? to : from, story[id].Status);
                Assert.Equal(Final.Contains(story[id].Status) ? 0 : 1000, story.Invoice.Reserved.MinorUnits);
                Assert.Equal(result.Operation, story[id]);
                Assert.Equal(story[id].Status, Assert.Single(story.Payments).Status);
            }
        }
    }

    [Fact]
    public void FromEveryFinalStatus_NewsWithoutMoneyChangesNothingAtAll()
    {
        foreach (var (from, first) in News.Where(n => Final.Contains(n.To)))
        {
            foreach (var (_, news) in News.Where(n => n.To is not (OperationStatus.Succeeded or OperationStatus.NeedsAttention)))
            {
                var (story, id) = At(OperationStatus.Pending);
                story.Tell(id, first);
                var answer = Assert.IsType<Decision<PaymentResult>.Answer>(story.When(Told(id, news)));

                Assert.Null(answer.Changes);
                Assert.True(answer.Result.IsReplay);
                Assert.Equal(from, story[id].Status);
            }
        }
    }

    [Fact]
    public void EachOutcomeIsAnsweredInItsOwnWord()
    {
        Assert.Equal(NoFunds, Assert.IsType<PaymentResult.Declined>(Answer(new GatewayOutcome.Declined(NoFunds))).Why);
        Assert.Equal(NoAnswer, Assert.IsType<PaymentResult.Failed>(Answer(new GatewayOutcome.Refused(NoAnswer))).Why);
        Assert.Equal(NoAnswer, Assert.IsType<PaymentResult.Failed>(Answer(new GatewayOutcome.NotSent(NoAnswer))).Why);
        Assert.Equal("canceled", Assert.IsType<PaymentResult.Failed>(Answer(new GatewayOutcome.Canceled())).ErrorCode);
        Assert.Equal("expired", Assert.IsType<PaymentResult.Failed>(Answer(new GatewayOutcome.Expired())).ErrorCode);
        Assert.Equal("timeout", Assert.IsType<PaymentResult.Processing>(Answer(new GatewayOutcome.Unknown(NoAnswer))).ErrorCode);
        Assert.Null(Assert.IsType<PaymentResult.Processing>(Answer(new GatewayOutcome.Processing())).ErrorCode);
        Assert.IsType<PaymentResult.Authorized>(Answer(new GatewayOutcome.Authorized(new("ch_1"), Eur(1000))));
    }

    [Fact]
    public void WhenThePayerHasToAct_TheGatewaysDeadlineCountsOrElseThePolicys()
    {
        var until = Noon.AddHours(2);
        var told = Assert.IsType<PaymentResult.ActionRequired>(Answer(Challenge("1", until)));
        Assert.Equal((until, until), (told.Deadline, told.Operation!.NextCheckAt));
        Assert.Equal(Challenge().Action, told.Action);
        Assert.Equal(InvoiceFlags.ActionRequired, told.Invoice!.Flags);

        Assert.Equal(Noon.AddMinutes(15), Assert.IsType<PaymentResult.ActionRequired>(Answer(Challenge())).Deadline);
    }

    [Fact]
    public void WhenTheChallengeIsOver_NothingOfItIsLeft()
    {
        var (story, id) = At(OperationStatus.ActionRequired);
        story.Tell(id, new GatewayOutcome.Processing());

        Assert.Null(story[id].Action);
        Assert.Null(story[id].ActionDeadline);
    }

    [Fact]
    public void WhenItIsProcessing_TheGatewaysWaitCountsOrElseTheSchedule()
    {
        Assert.Equal(Noon.AddHours(3), Answer(new GatewayOutcome.Processing(null, TimeSpan.FromHours(3))).Operation!.NextCheckAt);
        Assert.Equal(Noon.AddSeconds(5), Answer(new GatewayOutcome.Processing()).Operation!.NextCheckAt);
        Assert.Equal(Noon.AddSeconds(5), Answer(new GatewayOutcome.Unknown(NoAnswer)).Operation!.NextCheckAt);
    }

    [Fact]
    public void WhenNothingNewIsLearned_OnlyWhoAskedSetsWhenToLookAgain()
    {
        var (story, id) = At(OperationStatus.Processing);
        story.Now += Patience;

        Assert.Null(Assert.IsType<Decision<PaymentResult>.Answer>(story.When(Told(id, new GatewayOutcome.Processing()))).Changes);
        story.Tell(id, new GatewayOutcome.Processing(), OutcomeSource.Query);
        Assert.Equal(story.Now.AddSeconds(5), story[id].NextCheckAt);
    }

    [Fact]
    public void WhenAnotherGatewayOrAnUnknownOperationIsReportedOn_TheReportIsKeptOnceAndNothingMoves()
    {
        var (story, id) = At(OperationStatus.Pending);
        var foreign = Told(id, Success(1000)) with { Gateway = new("other") };
        var unknown = Told(new("nobody"), Success(1000));
        foreach (var news in new[] { foreign, unknown, foreign, unknown })
            Assert.Equal(Rejection.OperationNotFound, Assert.IsType<PaymentResult.Rejected>(story.Answer(news)).Why);

        Assert.Equal(
            [(id, new GatewayName("other")), (new OperationId("nobody"), Acme)],
            story.Parked.Select(p => (p.Operation, p.Gateway)));
        Assert.Equal(OperationStatus.Pending, story[id].Status);
    }

    private static RecordOutcome Told(OperationId id, GatewayOutcome news) => new() { Operation = id, Gateway = Acme, Outcome = news };

    private static PaymentResult Answer(GatewayOutcome news)
    {
        var (story, id) = At(OperationStatus.Pending);
        return story.Tell(id, news, OutcomeSource.Answer);
    }

    private static (Story Story, OperationId Id) At(OperationStatus status)
    {
        var story = Story.Of(1000);
        var id = story.Ask(Pay()).Operation.Id;
        if (status != OperationStatus.Pending) story.Tell(id, News.First(n => n.To == status).News);
        return (story, id);
    }
}

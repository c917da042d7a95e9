namespace InvoicePayments.Tests;

/// <summary>
/// A host is gone at every point there is — before and after each call to the store and to the gateway — and somebody comes after it.
/// Whatever the gateway did and however it treats duplicates: money moves once, the books agree, nothing stays stuck.
/// </summary>
public sealed class CrashTests
{
    internal static readonly string[] OfOnePayment = Around("load", "commit", "execute", "load", "commit");

    public static TheoryData<Verb, Story, DuplicateRule> Matrix
    {
        get
        {
            var rows = new TheoryData<Verb, Story, DuplicateRule>();
            foreach (var verb in new[] { Verb.Pay, Verb.Refund, Verb.Authorize, Verb.Capture, Verb.Void })
            foreach (var story in Enum.GetValues<Story>().Where(s => verb is Verb.Pay or Verb.Authorize || s != Story.Challenges))
            foreach (var rule in verb is Verb.Pay or Verb.Refund ? Enum.GetValues<DuplicateRule>() : [DuplicateRule.ReplaySameResult, DuplicateRule.None])
                rows.Add(verb, story, rule);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task WhereverTheHostDies_TheSameKeyFinishesItAndMoneyMovesOnce(Verb verb, Story story, DuplicateRule rule)
    {
        var passed = await CrashMatrix.RunAsync(new(verb, story, rule), Rescue.All(byKey: true));
        Assert.Equal(OfOnePayment, passed);
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task WhereverTheHostDies_RecoveryFinishesItAndMoneyMovesOnce(Verb verb, Story story, DuplicateRule rule)
    {
        var passed = await CrashMatrix.RunAsync(new(verb, story, rule), Rescue.All(byKey: false));
        Assert.Equal(OfOnePayment, passed);
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task WhereverTheHostThatFinishesItDiesToo_TheThirdOneDoesAndMoneyMovesOnce(Verb verb, Story story, DuplicateRule rule)
    {
        // Where the answer is final at once, notifications add nothing that one crash has not shown already.
        var waits = story is Story.Challenges or Story.TakesItsTime;
        foreach (var byKey in new[] { true, false })
        foreach (var notified in waits ? [true, false] : new[] { false })
        {
            var runs = await CrashMatrix.RunTwiceAsync(new(verb, story, rule), new(byKey, Rescue.Soon, notified));
            Assert.True(runs > OfOnePayment.Length, $"Only {runs} runs.");
        }
    }

    [Theory]
    [InlineData(Story.LosesTheAnswer, DuplicateRule.ReplaySameResult, 2)]
    [InlineData(Story.LosesTheAnswer, DuplicateRule.ReplayCurrentState, 2)]
    [InlineData(Story.LosesTheAnswer, DuplicateRule.MarkedDuplicate, 2)]
    [InlineData(Story.LosesTheAnswer, DuplicateRule.RejectedAsDuplicate, 1)]
    [InlineData(Story.LosesTheAnswer, DuplicateRule.None, 1)]
    [InlineData(Story.LosesTheRequest, DuplicateRule.ReplaySameResult, 2)]
    [InlineData(Story.LosesTheRequest, DuplicateRule.RejectedAsDuplicate, 1)]
    [InlineData(Story.LosesTheRequest, DuplicateRule.None, 1)]
    [InlineData(Story.BreaksAfterMoving, DuplicateRule.ReplaySameResult, 3)]
    [InlineData(Story.BreaksAfterMoving, DuplicateRule.ReplayCurrentState, 2)]
    public async Task WhereverTheHostDiesAmongItsResends_MoneyMovesOnce(Story story, DuplicateRule rule, int sends)
    {
        var expected = Around(["load", "commit", .. Enumerable.Repeat("execute", sends), "load", "commit"]);
        foreach (var verb in new[] { Verb.Pay, Verb.Refund })
        foreach (var byKey in new[] { true, false })
        {
            var passed = await CrashMatrix.RunAsync(new(verb, story, rule, Resends: 2), [new(byKey, Rescue.Soon, Notified: false)]);
            Assert.Equal(expected, passed);
        }
    }

    [Theory]
    [InlineData(Verb.RecordCash)]
    [InlineData(Verb.Issue)]
    public async Task WhereverTheHostDiesWithoutAGateway_TheSameCallFinishesIt(Verb verb) =>
        Assert.Equal(Around("load", "commit"), await CrashMatrix.RunAsync(new(verb), Rescue.All(byKey: true)));

    private static string[] Around(params IEnumerable<string> calls) =>
        [.. calls.SelectMany(call => new[] { call + ":before", call + ":after" })];
}

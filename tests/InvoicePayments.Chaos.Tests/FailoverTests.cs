using System.Diagnostics;
using System.Globalization;

namespace InvoicePayments.Tests;

/// <summary>A primary that is gone at once, with everything that nobody but its synchronous follower has; workers know both servers, and nothing else.</summary>
public sealed class FailoverTests(ITestOutputHelper output)
{
    // On a machine that does nothing else it is about one second: the library has Npgsql look again that soon. One answer alone says little.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30), Usual = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task ThePrimaryIsGoneAndItsFollowerTakesOver_NothingThatWasAcknowledgedIsLost()
    {
        await using var one = await PostgreSqlServer.StartAsync();
        await using var other = await PostgreSqlServer.FollowerOfAsync(one);
        var address = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1:{one.Port},127.0.0.1:{other.Port};Username=tester;Database=postgres;Maximum Pool Size=20");
        await using var run = await ChaosRun.StartAsync("postgresql", address, [Flaw.None, Flaw.None, Flaw.None]);

        await run.WorkUntilAsync(movements: 20);
        var moments = new List<(long GoneAt, long PromotedAt)>();
        var (primary, follower) = (one, other);
        for (var i = 0; i < ChaosBudget.Failovers; i++)
        {
            await Task.Delay(Random.Shared.Next(1_500, 3_000), TestContext.Current.CancellationToken);
            moments.Add(await FailOverAsync(run, primary, follower));
            await Task.Delay(3_000, TestContext.Current.CancellationToken);
            (primary, follower) = (follower, primary);
            if (i + 1 < ChaosBudget.Failovers) await follower.FollowAsync(primary);
        }

        var report = await run.EndAsync();
        var waits = moments.ConvertAll(m => FirstAnswerAfter(report, m));
        var firsts = string.Join(", ", waits.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.TotalSeconds:0.00} s")));
        output.WriteLine(report.Tell($"PostgreSQL with a synchronous follower, first new acknowledgement after {firsts}"));
        Assert.True(report.Violations.Count == 0, report.Findings);
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.Zero, Longest));
        if (waits.Count >= 3) Assert.InRange(waits.Order().ElementAt(waits.Count / 2), TimeSpan.Zero, Usual);
    }

    private static async Task<(long GoneAt, long PromotedAt)> FailOverAsync(ChaosRun run, PostgreSqlServer primary, PostgreSqlServer follower)
    {
        run.Count("primary gone, follower promoted");
        var goneAt = Stopwatch.GetTimestamp();
        await primary.KillAsync();
        await follower.PromoteAsync();
        return (goneAt, Stopwatch.GetTimestamp());
    }

    /// <summary>From the primary's end to the first payment that its successor has taken in.</summary>
    private static TimeSpan FirstAnswerAfter(ChaosReport report, (long GoneAt, long PromotedAt) moment)
    {
        var first = report.Books.NewAnswersAt.FirstOrDefault(at => at > moment.PromotedAt);
        return first == 0 ? TimeSpan.MaxValue : Stopwatch.GetElapsedTime(moment.GoneAt, first);
    }
}

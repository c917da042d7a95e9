using System.Globalization;

namespace InvoicePayments.Tests;

public sealed class ManySeedsTests(ITestOutputHelper output)
{
    private const string Seeds = "INVOICEPAYMENTS_SIMULATION_SEEDS";
    private const string FirstSeed = "INVOICEPAYMENTS_SIMULATION_FIRST_SEED";
    private const string Seconds = "INVOICEPAYMENTS_SIMULATION_SECONDS";
    private const int AMinute = 60;

    // Other seeds every time: whatever they find is repeated by the seed that the story names.
    [Fact]
    public void WithEverythingGoingWrong_NothingBreaks()
    {
        var seeds = Environment.GetEnvironmentVariable(Seeds) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : (int?)null;
        var seconds = Environment.GetEnvironmentVariable(Seconds) is { Length: > 0 } some ? double.Parse(some, CultureInfo.InvariantCulture) : AMinute;

        var first = Environment.GetEnvironmentVariable(FirstSeed) is { Length: > 0 } seed ? long.Parse(seed, CultureInfo.InvariantCulture) : TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var before = Environment.CpuUsage.TotalTime;

        var report = new Simulation().Run(seeds ?? int.MaxValue, first, seeds is null ? TimeSpan.FromSeconds(seconds) : null);

        output.WriteLine(report.ToString());
        output.WriteLine("Faults: " + ByKind(report.Faults));
        output.WriteLine("Wishes: " + ByKind(report.Wishes));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Elapsed.TotalMinutes:0.0} minutes, {(Environment.CpuUsage.TotalTime - before).TotalMinutes:0.0} of processor time: {report.Runs / report.Elapsed.TotalSeconds:0} seeds a second, {report.Runs / (Environment.CpuUsage.TotalTime - before).TotalSeconds:0} a second of one processor."));
        report.EnsureNothingBroke();
        Assert.True(report.Runs > 0);
        Assert.True(report.FewestSteps >= 20, $"A run had {report.FewestSteps} steps.");
        Assert.All(report.Faults, fault => Assert.True(report.Runs < 10_000 || fault.Value > 0, $"{fault.Key} never struck."));
        Assert.All(report.Wishes, wish => Assert.True(report.Runs < 10_000 || wish.Value > 500, $"{wish.Key} was wanted {wish.Value} times."));
    }

    [Fact]
    public void ASeed_GivesTheSameRun_HoweverManyGoOnAtATime()
    {
        var alone = new Simulation(new() { Threads = 1 }).Run(300);
        var crowded = new Simulation(new() { Threads = 8 }).Run(300);

        Assert.Equal((alone.Runs, alone.Steps), (crowded.Runs, crowded.Steps));
        Assert.Equal(alone.Faults, crowded.Faults);
    }

    [Fact]
    public void OfManyFailures_TheOneOfTheLowestSeedIsTold()
    {
        var bug = Bug.All[0];

        var alone = new Simulation(With(bug, 1)).Run(10_000);
        var crowded = new Simulation(With(bug, 8)).Run(10_000);

        Assert.NotNull(alone.Failure);
        Assert.Equal((alone.Runs, alone.Failure.Seed, alone.Failure.ToString()), (crowded.Runs, crowded.Failure!.Seed, crowded.Failure.ToString()));
    }

    [Fact]
    public void AFailureThatItsSeedDoesNotRepeat_IsTold_NotSwallowed()
    {
        var opened = 0;
        var report = new Simulation(new()
        {
            Threads = 1,
            OpenStore = () => Interlocked.Increment(ref opened) == 3 ? new BuggyStore { Bend = (_, _) => null } : new InMemoryPaymentStore(),
        }).Run(10);

        Assert.Equal(3, report.Runs);
        Assert.Contains("did not break it again", report.Failure!.Detail, StringComparison.Ordinal);
    }

    private static string ByKind<TKind>(IReadOnlyDictionary<TKind, long> counts) => string.Join(
        ", ", counts.OrderByDescending(c => c.Value).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key} {c.Value:N0}")));

    private static SimulationOptions With(Bug bug, int threads)
    {
        var options = bug.Options;
        options.Threads = threads;
        return options;
    }
}

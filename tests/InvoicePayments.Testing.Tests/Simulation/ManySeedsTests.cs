using System.Globalization;

namespace InvoicePayments.Tests;

public sealed class ManySeedsTests(ITestOutputHelper output)
{
    private const string Seeds = "INVOICEPAYMENTS_SIMULATION_SEEDS";
    private const string Seconds = "INVOICEPAYMENTS_SIMULATION_SECONDS";
    private const int AMinute = 60;

    // Other seeds every time: whatever they find is repeated by the seed that the story names.
    [Fact]
    public void WithEverythingGoingWrong_NothingBreaks()
    {
        var seeds = Environment.GetEnvironmentVariable(Seeds) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : (int?)null;
        var seconds = Environment.GetEnvironmentVariable(Seconds) is { Length: > 0 } some ? double.Parse(some, CultureInfo.InvariantCulture) : AMinute;

        var report = new Simulation().Run(
            seeds ?? int.MaxValue, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), seeds is null ? TimeSpan.FromSeconds(seconds) : null);

        output.WriteLine(report.ToString());
        output.WriteLine(string.Join(", ", report.Faults.OrderByDescending(f => f.Value).Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value:N0}"))));
        report.EnsureNothingBroke();
        Assert.True(report.Runs > 0);
        Assert.True(report.FewestSteps >= 20, $"A run had {report.FewestSteps} steps.");
        Assert.All(report.Faults, fault => Assert.True(report.Runs < 10_000 || fault.Value > 0, $"{fault.Key} never struck."));
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

    private static SimulationOptions With(Bug bug, int threads)
    {
        var options = bug.Options;
        options.Threads = threads;
        return options;
    }
}

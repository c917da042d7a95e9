namespace InvoicePayments.Tests;

public sealed class SimulationTests(ITestOutputHelper output)
{
    [Fact]
    public void WithSeedsThatNobodyHasSeen_NothingBreaks()
    {
        var report = new Simulation().Run(int.MaxValue, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), TimeSpan.FromSeconds(5));

        output.WriteLine(report.ToString());
        report.EnsureNothingBroke();
        Assert.True(report.Runs > 0);
    }

    [Fact]
    public void TheSameSeeds_GiveTheSameRuns()
    {
        var (first, again) = (new Simulation().Run(50, firstSeed: 7), new Simulation().Run(50, firstSeed: 7));

        Assert.Equal((first.Runs, first.Steps), (again.Runs, again.Steps));
        Assert.Equal(first.Faults, again.Faults);
        Assert.Contains(first.Faults, f => f.Value > 0);
    }

    [Fact]
    public void WhenUnknownIsTakenForDeclined_ItIsFound_AndTheSeedRepeatsTheStory()
    {
        var simulation = new Simulation(new() { DecorateGateway = gateway => new Pessimist(gateway) });
        var failure = simulation.Run(1_000).Failure;

        Assert.NotNull(failure);
        output.WriteLine(failure.ToString());
        Assert.Equal(failure.Story, simulation.Replay(failure.Seed)!.Story);
        Assert.Contains(failure.Invariant, Invariant.All);
    }

    private sealed class Pessimist(IPaymentGateway inner) : IPaymentGateway
    {
        public GatewayProfile Profile => inner.Profile;

        public async Task<GatewayOutcome> ExecuteAsync(GatewayCommand command, CancellationToken cancellationToken) =>
            await inner.ExecuteAsync(command, cancellationToken) is var outcome and not GatewayOutcome.Unknown
                ? outcome
                : new GatewayOutcome.Declined(new(DeclineKind.Other, RetryAdvice.Later, "error", "Something went wrong."));

        public Task<GatewayResolution> ResolveAsync(OperationTrace trace, CancellationToken cancellationToken) => inner.ResolveAsync(trace, cancellationToken);
    }
}

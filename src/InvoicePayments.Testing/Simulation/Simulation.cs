namespace InvoicePayments;

/// <summary>
/// Runs the real service of several hosts over a store and a gateway, in virtual time, on one thread, with faults: one seed gives one run, in every process.
/// Every run is held to <see cref="Invariant.All"/>. What breaks one is shortened and told as a story, which the seed repeats.
/// </summary>
public sealed class Simulation
{
    private readonly SimulationOptions _options;

    /// <summary>A simulation with these options, or the defaults.</summary>
    public Simulation(SimulationOptions? options = null) => _options = options ?? new();

    /// <summary>
    /// Runs seeds until one fails, the seeds are done, or the time is over; as many at a time as <see cref="SimulationOptions.Threads"/> says.
    /// However many that are, the failure that is told is the one of the lowest seed.
    /// </summary>
    /// <param name="seeds">How many at most.</param>
    /// <param name="firstSeed">The first; the others follow it.</param>
    /// <param name="atMost">When to stop all the same; never when null.</param>
    public SimulationReport Run(int seeds, long firstSeed = 1, TimeSpan? atMost = null)
    {
        var run = new SeedRun(_options, seeds, firstSeed, atMost);
        var threads = Math.Clamp(_options.Threads ?? Environment.ProcessorCount, 1, Math.Max(1, seeds));
        OnThreadsOfTheirOwn(threads, run.Work);
        return run.Report(run.Failed is { } failed ? Replay(failed.Seed) ?? Unrepeatable(failed) : null);
    }

    /// <summary>Repeats one seed; null when it breaks nothing.</summary>
    public SimulationFailure? Replay(long seed)
    {
        SimulationFailure? failure = null;
        OnThreadsOfTheirOwn(1, () =>
        {
            using var telemetry = SeedRun.Telemetry();
            failure = Explain(seed, telemetry);
        });
        return failure;
    }

    private SimulationFailure? Explain(long seed, PaymentTelemetry telemetry)
    {
        var first = Tell(new(seed), telemetry);
        if (first.Broken is not { } broken) return null;

        var (lightest, runs) = Shrinker.Shorten(Trial.Of(first), deviations => Trial.Of(Tell(new(deviations), telemetry)));
        var told = Tell(new(lightest.Deviations), telemetry);
        return new(seed, broken.Invariant, told.Broken?.Detail ?? broken.Detail, told.Story!.Lines, runs);
    }

    private World Tell(Tape tape, PaymentTelemetry telemetry)
    {
        var world = new World(_options, new SeededPlan(_options, tape), telemetry, tell: true);
        world.Run();
        return world;
    }

    private static SimulationFailure Unrepeatable((long Seed, Invariant Invariant, string Detail) failed) => new(
        failed.Seed, failed.Invariant,
        $"{failed.Detail} The seed did not break it again: the store or the gateway depends on something else, such as time, chance, or what two runs share.", [], 0);

    // Threads without anybody's synchronisation context: what is awaited goes on where it is answered.
    internal static void OnThreadsOfTheirOwn(int count, Action run)
    {
        Exception? escaped = null;
        var threads = Enumerable.Range(0, count).Select(_ => new Thread(Guarded, maxStackSize: 16 * 1024 * 1024) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (escaped is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(escaped);

        void Guarded()
        {
            try
            {
                run();
            }
            catch (Exception error)
            {
                escaped = error;
            }
        }
    }
}

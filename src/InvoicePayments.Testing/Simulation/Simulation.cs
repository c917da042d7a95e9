using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace InvoicePayments;

/// <summary>
/// Runs the real service of several hosts over a store and a gateway, in virtual time, on one thread, with faults: one seed gives one run.
/// Every run is held to <see cref="Invariant.All"/>. What breaks one is shortened and told as a story, which the seed repeats.
/// </summary>
public sealed class Simulation
{
    private readonly SimulationOptions _options;

    /// <summary>A simulation with these options, or the defaults.</summary>
    public Simulation(SimulationOptions? options = null) => _options = options ?? new();

    /// <summary>Runs seeds one after the other until one fails, the seeds are done, or the time is over.</summary>
    /// <param name="seeds">How many at most.</param>
    /// <param name="firstSeed">The first; the others follow it.</param>
    /// <param name="atMost">When to stop all the same; never when null.</param>
    public SimulationReport Run(int seeds, long firstSeed = 1, TimeSpan? atMost = null)
    {
        var (watch, faults, steps, runs) = (Stopwatch.StartNew(), new long[Enum.GetValues<SimulatedFault>().Length], 0L, 0);
        SimulationFailure? failure = null;
        OnItsOwnThread(() =>
        {
            using var telemetry = Telemetry();
            for (; runs < seeds && failure is null && (atMost is null || watch.Elapsed < atMost); runs++)
            {
                var world = new World(_options, new Tape(firstSeed + runs), telemetry, tell: false);
                world.Run();
                steps += world.Steps;
                for (var i = 0; i < faults.Length; i++) faults[i] += world.Faults.Counts[i];
                if (world.Broken is not null) failure = Explain(firstSeed + runs, telemetry);
            }
        });
        return new(runs, firstSeed, steps, watch.Elapsed, Enum.GetValues<SimulatedFault>().ToDictionary(f => f, f => faults[(int)f]), failure);
    }

    /// <summary>Repeats one seed; null when it breaks nothing.</summary>
    public SimulationFailure? Replay(long seed)
    {
        SimulationFailure? failure = null;
        OnItsOwnThread(() =>
        {
            using var telemetry = Telemetry();
            failure = Explain(seed, telemetry);
        });
        return failure;
    }

    private SimulationFailure? Explain(long seed, PaymentTelemetry telemetry)
    {
        var first = new World(_options, new Tape(seed), telemetry, tell: false);
        first.Run();
        if (first.Broken is not { } broken) return null;

        var (shortest, runs) = Shrinker.Shorten([.. first.Tape.Choices.Select(c => c.Choice)], broken.Invariant, choices =>
        {
            var tape = new Tape(choices);
            var world = new World(_options, tape, telemetry, tell: false);
            world.Run();
            return (world.Broken?.Invariant, [.. tape.Choices.Select(c => c.Choice)]);
        });
        var told = new World(_options, new Tape(shortest), telemetry, tell: true);
        told.Run();
        return new(seed, broken.Invariant, told.Broken?.Detail ?? broken.Detail, told.Story!.Lines, runs);
    }

    private static PaymentTelemetry Telemetry() => new(null, NullLogger.Instance, TimeProvider.System);

    // A thread without anybody's synchronisation context: what is awaited goes on where it is answered.
    private static void OnItsOwnThread(Action run)
    {
        Exception? escaped = null;
        var thread = new Thread(() =>
        {
            try
            {
                run();
            }
            catch (Exception error)
            {
                escaped = error;
            }
        }, maxStackSize: 16 * 1024 * 1024);
        thread.Start();
        thread.Join();
        if (escaped is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(escaped);
    }
}

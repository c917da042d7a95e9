using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace InvoicePayments;

/// <summary>Hands out seeds to threads, adds up what came of them, and remembers the lowest that failed.</summary>
internal sealed class SeedRun(SimulationOptions options, int seeds, long firstSeed, TimeSpan? atMost)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _lock = new();
    private readonly long[] _faults = new long[Enum.GetValues<SimulatedFault>().Length];
    private readonly long[] _wishes = new long[Enum.GetValues<SimulatedWish>().Length];
    private int _next;
    private int _done;
    private long _steps;
    private int _fewest = int.MaxValue;

    /// <summary>The lowest seed that broke something, and what; every lower one has been run.</summary>
    internal (long Seed, Invariant Invariant, string Detail)? Failed { get; private set; }

    /// <summary>Runs seeds until there is nothing left to do.</summary>
    internal void Work()
    {
        using var telemetry = Telemetry();
        while (Take() is { } seed)
        {
            var world = new World(options, new SeededPlan(options, new(seed)), telemetry, tell: false);
            world.Run();
            Add(seed, world);
        }
    }

    internal SimulationReport Report(SimulationFailure? failure) => new(
        Failed is { } failed ? (int)(failed.Seed - firstSeed) + 1 : _done, firstSeed, _steps, _fewest == int.MaxValue ? 0 : _fewest, _watch.Elapsed,
        Enum.GetValues<SimulatedFault>().ToDictionary(f => f, f => _faults[(int)f]), failure)
    {
        Wishes = Enum.GetValues<SimulatedWish>().ToDictionary(w => w, w => _wishes[(int)w]),
    };

    internal static PaymentTelemetry Telemetry() => new(null, NullLogger.Instance, TimeProvider.System);

    // Seeds are handed out in order, so once one has failed all lower ones are done or under way.
    private long? Take()
    {
        lock (_lock)
        {
            if (_next >= seeds || Failed is not null || _watch.Elapsed >= atMost) return null;
            return firstSeed + _next++;
        }
    }

    private void Add(long seed, World world)
    {
        lock (_lock)
        {
            _done++;
            _steps += world.Steps;
            if (world.Broken is null) _fewest = Math.Min(_fewest, world.Steps);
            for (var i = 0; i < _faults.Length; i++) _faults[i] += world.Faults.Counts[i];
            for (var i = 0; i < _wishes.Length; i++) _wishes[i] += world.Wished[i];
            if (world.Broken is { } broken && (Failed is null || seed < Failed.Value.Seed)) Failed = (seed, broken.Invariant, broken.Detail);
        }
    }
}

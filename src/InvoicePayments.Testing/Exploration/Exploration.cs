using System.Diagnostics;

namespace InvoicePayments;

/// <summary>
/// Walks the tree of choices of a small world. A run says how many ways there were at each choice; the next run takes the next way at the
/// last choice that has one left. Threads share the work by handing over ways that nobody has taken yet.
/// </summary>
internal sealed class Exploration(SimulationOptions options, SmallWorld small, long atMost)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _lock = new();
    private readonly Stack<int[]> _open = new([[]]);
    private readonly long[] _faults = new long[Enum.GetValues<SimulatedFault>().Length];
    private int _working;
    private long _schedules;
    private long _steps;
    private ExplorationFailure? _failure;
    private bool _isGivenUp;

    internal void Work()
    {
        try
        {
            WorkUntilDone();
        }
        catch
        {
            // What a host's own store or gateway throws when it is made ends the others' work as well, instead of letting them wait for this one's share.
            lock (_lock) _isGivenUp = true;
            throw;
        }
    }

    internal ExplorationReport Report() => new(
        small, _schedules, _steps, _watch.Elapsed, IsComplete: _failure is null && _open.Count == 0 && _schedules < atMost,
        Enum.GetValues<SimulatedFault>().ToDictionary(f => f, f => _faults[(int)f]), _failure);

    private void WorkUntilDone()
    {
        using var telemetry = SeedRun.Telemetry();
        var spin = default(SpinWait);
        while (true)
        {
            if (Take() is { } root)
            {
                Walk(root, telemetry);
                lock (_lock) _working--;
                spin.Reset();
            }
            else if (IsDone())
            {
                return;
            }
            else
            {
                spin.SpinOnce();
            }
        }
    }

    private int[]? Take()
    {
        lock (_lock)
        {
            if (IsEnough() || !_open.TryPop(out var root)) return null;
            _working++;
            return root;
        }
    }

    private bool IsDone()
    {
        lock (_lock) return IsEnough() || (_open.Count == 0 && _working == 0);
    }

    private bool IsEnough() => _isGivenUp || _failure is not null || _schedules >= atMost;

    // Everything below a root: the choices that the root does not fix are counted up like an odometer.
    private void Walk(int[] root, PaymentTelemetry telemetry)
    {
        var given = root;
        while (true)
        {
            var world = Run(given, telemetry, tell: false);
            var choices = world.Tape.Choices;
            if (!Add(world)) return;

            var at = choices.Count - 1;
            while (at >= root.Length && choices[at].Choice + 1 >= choices[at].Of) at--;
            if (at < root.Length) return;
            given = [.. choices.Take(at).Select(c => c.Choice), choices[at].Choice + 1];
            root = Share(root, choices, at, ref given);
        }
    }

    // When others have nothing to do, the ways left at the first choice that has any are theirs, and the root is one choice longer.
    private int[] Share(int[] root, List<(int Choice, int Of)> choices, int at, ref int[] given)
    {
        lock (_lock)
        {
            if (_open.Count > 0) return root;
            while (root.Length < at)
            {
                var (choice, of) = choices[root.Length];
                int[] longer = [.. root, choice];
                for (var other = of - 1; other > choice; other--) _open.Push([.. root, other]);
                root = longer;
                if (_open.Count > 0) break;
            }

            return root;
        }
    }

    private bool Add(World world)
    {
        var failure = world.Broken is null ? null : Explain(world);
        lock (_lock)
        {
            _schedules++;
            _steps += world.Steps;
            for (var i = 0; i < _faults.Length; i++) _faults[i] += world.Faults.Counts[i];
            _failure ??= failure;
            return !IsEnough();
        }
    }

    private ExplorationFailure Explain(World failed)
    {
        int[] choices = [.. failed.Tape.Choices.Select(c => c.Choice)];
        using var telemetry = SeedRun.Telemetry();
        var told = Run(choices, telemetry, tell: true);
        var (invariant, detail) = told.Broken ?? failed.Broken!.Value;
        return new(small, choices, invariant, detail, told.Story!.Lines);
    }

    private World Run(int[] given, PaymentTelemetry telemetry, bool tell)
    {
        var world = new World(options, new SmallPlan(small, options.Policy ?? PaymentPolicy.Default, new(given)), telemetry, tell);
        world.Run();
        return world;
    }
}

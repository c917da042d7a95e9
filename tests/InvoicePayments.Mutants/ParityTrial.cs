using System.Diagnostics;

namespace InvoicePayments.Mutants;

/// <summary>
/// Looks for each row of the five systems for changes that its tests notice and few others do. Those that few rows reach are tried first, each with all
/// the tests that reach it.
/// </summary>
internal sealed class ParityTrial(
    MutatedAssembly assembly, IReadOnlyList<TestCase> tests, IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> known, Action<int, string> tell)
{
    private const int EnoughOfOneRow = 5;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1), PerRow = TimeSpan.FromSeconds(10), Patience = TimeSpan.FromSeconds(20);
    private readonly Dictionary<int, IReadOnlyDictionary<string, string>> _noticed = new(known);
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private volatile int _trying = -1;

    /// <summary>Ends the process with code 3 where a change never ends; the next goes on after it.</summary>
    internal void Run(IReadOnlySet<int> changes)
    {
        var sound = tests.Where(RunsHere).Where(t => Trial.Timed(t) < Slow).ToList();
        var reached = sound.ToDictionary(t => t, t => assembly.ReachedBy(t.Run));
        var reaching = sound.SelectMany(t => reached[t].Where(changes.Contains).Select(change => (Change: change, Test: t))).ToLookup(r => r.Change, r => r.Test);
        new Thread(Watch) { IsBackground = true }.Start();
        foreach (var row in sound.SelectMany(t => t.Rows).Distinct().Order(StringComparer.Ordinal))
        {
            var here = reaching.Where(r => r.Any(t => t.Rows.Contains(row))).OrderBy(r => r.SelectMany(t => t.Rows).Distinct().Count()).ThenBy(r => r.Count());
            var watch = Stopwatch.StartNew();
            foreach (var change in here)
            {
                if (watch.Elapsed > PerRow || _noticed.Values.Count(by => by.Count == 1 && by.ContainsKey(row)) >= EnoughOfOneRow) break;
                if (!_noticed.ContainsKey(change.Key)) Try(change.Key, row, [.. change]);
            }
        }
    }

    // What needs a database or a process of its own says nothing here.
    private static bool RunsHere(TestCase test)
    {
        if (Trial.Fails(test) is not { } why) return true;
        Console.Error.WriteLine($"{test.Name} is left out: {why.Message}");
        return false;
    }

    private void Try(int change, string row, IReadOnlyList<TestCase> reaching)
    {
        tell(change, "");
        _since.Restart();
        (assembly.Active, _trying) = (change, change);
        var failed = new Dictionary<string, string>();
        foreach (var test in reaching.OrderByDescending(t => t.Rows.Contains(row)))
        {
            if (test.Rows.All(failed.ContainsKey) || Trial.Fails(test) is null) continue;
            foreach (var carried in test.Rows) failed.TryAdd(carried, test.Name);
        }

        (assembly.Active, _trying) = (-1, -1);
        _noticed[change] = failed;
        tell(change, string.Join(' ', failed.Select(f => $"{f.Key}={f.Value}")));
    }

    private void Watch()
    {
        while (true)
        {
            Thread.Sleep(TimeSpan.FromSeconds(1));
            if (_trying >= 0 && _since.Elapsed > Patience) Environment.Exit(3);
        }
    }
}

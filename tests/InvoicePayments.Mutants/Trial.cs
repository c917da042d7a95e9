using System.Diagnostics;

namespace InvoicePayments.Mutants;

/// <summary>Tries changes one after the other, each with the tests that reach it, the quickest first, until one fails.</summary>
internal sealed class Trial(MutatedAssembly assembly, IReadOnlyList<TestCase> tests, Action<int, string, string> tell)
{
    // A change that makes a loop endless is noticed too, but only by the clock.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private volatile int _trying = -1;

    /// <summary>Tries them all; ends the process with code 3 where one never ends.</summary>
    internal void Run(IEnumerable<int> changes, Action<int> begin)
    {
        assembly.Active = -1;
        var sound = tests.Where(IsSound).ToList();
        var reached = sound.ToDictionary(t => t, t => (Changes: assembly.ReachedBy(t.Run), Took: Timed(t)));
        new Thread(Watch) { IsBackground = true }.Start();
        foreach (var change in changes)
        {
            var reaching = sound.Where(t => reached[t].Changes.Contains(change)).OrderBy(t => reached[t].Took).ToList();
            begin(change);
            _since.Restart();
            (assembly.Active, _trying) = (change, change);
            var failed = reaching.FirstOrDefault(t => Fails(t) is not null);
            (assembly.Active, _trying) = (-1, -1);
            tell(change, failed is not null ? "noticed" : reaching.Count > 0 ? "survived" : "not reached", failed?.Name ?? "");
        }
    }

    /// <summary>Tries one from the first moment of the process on, with every test: for what is computed only once.</summary>
    internal void RunFromTheStart(int change, Func<IReadOnlyList<TestCase>> all)
    {
        assembly.Active = change;
        try
        {
            tell(change, all().FirstOrDefault(t => Fails(t) is { } why && !IsSkip(why)) is { } failed ? "noticed" : "survived", "");
        }
        catch (Exception e) when (e is TypeInitializationException or System.Reflection.TargetInvocationException)
        {
            tell(change, "noticed", e.GetType().Name);
        }
    }

    private static bool IsSkip(Exception why) => why.Message.Contains("$XunitDynamicSkip$", StringComparison.Ordinal);

    // A test that fails without any change would notice every one of them.
    private static bool IsSound(TestCase test)
    {
        if (Fails(test) is not { } why) return true;
        if (IsSkip(why)) return false;
        Console.Error.WriteLine($"{test.Name} fails without any change: {why.Message}");
        Environment.Exit(4);
        return false;
    }

    internal static TimeSpan Timed(TestCase test)
    {
        var watch = Stopwatch.StartNew();
        test.Run();
        return watch.Elapsed;
    }

    internal static Exception? Fails(TestCase test)
    {
        try
        {
            test.Run();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private void Watch()
    {
        while (true)
        {
            Thread.Sleep(TimeSpan.FromSeconds(1));
            if (_trying is not (>= 0 and var never) || _since.Elapsed < Patience) continue;
            tell(never, "noticed", "never ends");
            Environment.Exit(3);
        }
    }
}

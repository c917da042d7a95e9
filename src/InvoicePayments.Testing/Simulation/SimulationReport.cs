using System.Globalization;

namespace InvoicePayments;

/// <summary>What came of a simulation.</summary>
/// <param name="Runs">How many seeds were run; after a failure, how many up to the one that failed.</param>
/// <param name="FirstSeed">The first of them; the others follow it.</param>
/// <param name="Steps">How many steps were taken in all before faults stopped.</param>
/// <param name="FewestSteps">How many steps the shortest run took; a run that broke something is not counted.</param>
/// <param name="Elapsed">How long it took, in real time.</param>
/// <param name="Faults">How often each kind of fault struck.</param>
/// <param name="Failure">What broke first; null when nothing did.</param>
public sealed record SimulationReport(
    int Runs, long FirstSeed, long Steps, int FewestSteps, TimeSpan Elapsed, IReadOnlyDictionary<SimulatedFault, long> Faults, SimulationFailure? Failure)
{
    /// <summary>How often each kind of thing was wanted.</summary>
    public required IReadOnlyDictionary<SimulatedWish, long> Wishes { get; init; }

    /// <summary>Throws when something broke.</summary>
    /// <exception cref="SimulationException">Its message is the story.</exception>
    public void EnsureNothingBroke()
    {
        if (Failure is not null) throw new SimulationException(Failure.ToString());
    }

    /// <summary>Runs, seeds, steps and faults on one line, and the failure below it.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Runs} runs from seed {FirstSeed}, {Steps} steps ({FewestSteps} at least), {Faults.Values.Sum()} faults in {Elapsed.TotalSeconds:0.0} s{(Failure is null ? ": nothing broke." : $".{Environment.NewLine}{Failure}")}");
}

/// <summary>A run that broke an invariant, shortened.</summary>
/// <param name="Seed">The seed that repeats it.</param>
/// <param name="Invariant">What was broken.</param>
/// <param name="Detail">How.</param>
/// <param name="Story">What happened, line by line: when, who, what.</param>
/// <param name="RunsToShorten">How many runs it took to shorten it.</param>
public sealed record SimulationFailure(long Seed, Invariant Invariant, string Detail, IReadOnlyList<string> Story, int RunsToShorten)
{
    /// <summary>The story with its moral.</summary>
    public override string ToString() => string.Join(Environment.NewLine, (string[])
        [$"Seed {Seed} breaks {Invariant.Name}: {Invariant.Sentence}", .. Story, $"→ {Detail}"]);
}

/// <summary>A simulation broke an invariant. The message is the story.</summary>
public sealed class SimulationException : Exception
{
    /// <summary>Something broke.</summary>
    public SimulationException()
        : this("The simulation broke an invariant.")
    {
    }

    /// <summary>Something broke.</summary>
    public SimulationException(string message)
        : base(message)
    {
    }

    /// <summary>Something broke.</summary>
    public SimulationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

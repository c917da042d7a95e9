using System.Globalization;

namespace InvoicePayments;

/// <summary>What came of an exploration.</summary>
/// <param name="World">The world that was explored.</param>
/// <param name="Schedules">How many schedules were run, each another one.</param>
/// <param name="Steps">How many steps were taken in all.</param>
/// <param name="Elapsed">How long it took, in real time.</param>
/// <param name="IsComplete">Whether there are no others.</param>
/// <param name="Faults">How often each kind of fault struck.</param>
/// <param name="Failure">What broke; null when nothing did.</param>
public sealed record ExplorationReport(
    SmallWorld World, long Schedules, long Steps, TimeSpan Elapsed, bool IsComplete, IReadOnlyDictionary<SimulatedFault, long> Faults, ExplorationFailure? Failure)
{
    /// <summary>Throws when something broke.</summary>
    /// <exception cref="SimulationException">Its message is the story.</exception>
    public void EnsureNothingBroke()
    {
        if (Failure is not null) throw new SimulationException(Failure.ToString());
    }

    /// <summary>World, schedules and steps on one line, and the failure below it.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{World.Name}: {(IsComplete ? "all " : "")}{Schedules} schedules, {Steps} steps in {Elapsed.TotalSeconds:0.0} s{(Failure is null ? ": nothing broke." : $".{Environment.NewLine}{Failure}")}");
}

/// <summary>A schedule that broke an invariant.</summary>
/// <param name="World">The world.</param>
/// <param name="Choices">The choices that lead there.</param>
/// <param name="Invariant">What was broken.</param>
/// <param name="Detail">How.</param>
/// <param name="Story">What happened, line by line: when, who, what.</param>
public sealed record ExplorationFailure(SmallWorld World, IReadOnlyList<int> Choices, Invariant Invariant, string Detail, IReadOnlyList<string> Story)
{
    /// <summary>The story with its moral.</summary>
    public override string ToString() => string.Join(Environment.NewLine, (string[])
        [$"A schedule of \"{World.Name}\" breaks {Invariant.Name}: {Invariant.Sentence}", .. Story, $"→ {Detail}"]);
}

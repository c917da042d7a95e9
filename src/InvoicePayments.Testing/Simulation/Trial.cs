namespace InvoicePayments;

/// <summary>What a run was: what it broke, what it deviated by and where not, and how many lines its story has.</summary>
internal sealed record Trial(Invariant? Broken, IReadOnlyList<Deviation> Deviations, IReadOnlyList<ChoicePlace> Harmless, int Lines)
{
    private (int Lines, int Count, long Choices, long Before) Weight =>
        (Lines, Deviations.Count, Deviations.Sum(d => (long)d.Choice), Deviations.Sum(d => (long)d.Place.Before));

    /// <summary>What this run was, of which a story is told.</summary>
    internal static Trial Of(World run) => new(run.Broken?.Invariant, run.Tape.Deviations, run.Tape.Harmless, run.Story!.Lines.Count);

    /// <summary>A shorter story; or one as short that takes fewer, smaller, or earlier choices.</summary>
    internal bool IsLighterThan(Trial other) => Weight.CompareTo(other.Weight) < 0;
}

namespace InvoicePayments;

/// <summary>A choice of a run that was not the harmless one. A run is what it deviates by: without any, nothing is wanted and nothing goes wrong.</summary>
internal readonly record struct Deviation(ChoicePlace Place, int Choice);

/// <summary>
/// Which choice it is, told so that it stays the same choice when others are taken away: of which command it is a consequence (zero for the
/// world's own), what it is about, and how many of the same came before.
/// </summary>
internal readonly record struct ChoicePlace(int Strand, string About, int Detail, int Before)
{
    /// <summary>Whether the other is about the same thing in the same command.</summary>
    internal bool IsAkinTo(ChoicePlace other) => (Strand, About, Detail) == (other.Strand, other.About, other.Detail);
}

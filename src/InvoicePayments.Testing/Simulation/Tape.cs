namespace InvoicePayments;

/// <summary>
/// The choices of one run, in order. A seed draws them, a list gives them back; what a list does not say is zero, and zero is always the
/// harmless choice. So a run is repeated exactly, shortened by taking choices away, and explored by counting them up.
/// </summary>
internal sealed class Tape
{
    private readonly IReadOnlyList<int>? _given;
    private ulong _state;

    internal Tape(long seed) => _state = unchecked((ulong)seed);

    internal Tape(IReadOnlyList<int> given) => _given = given;

    /// <summary>What was chosen, and out of how many.</summary>
    internal List<(int Choice, int Of)> Choices { get; } = [];

    /// <summary>Chooses 0 to <paramref name="of"/> - 1.</summary>
    internal int Next(int of) => of <= 1 ? 0 : Choose(of, _given is null ? Draw(of) : 0);

    /// <summary>Yes in so many of a thousand cases; no is the harmless answer.</summary>
    internal bool Chance(int perMille) => Choose(2, _given is null && Draw(1000) < perMille ? 1 : 0) == 1;

    /// <summary>Yes or no as the run itself suggests, where a seed draws; a list may say otherwise, and says no when it says nothing.</summary>
    internal bool Say(bool suggested) => Choose(2, suggested ? 1 : 0) == 1;

    private int Choose(int of, int drawn)
    {
        var at = Choices.Count;
        var choice = _given is null ? drawn : at < _given.Count ? Math.Min(_given[at], of - 1) : 0;
        Choices.Add((choice, of));
        return choice;
    }

    // SplitMix64: a whole run from one number, the same on every machine and for ever.
    private int Draw(int of)
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)of);
    }
}

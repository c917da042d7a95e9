using System.Runtime.CompilerServices;

namespace InvoicePayments;

/// <summary>
/// The choices of one run, in order. A seed draws them, a list gives them back; what a list does not say is zero, and zero is always the
/// harmless choice. So a run is repeated exactly, explored by counting its choices up, and shortened by taking its deviations away.
/// </summary>
internal sealed class Tape
{
    private readonly IReadOnlyList<int>? _given;
    private readonly Dictionary<ChoicePlace, int>? _deviating;
    private readonly Dictionary<(int Strand, string About, int Detail), int> _counts = [];
    private int _strands;
    private ulong _state;

    internal Tape(long seed) => _state = unchecked((ulong)seed);

    internal Tape(IReadOnlyList<int> given) => _given = given;

    internal Tape(IEnumerable<Deviation> deviating) => _deviating = deviating.ToDictionary(d => d.Place, d => d.Choice);

    /// <summary>What was chosen, and out of how many.</summary>
    internal List<(int Choice, int Of)> Choices { get; } = [];

    /// <summary>Where the harmless one was chosen.</summary>
    internal List<ChoicePlace> Harmless { get; } = [];

    /// <summary>Which of them were not the harmless ones.</summary>
    internal List<Deviation> Deviations { get; } = [];

    /// <summary>Of which command everything now is a consequence; zero when of none.</summary>
    internal int Strand { get; set; }

    private bool IsDrawn => _given is null && _deviating is null;

    /// <summary>Chooses 0 to <paramref name="of"/> - 1.</summary>
    internal int Next(int of, [CallerMemberName] string about = "", [CallerLineNumber] int detail = 0) =>
        of <= 1 ? 0 : Choose(of, IsDrawn ? Draw(of) : 0, about, detail);

    /// <summary>Yes in so many of a thousand cases; no is the harmless answer.</summary>
    internal bool Chance(int perMille, SimulatedFault fault) => Chance(perMille, nameof(SimulatedFault), (int)fault);

    /// <summary>Yes in so many of a thousand cases; no is the harmless answer.</summary>
    internal bool Chance(int perMille, [CallerMemberName] string about = "", [CallerLineNumber] int detail = 0) =>
        Choose(2, IsDrawn && Draw(1000) < perMille ? 1 : 0, about, detail) == 1;

    /// <summary>Yes or no as the run itself suggests, where a seed draws; a list may say otherwise, and says no when it says nothing.</summary>
    internal bool Say(bool suggested) => Choose(2, suggested ? 1 : 0, nameof(Say), 0) == 1;

    /// <summary>
    /// Begins the strand of one more command, and says whether the command is given at all: always, but where a run is being shortened only
    /// when that is among its deviations.
    /// </summary>
    internal bool BeginsStrand()
    {
        Strand = ++_strands;
        var place = PlaceOf(nameof(BeginsStrand), 0);
        if (_deviating is not null && !_deviating.ContainsKey(place)) return false;
        Deviations.Add(new(place, 1));
        return true;
    }

    private int Choose(int of, int drawn, string about, int detail)
    {
        if (_given is not null) return Record(Choices.Count < _given.Count ? Math.Min(_given[Choices.Count], of - 1) : 0, of);
        var place = PlaceOf(about, detail);
        var choice = _deviating is null ? drawn : Math.Min(_deviating.GetValueOrDefault(place), of - 1);
        if (choice == 0) Harmless.Add(place);
        else Deviations.Add(new(place, choice));
        return Record(choice, of);
    }

    private int Record(int choice, int of)
    {
        Choices.Add((choice, of));
        return choice;
    }

    private ChoicePlace PlaceOf(string about, int detail)
    {
        var kind = (Strand, about, detail);
        var before = _counts.GetValueOrDefault(kind);
        _counts[kind] = before + 1;
        return new(Strand, about, detail, before);
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

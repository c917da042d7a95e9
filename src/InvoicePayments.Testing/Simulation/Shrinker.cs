namespace InvoicePayments;

/// <summary>
/// Takes deviations away, and makes the others smaller, as long as the same invariant still breaks and the story gets no longer. What saves
/// most comes first: whole commands, then everything of a kind, then halves and ever smaller parts, then one at a time, at last pairs. Where
/// nothing more can be taken away, it may still be shorter to tell when things happen one after the other.
/// </summary>
internal sealed class Shrinker
{
    private const int MaxRuns = 4_000;
    private const int MaxForPairs = 40;

    private readonly Invariant _broken;
    private readonly Func<IReadOnlyList<Deviation>, Trial> _run;
    private readonly HashSet<string> _tried = [];
    private Trial _best;
    private int _runs;

    private Shrinker(Trial first, Func<IReadOnlyList<Deviation>, Trial> run) => (_best, _broken, _run) = (first, first.Broken!, run);

    private IReadOnlyList<Deviation> Best => _best.Deviations;

    /// <summary>The lightest run that was found, and how many runs that took.</summary>
    internal static (Trial Lightest, int Runs) Shorten(Trial first, Func<IReadOnlyList<Deviation>, Trial> run)
    {
        var shrinker = new Shrinker(first, run);
        Trial before;
        do
        {
            before = shrinker._best;
            shrinker.DropCommands();
            shrinker.DropKinds();
            shrinker.DropParts();
            shrinker.Lower();
            shrinker.MoveEarlier();
            if (shrinker._best == before) shrinker.DropPairs();
            if (shrinker._best == before) shrinker.TakeTurns();
        }
        while (shrinker._best != before && shrinker._runs < MaxRuns);
        return (shrinker._best, shrinker._runs);
    }

    private void DropCommands()
    {
        foreach (var strand in Best.Select(d => d.Place.Strand).Distinct().OrderDescending().ToList())
            if (!Try(Best.Where(d => d.Place.Strand != strand || strand == 0))) Try(Best.Where(d => d.Place.Strand != strand || !IsCommand(d)));

        static bool IsCommand(Deviation d) => d.Place.About == nameof(Tape.BeginsStrand);
    }

    private void DropKinds()
    {
        foreach (var (about, detail) in Best.Select(d => (d.Place.About, d.Place.Detail)).Distinct().Reverse().ToList())
            Try(Best.Where(d => (d.Place.About, d.Place.Detail) != (about, detail)));
    }

    private void DropParts()
    {
        for (var size = Best.Count / 2; size > 1; size /= 2)
            for (var at = Best.Count - size; at > -size; at = Math.Min(at, Best.Count) - size)
                Try([.. Best.Take(Math.Max(0, at)), .. Best.Skip(at + size)]);
        for (var at = Best.Count - 1; at >= 0; at = Math.Min(at, Best.Count) - 1)
            if (!Try([.. Best.Take(at), .. Best.Skip(at + 1)])) Try(ClosedUp(at));
    }

    private void Lower()
    {
        for (var at = 0; at < Best.Count; at++)
        {
            var choice = Best[at].Choice;
            if (choice > 1 && !Try(With(at, 1)) && !Try(With(at, choice / 2))) Try(With(at, choice - 1));
        }
    }

    private void MoveEarlier()
    {
        for (var at = 0; at < Best.Count; at++)
            if (Best[at].Place.Before > 0 && !IsTaken(at)) Try(Pulled(at));

        bool IsTaken(int at) => Best.Any(d => d.Place == Best[at].Place with { Before = Best[at].Place.Before - 1 });
    }

    private void DropPairs()
    {
        if (Best.Count > MaxForPairs) return;
        for (var one = Best.Count - 1; one > 0; one = Math.Min(one, Best.Count) - 1)
            for (var other = one - 1; other >= 0; other = Math.Min(other, Math.Min(one, Best.Count)) - 1)
                Try(Best.Where((_, n) => n != one && n != other));
    }

    // One thing after the other is told in fewer lines than both at once.
    private void TakeTurns()
    {
        foreach (var place in _best.Harmless.Where(p => p.Strand > 0 && p.About != nameof(SimulatedFault)).ToList())
            if (Try([.. Best, new(place, 1)])) return;
    }

    private bool Try(IEnumerable<Deviation> fewer)
    {
        IReadOnlyList<Deviation> candidate = [.. fewer];
        if (_runs >= MaxRuns || candidate.SequenceEqual(Best) || !_tried.Add(string.Join(' ', candidate))) return false;
        _runs++;
        var trial = _run(candidate);
        if (trial.Broken != _broken || !trial.IsLighterThan(_best)) return false;
        _best = trial;
        return true;
    }

    private IEnumerable<Deviation> With(int at, int choice) => Best.Select((d, n) => n == at ? d with { Choice = choice } : d);

    // Without this one, and those like it that follow take its place.
    private IEnumerable<Deviation> ClosedUp(int at) => [.. Best.Take(at), .. Best.Skip(at + 1).Select(d => Earlier(d, than: Best[at]))];

    private IEnumerable<Deviation> Pulled(int at) => [.. Best.Take(at), .. Best.Skip(at).Select(d => Earlier(d, than: Best[at]))];

    private static Deviation Earlier(Deviation d, Deviation than) =>
        d.Place.IsAkinTo(than.Place) && d.Place.Before > 0 ? d with { Place = d.Place with { Before = d.Place.Before - 1 } } : d;
}

namespace InvoicePayments;

/// <summary>Takes choices away, and makes the others smaller, as long as the same invariant still breaks.</summary>
internal static class Shrinker
{
    private const int MaxRuns = 4_000;

    internal static (IReadOnlyList<int> Choices, int Runs) Shorten(
        IReadOnlyList<int> choices, Invariant broken, Func<IReadOnlyList<int>, (Invariant? Broken, IReadOnlyList<int> Used)> run)
    {
        var (best, runs, before) = (choices, 0, int.MaxValue);
        while (Weight(best) < before && runs < MaxRuns)
        {
            before = Weight(best);
            foreach (var size in Sizes(best.Count))
                for (var at = best.Count - size; at >= 0; at--) Try([.. best.Take(at), .. best.Skip(at + size)]);
            for (var at = 0; at < best.Count; at++)
            {
                if (best[at] == 0) continue;
                if (!Try(With(at, 0)) && !Try(With(at, best[at] / 2))) Try(With(at, best[at] - 1));
            }
        }

        return (best, runs);

        bool Try(IReadOnlyList<int> shorter)
        {
            if (runs >= MaxRuns) return false;
            runs++;
            var (invariant, used) = run(shorter);

            // What the run did not ask for is dropped with it.
            IReadOnlyList<int> trimmed = [.. used.Reverse().SkipWhile(c => c == 0).Reverse()];
            if (invariant != broken || !IsLighter(trimmed, best)) return false;
            best = trimmed;
            return true;
        }

        IReadOnlyList<int> With(int at, int value) => [.. best.Take(at), value, .. best.Skip(at + 1)];
    }

    private static IEnumerable<int> Sizes(int count)
    {
        for (var size = count / 2; size > 0; size /= 2) yield return size;
    }

    private static bool IsLighter(IReadOnlyList<int> one, IReadOnlyList<int> other) =>
        one.Count < other.Count || (one.Count == other.Count && one.Sum(c => (long)c) < other.Sum(c => (long)c));

    private static int Weight(IReadOnlyList<int> choices) => (choices.Count * 1_000) + (int)Math.Min(999, choices.Sum(c => (long)c));
}

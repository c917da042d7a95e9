namespace InvoicePayments;

/// <summary>How a call stands, by the rows that are there.</summary>
internal sealed class Standing(PendingCommit call)
{
    private bool _isHidden;

    /// <summary>How many of its change sets are stored. One row of a set proves that all of them up to it are: they were stored in one go.</summary>
    internal int Stored { get; private set; }

    /// <summary>The first change set that does not fit any more, because somebody else was first; their number when all fit.</summary>
    internal int Fits { get; private set; } = call.Sets.Count;

    /// <summary>Whether its rows have moved on, so that it cannot be seen whether it was stored before that.</summary>
    internal bool IsHidden => Stored == 0 && _isHidden;

    internal void See(int place, ProbeKind kind, long version, (long Version, Guid Commit) found)
    {
        if (found.Version == 0 && version <= 1) return;
        if (call.Id.PlaceOf(found.Commit, call.Sets.Count) is >= 0 and var ours)
        {
            Stored = Math.Max(Stored, ours + 1);
            return;
        }

        var isFact = kind is ProbeKind.Fact or ProbeKind.CreditFact;
        if (!isFact && found.Version == version - 1) return;

        // A fact that is there and not ours proves that none of ours is. Without facts a row that has moved on proves nothing, once it was sent in vain.
        if (!isFact && found.Version > version && call.MayBeStored && !HasFacts()) _isHidden = true;
        Fits = Math.Min(Fits, place);
    }

    private bool HasFacts()
    {
        foreach (var set in call.Sets)
            if (set.Facts.Count + set.CreditFacts.Count > 0) return true;
        return false;
    }
}

namespace InvoicePayments;

/// <summary>
/// Verifies a chain of facts one after the other, so that a long history need not be in memory. A fact is vouched for by the hash that the
/// next one holds, and the last one by whoever owns the chain. A fact that is not vouched for itself accuses nobody.
/// </summary>
/// <param name="owner">Whose facts, in words.</param>
/// <param name="count">How many there are.</param>
/// <param name="last">The hash of the last one.</param>
internal sealed class ChainVerifier(string owner, long count, Fingerprint? last)
{
    private FactVerification.Tampered? _found;
    private Fingerprint? _hash;
    private long _last;
    private long? _accused;

    /// <summary>Looks at the next fact. Facts that are newer than the chain as it was given are passed over.</summary>
    internal void Take(long sequence, bool isOwn, Fingerprint? previous, Func<Fingerprint> hash)
    {
        if (_found is not null || sequence > count) return;
        if (sequence != _last + 1 || !isOwn)
        {
            _found = new(_last + 1, $"Fact {_last + 1} of {owner} is not there.");
            return;
        }

        Follow(previous);
        _hash = hash();
        _last = sequence;
    }

    /// <summary>The verdict, after the last fact.</summary>
    internal FactVerification End()
    {
        if (_found is not null) return _found;
        if (_last < count) return new FactVerification.Tampered(_last + 1, $"Fact {_last + 1} of {owner} is not there.");

        // The owner is the last witness; there is nobody after it.
        if (_hash != last) return Changed(Math.Max(1, _last));
        return _accused is { } accused ? Changed(accused) : new FactVerification.Intact(_last);
    }

    private void Follow(Fingerprint? previous)
    {
        if (previous != _hash) _accused = Math.Max(1, _last);
        else if (_accused is { } accused) _found = Changed(accused);
    }

    private FactVerification.Tampered Changed(long sequence) => new(sequence, $"Fact {sequence} of {owner} is not the one that was written.");
}

namespace InvoicePayments;

/// <summary>
/// Verifies the facts of one invoice one after the other, so that a long history need not be in memory. A fact is vouched for by the hash
/// that the next one holds, and the last one by the invoice. A fact that is not vouched for itself accuses nobody.
/// </summary>
public sealed class FactVerifier
{
    private readonly Invoice _invoice;
    private FactVerification.Tampered? _found;
    private Fingerprint? _hash;
    private long _last;
    private long? _accused;

    /// <summary>A verifier for the facts of <paramref name="invoice"/>.</summary>
    public FactVerifier(Invoice invoice) => _invoice = invoice ?? throw new ArgumentNullException(nameof(invoice));

    /// <summary>Looks at the next fact. Facts that are newer than the invoice as it was given are passed over.</summary>
    public void Take(InvoiceEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (_found is not null || fact.Sequence > _invoice.FactCount) return;
        if (fact.Sequence != _last + 1 || fact.Invoice != _invoice.Id || fact.Tenant != _invoice.Tenant)
        {
            _found = new(_last + 1, $"Fact {_last + 1} of invoice {_invoice.Id} is not there.");
            return;
        }

        Follow(fact.Previous);
        _hash = FactChain.HashOf(fact);
        _last = fact.Sequence;
    }

    /// <summary>The verdict, after the last fact.</summary>
    public FactVerification End()
    {
        if (_found is not null) return _found;
        if (_last < _invoice.FactCount) return new FactVerification.Tampered(_last + 1, $"Fact {_last + 1} of invoice {_invoice.Id} is not there.");

        // The invoice is the last witness; there is nobody after it.
        if (_hash != _invoice.FactHash) return Changed(Math.Max(1, _last));
        return _accused is { } accused ? Changed(accused) : new FactVerification.Intact(_last);
    }

    private void Follow(Fingerprint? previous)
    {
        if (previous != _hash) _accused = Math.Max(1, _last);
        else if (_accused is { } accused) _found = Changed(accused);
    }

    private FactVerification.Tampered Changed(long sequence) => new(sequence, $"Fact {sequence} of invoice {_invoice.Id} is not the one that was written.");
}

namespace InvoicePayments;

/// <content>What is kept because nobody knew what it is about.</content>
public sealed partial class InMemoryPaymentStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ParkedOutcome>> ListDueParkedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        Require(limit, cancellationToken);
        lock (_lock) return new([.. _parkedInOrder.Where(p => _parkedUntil[p] <= now).OrderBy(p => _parkedUntil[p]).Take(limit)]);
    }

    /// <inheritdoc/>
    public ValueTask PutOffParkedAsync(ParkedOutcome parked, DateTimeOffset until, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (Kept(parked) is { } kept) _parkedUntil[kept] = until;
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask RemoveParkedAsync(ParkedOutcome parked, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (Kept(parked) is not { } kept) return default;
            _parked[(kept.Tenant, kept.Operation)] = [.. _parked[(kept.Tenant, kept.Operation)].Where(p => p != kept)];
            _parkedInOrder.Remove(kept);
            _parkedUntil.Remove(kept);
        }

        return default;
    }

    private ParkedOutcome? Kept(ParkedOutcome parked)
    {
        ArgumentNullException.ThrowIfNull(parked);
        return _parked.GetValueOrDefault((parked.Tenant, parked.Operation))?.Find(p => p.Evidence == parked.Evidence);
    }
}

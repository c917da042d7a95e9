namespace InvoicePayments;

/// <content>What is kept because nobody knew what it is about.</content>
public sealed partial class SqlitePaymentStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ParkedOutcome>> ListParkedAsync(TenantId tenant, int limit, CancellationToken cancellationToken)
    {
        StoreQueries.CheckedLimit(limit);
        return _connections.ReadAsync(session => StoreQueries.Parked(session, tenant, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ParkedOutcome>> ListDueParkedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        StoreQueries.CheckedLimit(limit);
        return _connections.ReadAsync(session => StoreQueries.DueParked(session, now, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask PutOffParkedAsync(ParkedOutcome parked, DateTimeOffset until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parked);
        _connections.ThrowIfDisposed();
        await _lane.WriteAsync(new PreparedParked(parked, until), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask RemoveParkedAsync(ParkedOutcome parked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parked);
        _connections.ThrowIfDisposed();
        await _lane.WriteAsync(new PreparedParked(parked, null), cancellationToken).ConfigureAwait(false);
    }
}

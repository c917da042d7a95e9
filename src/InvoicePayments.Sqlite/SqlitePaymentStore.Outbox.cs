namespace InvoicePayments;

/// <content>The outbox.</content>
public sealed partial class SqlitePaymentStore
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<OutboxClaim>> ClaimAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        _connections.ThrowIfDisposed();
        var claim = new PreparedClaim(now, until, StoreQueries.CheckedLimit(limit));
        await _lane.WriteAsync(claim, cancellationToken).ConfigureAwait(false);
        return claim.Claims;
    }

    /// <inheritdoc/>
    public async ValueTask<CommitResult> SettleAsync(OutboxClaim claim, OutboxProgress progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(progress);
        _connections.ThrowIfDisposed();
        return await _lane.WriteAsync(new PreparedProgress(claim, progress), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DeadLetter>> ListDeadAsync(TenantId tenant, int limit, CancellationToken cancellationToken)
    {
        StoreQueries.CheckedLimit(limit);
        return _connections.ReadAsync(session => StoreQueries.Dead(session, tenant, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<CommitResult> ReleaseAsync(TenantId tenant, OutboxStream stream, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _connections.ThrowIfDisposed();
        return await _lane.WriteAsync(new PreparedRelease(tenant, stream, now), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<int> PurgeAsync(DateTimeOffset idleSince, int limit, CancellationToken cancellationToken)
    {
        _connections.ThrowIfDisposed();
        var purge = new PreparedPurge(idleSince, StoreQueries.CheckedLimit(limit));
        await _lane.WriteAsync(purge, cancellationToken).ConfigureAwait(false);
        return purge.Count;
    }
}

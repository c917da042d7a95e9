namespace InvoicePayments;

/// <content>The outbox.</content>
public sealed partial class PostgreSqlPaymentStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OutboxClaim>> ClaimAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
        _outbox.ClaimAsync(now, until, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CommitResult> SettleAsync(OutboxClaim claim, OutboxProgress progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(progress);
        return _outbox.SettleAsync(claim, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DeadLetter>> ListDeadAsync(TenantId tenant, int limit, CancellationToken cancellationToken) =>
        _outbox.DeadAsync(tenant, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CommitResult> ReleaseAsync(TenantId tenant, OutboxStream stream, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return _outbox.ReleaseAsync(tenant, stream, now, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<int> PurgeAsync(DateTimeOffset idleSince, int limit, CancellationToken cancellationToken) =>
        _outbox.PurgeAsync(idleSince, limit, cancellationToken);
}

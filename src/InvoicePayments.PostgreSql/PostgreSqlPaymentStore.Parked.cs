namespace InvoicePayments;

/// <content>What is kept because nobody knew what it is about.</content>
public sealed partial class PostgreSqlPaymentStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ParkedOutcome>> ListParkedAsync(TenantId tenant, int limit, CancellationToken cancellationToken) =>
        _lists.ParkedAsync(tenant, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ParkedOutcome>> ListDueParkedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        _lists.DueParkedAsync(now, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask PutOffParkedAsync(ParkedOutcome parked, DateTimeOffset until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parked);
        return _parked.PutOffAsync(parked, until, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask RemoveParkedAsync(ParkedOutcome parked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parked);
        return _parked.RemoveAsync(parked, cancellationToken);
    }
}

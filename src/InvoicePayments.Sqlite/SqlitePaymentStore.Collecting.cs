namespace InvoicePayments;

/// <content>What is to be collected.</content>
public sealed partial class SqlitePaymentStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DueInvoice>> ListDueInvoicesAsync(
        TenantId tenant, DateTimeOffset dueBy, DueInvoice? after, int limit, CancellationToken cancellationToken)
    {
        StoreQueries.CheckedLimit(limit);
        return _connections.ReadAsync(session => StoreQueries.DueInvoices(session, tenant, dueBy, after, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> CountDueInvoicesAsync(TenantId tenant, DateTimeOffset dueBy, CancellationToken cancellationToken) =>
        _connections.ReadAsync(session => StoreQueries.CountDueInvoices(session, tenant, dueBy), cancellationToken);
}

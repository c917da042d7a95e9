namespace InvoicePayments;

/// <content>What hosts, recovery and collection runs list.</content>
public sealed partial class PostgreSqlPaymentStore
{
    /// <inheritdoc/>
    public ValueTask<Page<PaymentOperation>> ListOperationsAsync(
        TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken) =>
        _lists.OperationsAsync(tenant, invoice, after, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Page<InvoiceEvent>> ListFactsAsync(TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken) =>
        _lists.FactsAsync(tenant, invoice, after, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Page<CreditEvent>> ListCreditFactsAsync(
        TenantId tenant, CreditAddress credit, long? after, int limit, CancellationToken cancellationToken) =>
        _lists.CreditFactsAsync(tenant, credit, after, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OperationAddress>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        _lists.DueAsync(now, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PaymentOperation>> ListMovementsAsync(
        TenantId tenant, GatewayName gateway, DateTimeOffset from, DateTimeOffset until, PaymentOperation? after, int limit, CancellationToken cancellationToken) =>
        _lists.MovementsAsync(tenant, gateway, from, until, after, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DueInvoice>> ListDueInvoicesAsync(
        TenantId tenant, DateTimeOffset dueBy, DueInvoice? after, int limit, CancellationToken cancellationToken) =>
        _lists.DueInvoicesAsync(tenant, dueBy, after, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> CountDueInvoicesAsync(TenantId tenant, DateTimeOffset dueBy, CancellationToken cancellationToken) =>
        _lists.CountDueInvoicesAsync(tenant, dueBy, cancellationToken);
}

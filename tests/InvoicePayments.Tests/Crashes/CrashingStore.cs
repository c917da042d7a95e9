namespace InvoicePayments.Tests;

/// <summary>A store whose host can die before and after every call that a payment or a recovery makes.</summary>
internal sealed class CrashingStore<TStore>(TStore inner, CrashPoints points) : IInvoicePaymentStore, IInvoicePaymentQueries, IDueOperations
    where TStore : IInvoicePaymentStore, IInvoicePaymentQueries, IDueOperations
{
    public ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken) =>
        new(points.CallAsync("load", () => inner.LoadAsync(request, cancellationToken).AsTask()));

    public ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken) =>
        new(points.CallAsync("commit", () => inner.CommitAsync(changes, cancellationToken).AsTask()));

    public ValueTask<IReadOnlyList<OperationAddress>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        new(points.CallAsync("list", () => inner.ListDueAsync(now, limit, cancellationToken).AsTask()));

    // Only looked at by tests, so nobody dies here.
    public ValueTask<Page<PaymentOperation>> ListOperationsAsync(
        TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken) =>
        inner.ListOperationsAsync(tenant, invoice, after, limit, cancellationToken);

    public ValueTask<Page<InvoiceEvent>> ListFactsAsync(
        TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken) =>
        inner.ListFactsAsync(tenant, invoice, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<ParkedOutcome>> ListParkedAsync(TenantId tenant, int limit, CancellationToken cancellationToken) =>
        inner.ListParkedAsync(tenant, limit, cancellationToken);
}

namespace InvoicePayments.Tests;

/// <summary>The store in memory behind a wrapper that may bend what is stored, lie about it, and leave out what is due.</summary>
internal sealed partial class BuggyStore : IInvoicePaymentStore, IInvoicePaymentQueries, IDueOperations, IPaymentMethodStore
{
    private readonly InMemoryPaymentStore _inner = new();

    /// <summary>What is stored instead of what was asked for; null stores nothing and says that it did.</summary>
    public Func<BuggyStore, ChangeSet, ChangeSet?> Bend { get; init; } = (_, changes) => changes;

    /// <summary>What is answered to a commit, whatever became of it.</summary>
    public Func<BuggyStore, CommitResult, CommitResult> Answer { get; init; } = (_, result) => result;

    /// <summary>What is answered instead of what is there.</summary>
    public Func<BuggyStore, LoadRequest, InvoiceState, InvoiceState> Lie { get; init; } = (_, _, state) => state;

    /// <summary>Which of the operations that are due are listed.</summary>
    public Func<PaymentOperation, bool> Lists { get; init; } = _ => true;

    /// <summary>How many commits there have been, this one included.</summary>
    public int Commits { get; private set; }

    /// <summary>All payments of all tenants.</summary>
    public IReadOnlyList<Payment> Payments => _inner.Payments;

    /// <summary>All operations of all tenants.</summary>
    public IReadOnlyList<PaymentOperation> Operations => _inner.Operations;

    /// <summary>All methods of all tenants.</summary>
    public IReadOnlyList<StoredPaymentMethod> PaymentMethods => _inner.PaymentMethods;

    public Invoice? Find(TenantId tenant, InvoiceId id) =>
        _inner.Invoices.FirstOrDefault(i => i.Tenant == tenant && i.Id == id);

    public PaymentOperation? Find(TenantId tenant, OperationId id) =>
        _inner.Operations.FirstOrDefault(o => o.Tenant == tenant && o.Id == id);

    public Payment? Find(TenantId tenant, PaymentId id) =>
        _inner.Payments.FirstOrDefault(p => p.Tenant == tenant && p.Id == id);

    public async ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken) =>
        Lie(this, request, await _inner.LoadAsync(request, cancellationToken));

    public async ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken)
    {
        Commits++;
        return Answer(this, Bend(this, changes) is { } bent ? await _inner.CommitAsync(bent, cancellationToken) : CommitResult.Committed);
    }

    public ValueTask<Page<PaymentOperation>> ListOperationsAsync(
        TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken) =>
        _inner.ListOperationsAsync(tenant, invoice, after, limit, cancellationToken);

    public ValueTask<Page<InvoiceEvent>> ListFactsAsync(
        TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken) =>
        _inner.ListFactsAsync(tenant, invoice, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<ParkedOutcome>> ListParkedAsync(TenantId tenant, int limit, CancellationToken cancellationToken) =>
        _inner.ListParkedAsync(tenant, limit, cancellationToken);

    public async ValueTask<IReadOnlyList<OperationAddress>> ListDueAsync(
        DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        [.. (await _inner.ListDueAsync(now, limit, cancellationToken)).Where(due => Lists(Find(due.Tenant, due.Operation)!))];

    public ValueTask<CommitResult> SaveAsync(StoredPaymentMethod method, CancellationToken cancellationToken) =>
        _inner.SaveAsync(method, cancellationToken);
}

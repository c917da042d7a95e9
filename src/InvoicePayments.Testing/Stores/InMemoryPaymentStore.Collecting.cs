namespace InvoicePayments;

/// <content>What is to be collected: one sorted set for each tenant.</content>
public sealed partial class InMemoryPaymentStore
{
    private static readonly Comparer<DueInvoice> InOrder = Comparer<DueInvoice>.Create((x, y) =>
        x.CollectAt != y.CollectAt ? x.CollectAt.CompareTo(y.CollectAt) : string.CompareOrdinal(x.Invoice.Value, y.Invoice.Value));

    private readonly Dictionary<TenantId, SortedSet<DueInvoice>> _dueInvoices = [];

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DueInvoice>> ListDueInvoicesAsync(
        TenantId tenant, DateTimeOffset dueBy, DueInvoice? after, int limit, CancellationToken cancellationToken)
    {
        Require(limit, cancellationToken);
        lock (_lock)
        {
            if (!_dueInvoices.TryGetValue(tenant, out var due) || due.Max is not { } last) return ValueTask.FromResult<IReadOnlyList<DueInvoice>>([]);
            if (after is not null && InOrder.Compare(after, last) >= 0) return ValueTask.FromResult<IReadOnlyList<DueInvoice>>([]);
            IEnumerable<DueInvoice> rest = after is null ? due : due.GetViewBetween(after, last).Where(d => InOrder.Compare(d, after) > 0);
            return ValueTask.FromResult<IReadOnlyList<DueInvoice>>([.. rest.TakeWhile(d => d.CollectAt <= dueBy).Take(limit)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<long> CountDueInvoicesAsync(TenantId tenant, DateTimeOffset dueBy, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock) return ValueTask.FromResult(_dueInvoices.TryGetValue(tenant, out var due) ? due.TakeWhile(d => d.CollectAt <= dueBy).LongCount() : 0);
    }

    private void ListDue(Invoice? before, Invoice after)
    {
        if (!_dueInvoices.TryGetValue(after.Tenant, out var due)) _dueInvoices[after.Tenant] = due = new(InOrder);
        if (before is { CollectAt: { } was }) due.Remove(new(before.Id, was, 0));
        if (after.CollectAt is { } at) due.Add(new(after.Id, at, after.Dunning.Attempt));
    }
}

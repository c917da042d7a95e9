using InvoicePayments;

namespace ProveYourOwn;

/// <content>What is to be collected.</content>
internal sealed partial class ShopStore
{
    public ValueTask<IReadOnlyList<DueInvoice>> ListDueInvoicesAsync(
        TenantId tenant, DateTimeOffset dueBy, DueInvoice? after, int limit, CancellationToken cancellationToken)
    {
        lock (_lock) return new([.. Due(tenant, dueBy).Where(d => after is null || Compare(d, after) > 0).Take(limit)]);
    }

    public ValueTask<long> CountDueInvoicesAsync(TenantId tenant, DateTimeOffset dueBy, CancellationToken cancellationToken)
    {
        lock (_lock) return new(Due(tenant, dueBy).LongCount());
    }

    private IEnumerable<DueInvoice> Due(TenantId tenant, DateTimeOffset dueBy) => _invoices.Values
        .Where(i => i.Tenant == tenant && i.CollectAt <= dueBy)
        .Select(i => new DueInvoice(i.Id, i.CollectAt!.Value, i.Dunning.Attempt))
        .OrderBy(d => d.CollectAt).ThenBy(d => d.Invoice.Value, StringComparer.Ordinal);

    private static int Compare(DueInvoice left, DueInvoice right) => left.CollectAt != right.CollectAt
        ? left.CollectAt.CompareTo(right.CollectAt)
        : string.CompareOrdinal(left.Invoice.Value, right.Invoice.Value);
}

namespace InvoicePayments;

/// <content>The invoices that are due, where the store lists them.</content>
internal sealed partial class HostStore : IDueInvoices
{
    private IDueInvoices DueInvoices => world.DueInvoices ?? throw new InvalidOperationException("The simulated store does not list what is due.");

    public ValueTask<IReadOnlyList<DueInvoice>> ListDueInvoicesAsync(
        TenantId tenant, DateTimeOffset dueBy, DueInvoice? after, int limit, CancellationToken cancellationToken) =>
        CallAsync("list due invoices", () => DueInvoices.ListDueInvoicesAsync(tenant, dueBy, after, limit, CancellationToken.None));

    public ValueTask<long> CountDueInvoicesAsync(TenantId tenant, DateTimeOffset dueBy, CancellationToken cancellationToken) =>
        CallAsync("count due invoices", () => DueInvoices.CountDueInvoicesAsync(tenant, dueBy, CancellationToken.None));
}

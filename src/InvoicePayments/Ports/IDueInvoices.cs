namespace InvoicePayments;

/// <summary>Which invoices a collection run charges. A store keeps <see cref="Invoice.CollectAt"/> beside each invoice, in an index that holds those alone that have one.</summary>
public interface IDueInvoices
{
    /// <summary>
    /// Invoices of a tenant whose <see cref="Invoice.CollectAt"/> is at or before <paramref name="dueBy"/>, in the order of that time and then
    /// of their ids, compared ordinally. Each page begins after the last invoice of the one before, whatever has been collected meanwhile.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="dueBy">By when they are due, UTC.</param>
    /// <param name="after">The last invoice of the page before; null for the first page.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    ValueTask<IReadOnlyList<DueInvoice>> ListDueInvoicesAsync(
        TenantId tenant, DateTimeOffset dueBy, DueInvoice? after, int limit, CancellationToken cancellationToken);

    /// <summary>How many invoices <see cref="ListDueInvoicesAsync"/> would list in all pages together.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="dueBy">By when they are due, UTC.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    ValueTask<long> CountDueInvoicesAsync(TenantId tenant, DateTimeOffset dueBy, CancellationToken cancellationToken);
}

/// <summary>An invoice that is to be collected.</summary>
/// <param name="Invoice">The invoice.</param>
/// <param name="CollectAt">Its <see cref="Invoice.CollectAt"/>, UTC.</param>
/// <param name="Attempt">Its <see cref="InvoiceDunning.Attempt"/>.</param>
public sealed record DueInvoice(InvoiceId Invoice, DateTimeOffset CollectAt, int Attempt);

namespace InvoicePayments;

/// <summary>What hosts page through. Answers are as of the moment of the call; nothing is ever listed for another tenant.</summary>
public interface IInvoicePaymentQueries
{
    /// <summary>All operations of an invoice — payments, refunds, offline records — oldest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="invoice">The invoice.</param>
    /// <param name="after">The <see cref="Page{T}.Next"/> of the page before; null for the first page.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    ValueTask<Page<PaymentOperation>> ListOperationsAsync(
        TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken);

    /// <summary>The facts of an invoice, oldest first; <paramref name="after"/> is the sequence number of the last one seen.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="invoice">The invoice.</param>
    /// <param name="after">The <see cref="Page{T}.Next"/> of the page before; null for the first page.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    ValueTask<Page<InvoiceEvent>> ListFactsAsync(
        TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken);

    /// <summary>Outcomes that are kept because nobody knows their operation, oldest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    ValueTask<IReadOnlyList<ParkedOutcome>> ListParkedAsync(TenantId tenant, int limit, CancellationToken cancellationToken);
}

/// <summary>Some of a longer list.</summary>
/// <param name="Items">The items, in the list's order.</param>
/// <param name="Next">What to pass as <c>after</c> for the next page; null when this is the last.</param>
/// <typeparam name="T">What is listed.</typeparam>
public sealed record Page<T>(IReadOnlyList<T> Items, long? Next);

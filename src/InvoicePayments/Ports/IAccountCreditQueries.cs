namespace InvoicePayments;

/// <summary>The facts of an account's credit, for hosts that page through them. The credit itself is loaded with what it pays.</summary>
public interface IAccountCreditQueries
{
    /// <summary>The facts of an account's credit, oldest first; <paramref name="after"/> is the sequence number of the last one seen.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="credit">Whose credit, in which currency.</param>
    /// <param name="after">The <see cref="Page{T}.Next"/> of the page before; null for the first page.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    ValueTask<Page<CreditEvent>> ListCreditFactsAsync(
        TenantId tenant, CreditAddress credit, long? after, int limit, CancellationToken cancellationToken);
}

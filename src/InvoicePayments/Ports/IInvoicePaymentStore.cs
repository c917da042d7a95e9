namespace InvoicePayments;

/// <summary>
/// Keeps invoices and their payments. Two calls: what do we know, and make it so. Implementations are used by many callers at once
/// and throw <see cref="PaymentStoreException"/>, and nothing of their database's, when they cannot do it.
/// </summary>
public interface IInvoicePaymentStore
{
    /// <summary>What is known of what <paramref name="request"/> names, as of one moment. One round trip; no history is read.</summary>
    /// <exception cref="PaymentStoreException">The store could not be read.</exception>
    ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the whole change set durably, or nothing. Conflict when any row is not at the version before its new one, which is also
    /// how an operation id that is already claimed is refused. One round trip.
    /// </summary>
    /// <exception cref="PaymentStoreException">
    /// The store could not write. Unless the reason says otherwise it may still have done so: whoever needs to know loads again.
    /// </exception>
    ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken);
}

/// <summary>How a commit went.</summary>
public enum CommitResult
{
    /// <summary>All of it is stored.</summary>
    Committed,

    /// <summary>Nothing of it is stored: somebody else was first. Load and decide again.</summary>
    Conflict,
}

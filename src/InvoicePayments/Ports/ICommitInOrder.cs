namespace InvoicePayments;

/// <summary>
/// A store that takes several change sets at once, each built on the one before. Those who want something of the same invoice in one process
/// are then decided together and share one round trip and one flush; with a store that cannot, they take turns.
/// </summary>
public interface ICommitInOrder : IInvoicePaymentStore
{
    /// <summary>
    /// Stores change sets of one tenant in one transaction, the first ones of them up to one that is a conflict or that cannot be stored for
    /// its own sake: it and all after it are left out, because they build on it. Answers how many are stored.
    /// </summary>
    /// <param name="changes">The change sets, each as if those before it were stored.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    /// <exception cref="PaymentStoreException">
    /// The store could not write. Unless the reason says otherwise it may still have done so: whoever needs to know loads again.
    /// </exception>
    ValueTask<int> CommitInOrderAsync(IReadOnlyList<ChangeSet> changes, CancellationToken cancellationToken);
}

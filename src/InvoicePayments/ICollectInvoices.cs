namespace InvoicePayments;

/// <summary>Charges invoices that are due, and says whether to go on trying: what a nightly job and the people of accounts receivable want.</summary>
public interface ICollectInvoices
{
    /// <summary>
    /// Charges everything that is due, the longest due first, to the invoice's or the account's default method, and streams what became of
    /// each. Nothing happens before the answer is enumerated. Every charge is a payment like any other, set off by the merchant; one that is
    /// in vain is tried again by <see cref="PaymentPolicy.Dunning"/>, which a later run does.
    /// </summary>
    /// <param name="run">What to charge. The same id may be run twice, and from several hosts: nobody is charged twice.</param>
    /// <param name="progress">Is told how far it has come, after every invoice.</param>
    /// <param name="cancellationToken">Stops between two invoices. Charges that are under way are finished and told before it throws.</param>
    /// <exception cref="ArgumentOutOfRangeException">The parallelism or page size of the run is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; run it again with the same id.</exception>
    /// <exception cref="PaymentStoreException">The store failed; run it again with the same id.</exception>
    IAsyncEnumerable<CollectionItem> CollectAsync(
        CollectionRun run, IProgress<CollectionProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Lets no run charge an invoice any more (Chargebee: stop dunning).</summary>
    Task<InvoiceResult> StopDunningAsync(StopDunning command, CancellationToken cancellationToken = default);

    /// <summary>Lets runs charge an invoice again whose dunning was stopped or is exhausted.</summary>
    Task<InvoiceResult> ResumeDunningAsync(ResumeDunning command, CancellationToken cancellationToken = default);
}

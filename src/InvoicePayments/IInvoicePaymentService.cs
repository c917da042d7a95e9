namespace InvoicePayments;

/// <summary>
/// Pays invoices. Nobody is charged twice and no payment is lost: repeat a call with the same key as often as you like. Business answers are
/// values; exceptions are for bugs (<see cref="ArgumentException"/>, <see cref="InvalidOperationException"/>), for a disposed host
/// (<see cref="ObjectDisposedException"/>), and for a store that failed before anything was asked (<see cref="PaymentStoreException"/>).
/// </summary>
public interface IInvoicePaymentService
{
    /// <summary>Makes an invoice known and payable, or keeps it as a draft.</summary>
    Task<InvoiceResult> IssueAsync(IssueInvoice command, CancellationToken cancellationToken = default);

    /// <summary>Pays an invoice through a gateway.</summary>
    Task<PaymentResult> PayAsync(PayInvoice command, CancellationToken cancellationToken = default);

    /// <summary>Records money that moved elsewhere: cash, cheque, wire.</summary>
    Task<PaymentResult> RecordOfflinePaymentAsync(RecordOfflinePayment command, CancellationToken cancellationToken = default);

    /// <summary>Gives money of a payment back, in full or in part.</summary>
    Task<PaymentResult> RefundAsync(RefundPayment command, CancellationToken cancellationToken = default);

    /// <summary>Takes an invoice back. Refused while money is in or under way.</summary>
    Task<InvoiceResult> VoidAsync(VoidInvoice command, CancellationToken cancellationToken = default);

    /// <summary>Gives an invoice up. Refused while money is in or under way; money that comes later is recorded all the same.</summary>
    Task<InvoiceResult> MarkUncollectibleAsync(MarkUncollectible command, CancellationToken cancellationToken = default);

    /// <summary>Takes in what a gateway said by itself: a webhook, a return from 3-D Secure. Late, twice and in any order is all the same.</summary>
    Task<PaymentResult> RecordOutcomeAsync(RecordOutcome outcome, CancellationToken cancellationToken = default);

    /// <summary>Finds out what became of one operation.</summary>
    Task<PaymentResult> ResumeAsync(ResumeOperation command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Looks after operations that nobody finished, of all tenants: answers that were lost, hosts that died, deadlines that passed. Call
    /// it every few seconds from any number of hosts; each operation is taken by one of them.
    /// </summary>
    /// <param name="limit">How many operations to look at, 1 to 1,000. Default 100.</param>
    /// <param name="cancellationToken">Stops between two operations.</param>
    Task<RecoveryReport> RecoverAsync(int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>Keeps a payment method on file, over the one of the same account with the same id.</summary>
    Task<PaymentMethodResult> SavePaymentMethodAsync(StoredPaymentMethod method, CancellationToken cancellationToken = default);

    /// <summary>An invoice as it stands; null when it is not known.</summary>
    /// <param name="invoice">Its id.</param>
    /// <param name="tenant">The tenant; <see cref="TenantId.Default"/> when left out.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    Task<Invoice?> GetInvoiceAsync(InvoiceId invoice, TenantId? tenant = null, CancellationToken cancellationToken = default);

    /// <summary>A payment as it stands; null when it is not known.</summary>
    /// <param name="payment">Its id.</param>
    /// <param name="tenant">The tenant; <see cref="TenantId.Default"/> when left out.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    Task<Payment?> GetPaymentAsync(PaymentId payment, TenantId? tenant = null, CancellationToken cancellationToken = default);

    /// <summary>Everything that was asked about an invoice — payments, offline records, refunds — oldest first, in pages (Stax).</summary>
    /// <param name="invoice">Its id.</param>
    /// <param name="after">The <see cref="Page{T}.Next"/> of the page before; null for the first page.</param>
    /// <param name="limit">How many at most, 1 to 1,000. Default 100.</param>
    /// <param name="tenant">The tenant; <see cref="TenantId.Default"/> when left out.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    Task<Page<PaymentOperation>> ListOperationsAsync(
        InvoiceId invoice, long? after = null, int limit = 100, TenantId? tenant = null, CancellationToken cancellationToken = default);

    /// <summary>The facts of an invoice: what happened to it and when, oldest first, in pages. A customer may see every one.</summary>
    /// <param name="invoice">Its id.</param>
    /// <param name="after">The <see cref="Page{T}.Next"/> of the page before; null for the first page.</param>
    /// <param name="limit">How many at most, 1 to 1,000. Default 100.</param>
    /// <param name="tenant">The tenant; <see cref="TenantId.Default"/> when left out.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    Task<Page<InvoiceEvent>> ListFactsAsync(
        InvoiceId invoice, long? after = null, int limit = 100, TenantId? tenant = null, CancellationToken cancellationToken = default);
}

namespace InvoicePayments;

/// <summary>
/// Pays invoices. Nobody is charged twice and no payment is lost: repeat a call with the same key as often as you like. Business answers are
/// values; exceptions are for bugs and for a store that failed before anything was asked.
/// </summary>
public interface IInvoicePaymentService
{
    /// <summary>Makes an invoice known and payable.</summary>
    Task<InvoiceResult> IssueAsync(IssueInvoice command, CancellationToken cancellationToken = default);

    /// <summary>Pays an invoice through a gateway.</summary>
    Task<PaymentResult> PayAsync(PayInvoice command, CancellationToken cancellationToken = default);

    /// <summary>Records money that moved elsewhere.</summary>
    Task<PaymentResult> RecordOfflinePaymentAsync(RecordOfflinePayment command, CancellationToken cancellationToken = default);

    /// <summary>Gives money of a payment back.</summary>
    Task<PaymentResult> RefundAsync(RefundPayment command, CancellationToken cancellationToken = default);

    /// <summary>Takes in what a gateway said by itself: a webhook, a return from 3-D Secure.</summary>
    Task<PaymentResult> RecordOutcomeAsync(RecordOutcome outcome, CancellationToken cancellationToken = default);

    /// <summary>Finds out what became of an operation.</summary>
    Task<PaymentResult> ResumeAsync(ResumeOperation command, CancellationToken cancellationToken = default);
}

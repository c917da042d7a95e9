namespace InvoicePayments;

/// <summary>Pays invoices and gives money back: what a checkout, an application or a clerk wants.</summary>
public interface IPayInvoices
{
    /// <summary>Pays an invoice, an order, a payment request, a credit grant, or several invoices at once through a gateway, or blocks the money to be captured later.</summary>
    Task<PaymentResult> PayAsync(PayInvoice command, CancellationToken cancellationToken = default);

    /// <summary>Creates a payment, online or offline, in one call (Billingrails).</summary>
    Task<PaymentResult> CreatePaymentAsync(CreatePayment command, CancellationToken cancellationToken = default);

    /// <summary>Records money that moved elsewhere: cash, cheque, wire.</summary>
    Task<PaymentResult> RecordOfflinePaymentAsync(RecordOfflinePayment command, CancellationToken cancellationToken = default);

    /// <summary>Takes money that was blocked before, in full or in part.</summary>
    Task<PaymentResult> CaptureAsync(CapturePayment command, CancellationToken cancellationToken = default);

    /// <summary>Undoes a payment before it is settled, in whole: lets go what is blocked, or calls back what was taken.</summary>
    Task<PaymentResult> VoidPaymentAsync(VoidPayment command, CancellationToken cancellationToken = default);

    /// <summary>Gives money of a payment back, in full or in part.</summary>
    Task<PaymentResult> RefundAsync(RefundPayment command, CancellationToken cancellationToken = default);

    /// <summary>
    /// What a command would do were it carried out now — how much, how it is allocated, or why it would be refused — without doing it:
    /// nothing is stored and no gateway is asked.
    /// </summary>
    Task<PaymentPlan> QuoteAsync(IDecidable<PaymentResult> command, CancellationToken cancellationToken = default);

    /// <summary>Keeps a payment method on file, over the one of the same account with the same id.</summary>
    Task<PaymentMethodResult> SavePaymentMethodAsync(StoredPaymentMethod method, CancellationToken cancellationToken = default);

    /// <summary>A payment as it stands; null when it is not known.</summary>
    /// <param name="payment">Its id.</param>
    /// <param name="tenant">The tenant; <see cref="TenantId.Default"/> when left out.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    Task<Payment?> GetPaymentAsync(PaymentId payment, TenantId? tenant = null, CancellationToken cancellationToken = default);
}

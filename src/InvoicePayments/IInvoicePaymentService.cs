namespace InvoicePayments;

/// <summary>
/// Pays invoices. Nobody is charged twice and no payment is lost: repeat a call with the same key as often as you like. Business answers are
/// values; exceptions are for bugs (<see cref="ArgumentException"/>, <see cref="InvalidOperationException"/>), for a disposed host
/// (<see cref="ObjectDisposedException"/>), and for a store that failed before anything was asked (<see cref="PaymentStoreException"/>).
/// </summary>
/// <remarks>
/// Four groups, by what a host wants. Each can be asked for alone, so that a checkout is not handed what only an operator should do.
/// </remarks>
public interface IInvoicePaymentService : IPayInvoices, IManageInvoices, IOperatePayments, ICollectInvoices;

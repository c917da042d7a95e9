namespace InvoicePayments;

/// <summary>Makes invoices known, takes them back, and shows how they stand.</summary>
public interface IManageInvoices
{
    /// <summary>Makes an invoice, an order or a credit grant known and payable, or keeps it as a draft.</summary>
    Task<InvoiceResult> IssueAsync(IssueInvoice command, CancellationToken cancellationToken = default);

    /// <summary>Asks for an instalment of an invoice or order, which can be paid by its own id and settles both.</summary>
    Task<InvoiceResult> RequestPaymentAsync(RequestPayment command, CancellationToken cancellationToken = default);

    /// <summary>Takes an invoice back. Refused while money is in or under way.</summary>
    Task<InvoiceResult> VoidAsync(VoidInvoice command, CancellationToken cancellationToken = default);

    /// <summary>Gives an invoice up. Refused while money is in or under way; money that comes later is recorded all the same.</summary>
    Task<InvoiceResult> MarkUncollectibleAsync(MarkUncollectible command, CancellationToken cancellationToken = default);

    /// <summary>An invoice as it stands; null when it is not known.</summary>
    /// <param name="invoice">Its id.</param>
    /// <param name="tenant">The tenant; <see cref="TenantId.Default"/> when left out.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    Task<Invoice?> GetInvoiceAsync(InvoiceId invoice, TenantId? tenant = null, CancellationToken cancellationToken = default);

    /// <summary>Why an invoice stands as it stands: what reserves what, why it cannot be paid, what happens next and when, who has to act. Null when it is not known.</summary>
    /// <param name="invoice">Its id.</param>
    /// <param name="tenant">The tenant; <see cref="TenantId.Default"/> when left out.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    Task<InvoiceExplanation?> ExplainAsync(InvoiceId invoice, TenantId? tenant = null, CancellationToken cancellationToken = default);

    /// <summary>What an account has as credit in a currency; nothing when it never had any.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="currency">In which currency.</param>
    /// <param name="tenant">The tenant; <see cref="TenantId.Default"/> when left out.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    Task<AccountCredit> GetCreditAsync(AccountId account, Currency currency, TenantId? tenant = null, CancellationToken cancellationToken = default);

    /// <summary>The facts of an account's credit: what brought it and what it was spent on, oldest first, in pages.</summary>
    /// <param name="credit">Whose credit, in which currency.</param>
    /// <param name="after">The <see cref="Page{T}.Next"/> of the page before; null for the first page.</param>
    /// <param name="limit">How many at most, 1 to 1,000. Default 100.</param>
    /// <param name="tenant">The tenant; <see cref="TenantId.Default"/> when left out.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    Task<Page<CreditEvent>> ListCreditFactsAsync(
        CreditAddress credit, long? after = null, int limit = 100, TenantId? tenant = null, CancellationToken cancellationToken = default);

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

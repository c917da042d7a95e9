namespace InvoicePayments;

/// <summary>
/// What a decision needs to know. A store answers it in one round trip, and reads no history: the rows it reads do not grow with the
/// payments an invoice already has.
/// </summary>
public sealed record LoadRequest
{
    /// <summary>The tenant; nothing of another tenant is ever answered.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>
    /// Invoices and other documents by id; with a payment request comes the invoice of which it is an instalment. With every document that
    /// is loaded, by whatever way, comes what its account has as credit in its currency.
    /// </summary>
    public IReadOnlyList<InvoiceId> Invoices { get; init; } = [];

    /// <summary>
    /// Operations by id. With each that is known come its payment, the documents of its allocation, the command its gateway was asked
    /// and the outcomes parked for it; for one that is not known come the parked outcomes alone. With a capture or void of an
    /// authorization comes that <see cref="PaymentOperation.Authorization"/> as if it had been asked for, but for its parked outcomes.
    /// </summary>
    public IReadOnlyList<OperationId> Operations { get; init; } = [];

    /// <summary>
    /// The gateway's id of an authorization that is open on one of <see cref="Invoices"/>: its operation comes as if it had been asked
    /// for by id. It is among the open operations, so that no search is needed.
    /// </summary>
    public GatewayPaymentId? Authorization { get; init; }

    /// <summary>
    /// What a gateway calls a movement: the operations that have this id as their <see cref="PaymentOperation.GatewayPaymentId"/> come as if
    /// they had been asked for by id, oldest first. There is one as a rule, found by an index.
    /// </summary>
    public GatewayPaymentAddress? GatewayPayment { get; init; }

    /// <summary>A payment by id; with it come the documents of its shares.</summary>
    public PaymentId? Payment { get; init; }

    /// <summary>An account's credit, whether or not a document of it is loaded.</summary>
    public CreditAddress? Credit { get; init; }

    /// <summary>A stored payment method by id, whoever owns it.</summary>
    public PaymentMethodId? PaymentMethod { get; init; }

    /// <summary>
    /// Load the method to be used when none is named: the first invoice's <see cref="InvoiceDetails.DefaultPaymentMethod"/>, or else the
    /// one that its account has marked as default.
    /// </summary>
    public bool DefaultPaymentMethod { get; init; }
}

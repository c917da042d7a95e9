namespace InvoicePayments;

/// <summary>An operation to be stored, with what is needed to ask its gateway again.</summary>
/// <param name="Operation">The operation as it is to be.</param>
/// <param name="Command">What its gateway is asked; null once the operation is final, and then the stored one is erased: it holds a token.</param>
public sealed record OperationChange(PaymentOperation Operation, GatewayCommand? Command);

/// <summary>Something a gateway said about an operation or payment that nobody here knows: kept, in case it turns up.</summary>
/// <param name="Tenant">The tenant it was reported for.</param>
/// <param name="Operation">The operation it is about; for a notice an id that is derived from gateway and payment, and stands for no operation.</param>
/// <param name="Gateway">The gateway that said it.</param>
/// <param name="Evidence">The fingerprint of what was said: the same news is kept once.</param>
/// <param name="Outcome">What was said of the operation; null for a notice.</param>
/// <param name="ReceivedAt">When, UTC.</param>
public sealed record ParkedOutcome(
    TenantId Tenant, OperationId Operation, GatewayName Gateway, Fingerprint Evidence, GatewayOutcome? Outcome, DateTimeOffset ReceivedAt)
{
    /// <summary>What was told of a payment: a dispute, a returned debit; null for an outcome.</summary>
    public GatewayNotice? Notice { get; init; }

    /// <summary>For a notice: the gateway's id of the payment.</summary>
    public GatewayPaymentId? GatewayPaymentId { get; init; }

    /// <summary>The id under which notices about a payment are kept until the payment is known; it stands for no operation.</summary>
    public static OperationId ShelfOf(GatewayName gateway, GatewayPaymentId payment) => DisputeRules.ShelfOf(gateway, payment);
}

/// <summary>
/// All that one decision changes: stored as a whole or not at all. Every row carries its new version; it may be written only over
/// version minus one, and with version one only where there is none yet. Anything else is a conflict.
/// </summary>
public sealed record ChangeSet
{
    /// <summary>The tenant; everything in a change set belongs to one.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Invoices with their new sums.</summary>
    public IReadOnlyList<Invoice> Invoices { get; init; } = [];

    /// <summary>Operations that are new or have moved.</summary>
    public IReadOnlyList<OperationChange> Operations { get; init; } = [];

    /// <summary>Payments with their new sums.</summary>
    public IReadOnlyList<Payment> Payments { get; init; } = [];

    /// <summary>The facts, in order; never changed afterwards.</summary>
    public IReadOnlyList<InvoiceEvent> Facts { get; init; } = [];

    /// <summary>What accounts have as credit, with new sums. One that falls below zero is refused.</summary>
    public IReadOnlyList<AccountCredit> Credits { get; init; } = [];

    /// <summary>The facts of these credits, in order; never changed afterwards.</summary>
    public IReadOnlyList<CreditEvent> CreditFacts { get; init; } = [];

    /// <summary>Outcomes kept for later; one that is kept already is no conflict.</summary>
    public IReadOnlyList<ParkedOutcome> Parked { get; init; } = [];
}

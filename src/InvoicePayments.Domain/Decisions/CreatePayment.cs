namespace InvoicePayments;

/// <summary>
/// Create a payment, online or offline, in one call (Billingrails): with <see cref="PaymentMode.Online"/> it is <see cref="PayInvoice"/>,
/// otherwise <see cref="RecordOfflinePayment"/>, with the rules and the idempotency of that command.
/// </summary>
public sealed record CreatePayment : IDecidable<PaymentResult>
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The caller's idempotency key, 1 to 255 characters.</summary>
    public required string Key { get; init; }

    /// <summary>Through a gateway, or recorded by hand; offline when left out, as it is in Billingrails.</summary>
    public PaymentMode Mode { get; init; } = PaymentMode.Offline;

    /// <summary>The account that pays: required, and it must own what is paid.</summary>
    public AccountId? Account { get; init; }

    /// <summary>The host's reference: required, at most 255 characters, kept as it came.</summary>
    public string? Reference { get; init; }

    /// <summary>The invoice that is paid. Exactly one of this, <see cref="PaymentRequestId"/>, <see cref="OrderId"/> and <see cref="CreditGrantId"/>.</summary>
    public InvoiceId? InvoiceId { get; init; }

    /// <summary>The payment request: an instalment of an invoice, which the payment settles.</summary>
    public InvoiceId? PaymentRequestId { get; init; }

    /// <summary>The order.</summary>
    public InvoiceId? OrderId { get; init; }

    /// <summary>The credit grant.</summary>
    public InvoiceId? CreditGrantId { get; init; }

    /// <summary>The stored method that is charged at once; online only.</summary>
    public PaymentMethodId? PaymentMethod { get; init; }

    /// <summary>
    /// The gateway that makes a payment link, on whose page the payer finishes (Billingrails: integration_id); online only, instead of
    /// <see cref="PaymentMethod"/>. Beside a method it must be the method's own gateway, and then the method is charged.
    /// </summary>
    public GatewayName? Integration { get; init; }

    /// <summary>Where the payer comes back to from the payment link; online only.</summary>
    public Uri? ReturnUrl { get; init; }

    /// <summary>When the money moved, UTC, not in the future; offline only, now when left out.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>How the money moved; offline only.</summary>
    public OfflineMethod OfflineMethod { get; init; } = OfflineMethod.Other;

    /// <summary>How much, in the currency of what is paid; everything due when left out.</summary>
    public Money? Amount { get; init; }

    /// <summary>A description the payer may see; that of what is paid when left out.</summary>
    public string? Description { get; init; }

    /// <summary>Whether a second payment of the same is meant, where <see cref="PaymentPolicy.DuplicateWindow"/> would refuse it. False when left out.</summary>
    public bool ConfirmDuplicate { get; init; }

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => Problem() is null ? Wanted().WhatToLoad(policy) : new() { Tenant = Tenant };

    /// <inheritdoc/>
    public Decision<PaymentResult> Decide(InvoiceState state, DecisionContext context)
    {
        if (Problem() is { } problem) return CommandRules.Refuse(problem);
        if (Integration is { } named && state.PaymentMethod is { } method && method.Gateway != named)
            return CommandRules.Refuse(Rejection.PaymentMethodAmbiguous, $"The payment method is one of gateway {method.Gateway}, not of {named}. Leave the integration out.");
        return Wanted().Decide(state, context);
    }

    private Rejection? Problem()
    {
        if (Account is null) return Rejection.AccountMissing;
        if (string.IsNullOrWhiteSpace(Reference)) return Rejection.ReferenceMissing;
        if (new PayableTarget(InvoiceId, PaymentRequestId, OrderId, CreditGrantId, null).Problem is { } unclear) return unclear;
        if (Mode == PaymentMode.Online && SucceededAt is not null) return Rejection.PaymentModeMismatch;
        if (Mode == PaymentMode.Offline && (PaymentMethod is not null || Integration is not null)) return Rejection.PaymentModeMismatch;
        if (Mode == PaymentMode.Online && PaymentMethod is null && Integration is null) return Rejection.PaymentMethodMissing;
        return null;
    }

    private IDecidable<PaymentResult> Wanted() => Mode switch
    {
        PaymentMode.Online => new PayInvoice
        {
            Tenant = Tenant, InvoiceId = InvoiceId, PaymentRequestId = PaymentRequestId, OrderId = OrderId, CreditGrantId = CreditGrantId,
            Key = Key, Account = Account, Amount = Amount, PaymentMethod = PaymentMethod,
            LinkAt = PaymentMethod is null ? Integration : null, ReturnUrl = ReturnUrl, Reference = Reference, Description = Description, ConfirmDuplicate = ConfirmDuplicate,
        },
        PaymentMode.Offline => new RecordOfflinePayment
        {
            Tenant = Tenant, InvoiceId = InvoiceId, PaymentRequestId = PaymentRequestId, OrderId = OrderId, CreditGrantId = CreditGrantId,
            Key = Key, Account = Account, Amount = Amount, Method = OfflineMethod,
            SucceededAt = SucceededAt, Reference = Reference, Description = Description, ConfirmDuplicate = ConfirmDuplicate,
        },
        _ => throw new InvalidOperationException($"{Mode} is no {nameof(PaymentMode)}."),
    };
}

using System.Collections.ObjectModel;

namespace InvoicePayments;

/// <summary>
/// Pay an invoice online, or an order, a payment request, a credit grant, or several invoices at once. Name a stored method, or give a
/// gateway and a single-use token, or neither: then the invoice's or the account's default method is charged. Or have a gateway make a
/// payment link, and the payer chooses the method on its page.
/// </summary>
public sealed partial record PayInvoice : IDecidable<PaymentResult>
{
    /// <summary>The tenant (Pelcro: site); <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The invoice. Exactly one of this, <see cref="PaymentRequestId"/>, <see cref="OrderId"/>, <see cref="CreditGrantId"/> and <see cref="Several"/> (Billingrails).</summary>
    public InvoiceId? InvoiceId { get; init; }

    /// <summary>The payment request: an instalment of an invoice, which the payment settles.</summary>
    public InvoiceId? PaymentRequestId { get; init; }

    /// <summary>The order.</summary>
    public InvoiceId? OrderId { get; init; }

    /// <summary>The credit grant.</summary>
    public InvoiceId? CreditGrantId { get; init; }

    /// <summary>Several invoices of one account and currency, and how the payment is spread over them: all of it or nothing.</summary>
    public PaymentSpread? Several { get; init; }

    /// <summary>The caller's idempotency key, 1 to 255 characters: the same key never charges twice.</summary>
    public required string Key { get; init; }

    /// <summary>The calling customer's account; an invoice of another is answered like an unknown one. Null when the host itself calls.</summary>
    public AccountId? Account { get; init; }

    /// <summary>How much, in the invoice's currency; everything due when left out.</summary>
    public Money? Amount { get; init; }

    /// <summary>Whether the money is only blocked now, and taken by <see cref="CapturePayment"/> later. False when left out.</summary>
    public bool CaptureLater { get; init; }

    /// <summary>
    /// Whether the account's credit pays first, as far as it goes, and the method only the rest (Pelcro: apply_balance). What the method
    /// then declines gives the credit back. A credit grant is not paid with credit, and nothing is with <see cref="CaptureLater"/>. False when left out.
    /// </summary>
    public bool ApplyBalance { get; init; }

    /// <summary>A stored method (Pelcro: source_id, Rapyd: payment_method, Chargebee: payment_source_id).</summary>
    public PaymentMethodId? PaymentMethod { get; init; }

    /// <summary>The gateway of <see cref="Token"/>; both or neither (Pelcro).</summary>
    public GatewayName? Gateway { get; init; }

    /// <summary>A single-use token of <see cref="Gateway"/>; both or neither.</summary>
    public PaymentToken? Token { get; init; }

    /// <summary>
    /// The gateway that makes a payment link, on whose page the payer finishes (Billingrails: integration_id); without a method or token
    /// then, and not with <see cref="CaptureLater"/>. The answer is <see cref="PaymentResult.ActionRequired"/>. Null when no link is wanted.
    /// </summary>
    public GatewayName? LinkAt { get; init; }

    /// <summary>What kind of method <see cref="Token"/> stands for, in the gateway's words; checked against <see cref="GatewayProfile.KindsWithoutTokens"/> when given.</summary>
    public string? MethodKind { get; init; }

    /// <summary>Who sets it off; the customer when left out (Chargebee: payment_initiator).</summary>
    public PaymentInitiator Initiator { get; init; } = PaymentInitiator.Customer;

    /// <summary>Whether a second payment of the same is meant, where <see cref="PaymentPolicy.DuplicateWindow"/> would refuse it. False when left out.</summary>
    public bool ConfirmDuplicate { get; init; }

    /// <summary>Which recipient accounts the money goes to, and how much to each (Stax: split funding); null when all of it is the tenant's.</summary>
    public FundingRequest? Funding { get; init; }

    /// <summary>A comment for internal eyes, at most 300 characters (Chargebee).</summary>
    public string? Comment { get; init; }

    /// <summary>The host's reference, at most 255 characters, kept as it came.</summary>
    public string? Reference { get; init; }

    /// <summary>A description the payer may see; the invoice's when left out.</summary>
    public string? Description { get; init; }

    /// <summary>Where the payer comes back to after a challenge.</summary>
    public Uri? ReturnUrl { get; init; }

    /// <summary>The host's own key/value pairs; they reach the gateway.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => new()
    {
        Tenant = Tenant,
        Invoices = Target.Ids,
        Operations = IdempotencyKey.TryCreate(Key, out var key, out _) ? OperationsOf(IdempotencyGuard.OperationOf(Tenant, policy.KeyScope, Account, key)) : [],
        PaymentMethod = PaymentMethod,
        DefaultPaymentMethod = PaymentMethod is null && Token is null && LinkAt is null,
    };
}

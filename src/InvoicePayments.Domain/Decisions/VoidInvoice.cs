namespace InvoicePayments;

/// <summary>
/// Take an invoice back: it asks for nothing any more. Refused while money is in or under way; give the money back, or wait, first.
/// Doing it twice is harmless, so no key is needed.
/// </summary>
public sealed record VoidInvoice : IDecidable<InvoiceResult>
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The invoice.</summary>
    public required InvoiceId InvoiceId { get; init; }

    /// <summary>Why, at most 255 characters; a customer may see it.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => new() { Tenant = Tenant, Invoices = [InvoiceId] };

    /// <inheritdoc/>
    public Decision<InvoiceResult> Decide(InvoiceState state, DecisionContext context) =>
        InvoiceRules.Close(state, context, state.Find(InvoiceId), InvoiceDocument.Void, new InvoiceEvent.Voided(Reason), Reason);
}

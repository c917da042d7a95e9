namespace InvoicePayments;

/// <summary>
/// Give an invoice up: nobody expects the money any more. Refused while money is in or under way. Money that comes later all the same is
/// recorded, and then the invoice is paid. Doing it twice is harmless, so no key is needed.
/// </summary>
public sealed record MarkUncollectible : IDecidable<InvoiceResult>
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
    public Decision<InvoiceResult> Decide(InvoiceState state, DecisionContext context)
    {
        var invoice = state.Find(InvoiceId);
        if (invoice is { Document: InvoiceDocument.Open, Sums.Net: 0, Status: InvoiceStatus.Paid }) return InvoiceRules.Refuse(Rejection.InvoicePaid);
        return InvoiceRules.Close(
            state, context, invoice, InvoiceDocument.Uncollectible, new InvoiceEvent.MarkedUncollectible(Reason), Reason);
    }
}

namespace InvoicePayments;

/// <summary>A request to pay, as a client of another system sends it.</summary>
/// <param name="Path">The path with its query, for example <c>/v1/invoices/invoice_1/pay</c>; what stands before the resource does not matter.</param>
/// <param name="Body">The body: JSON, for Chargebee a form; empty when there is none.</param>
public sealed record ForeignRequest(string Path, string Body = "")
{
    /// <summary>
    /// The idempotency key: Rapyd's header <c>idempotency</c>, Chargebee's <c>chargebee-idempotency-key</c>. Stax sends it in the body.
    /// Pelcro and Billingrails document none, so the host makes one for each click.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>The customer who is signed in (Pelcro: of the JWT); null when the host itself calls.</summary>
    public AccountId? Account { get; init; }

    /// <summary>The tenant; when left out Pelcro's <c>site_id</c>, and otherwise <see cref="TenantId.Default"/>.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>The currency of the invoice. Only needed where an amount may be given, because these systems give it without one (Chargebee, Stax).</summary>
    public Currency? Currency { get; init; }
}

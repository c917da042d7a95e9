namespace InvoicePayments;

/// <summary>The keys under which we leave our own mark in Stripe's metadata, so that what is found there can be told apart.</summary>
internal static class StripeNames
{
    /// <summary>Our reference of the operation that made the object.</summary>
    internal const string Reference = "invoice_payments_reference";

    /// <summary>The tenant, where it is not the default one.</summary>
    internal const string Tenant = "invoice_payments_tenant";

    /// <summary>On a payment intent: our reference of the capture that took what was blocked.</summary>
    internal const string Capture = "invoice_payments_capture";

    /// <summary>What is special about it: <see cref="Link"/>, <see cref="Split"/>, or both.</summary>
    internal const string Kind = "invoice_payments_kind";

    /// <summary>It was made by a payment link, on whose page the payer may try again.</summary>
    internal const string Link = "link";

    /// <summary>Its money is split over connected accounts.</summary>
    internal const string Split = "split";

    /// <summary>How many of Stripe's fifty entries the host has for itself.</summary>
    internal const int EntriesForTheHost = 46;

    internal static GatewayReference? ReferenceOf(IReadOnlyDictionary<string, string>? metadata, string key = Reference) =>
        metadata is not null && metadata.TryGetValue(key, out var text) && GatewayReference.TryCreate(text, out var reference) ? reference : null;

    internal static TenantId TenantOf(IReadOnlyDictionary<string, string>? metadata) =>
        metadata is not null && metadata.TryGetValue(Tenant, out var text) && TenantId.TryCreate(text, out var tenant) ? tenant : TenantId.Default;

    internal static bool Is(this IReadOnlyDictionary<string, string>? metadata, string kind) =>
        metadata is not null && metadata.TryGetValue(Kind, out var text) && text.Split(' ').Contains(kind);
}

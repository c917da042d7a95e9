using System.Text.Json.Nodes;

namespace StripeDouble;

/// <summary>Money that moved.</summary>
/// <param name="Kind"><c>charge</c>, <c>capture</c>, <c>refund</c>, <c>transfer</c> or <c>reversal</c>.</param>
/// <param name="Id">What it is called.</param>
/// <param name="Of">The payment intent, or for a transfer the connected account.</param>
/// <param name="Currency">In lower case.</param>
/// <param name="Amount">In Stripe's units.</param>
/// <param name="Metadata">What the request that moved it carried.</param>
public sealed record Movement(string Kind, string Id, string Of, string Currency, long Amount, JsonObject? Metadata)
{
    /// <summary>Whether the request carried this text anywhere in its metadata.</summary>
    public bool Carries(string text) => Metadata?.Any(e => e.Value?.GetValue<string>() == text) ?? false;
}

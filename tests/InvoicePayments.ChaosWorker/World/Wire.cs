using System.Text.Json;
using System.Text.Json.Serialization;

namespace InvoicePayments.Tests;

/// <summary>A request as it goes to the gateway's process.</summary>
/// <param name="Reference">Our reference.</param>
/// <param name="Kind">charge, authorize, capture, void, refund.</param>
/// <param name="Minor">How much, in minor units.</param>
/// <param name="Currency">ISO code.</param>
/// <param name="Token">What the payer pays with, where a payer is asked.</param>
/// <param name="Of">The gateway's id of what is captured, voided or refunded.</param>
/// <param name="Ends">Whether it ends the authorization.</param>
internal sealed record WireRequest(string Reference, string Kind, long Minor, string Currency, string? Token, string? Of, bool Ends);

/// <summary>What the gateway's process answers.</summary>
/// <param name="State">succeeded, authorized, declined, refused.</param>
/// <param name="Id">The gateway's id.</param>
/// <param name="Minor">How much moved or is held.</param>
/// <param name="Currency">ISO code.</param>
/// <param name="Code">Why not, when not.</param>
internal sealed record WireAnswer(string State, string Id, long Minor, string Currency, string? Code);

/// <summary>The JSON of both.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireRequest))]
[JsonSerializable(typeof(WireAnswer))]
[JsonSerializable(typeof(LedgerLine))]
internal sealed partial class WireJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>Money that a scripted gateway moved. The ledger is the truth that the host's books are compared with.</summary>
/// <param name="Reference">Our reference that the request carried.</param>
/// <param name="GatewayPaymentId">The gateway's id of this movement; every movement has its own.</param>
/// <param name="Kind">A charge or capture took it, a refund or void gave it back, a lost dispute or a return took it back.</param>
/// <param name="Money">How much; always positive.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Tenant">In whose name.</param>
/// <param name="Of">For a refund, void, dispute or return: what it is about. For a capture: the authorization.</param>
public sealed record LedgerEntry(
    GatewayReference Reference, GatewayPaymentId GatewayPaymentId, OperationKind Kind, Money Money, DateTimeOffset At, TenantId Tenant, GatewayPaymentId? Of = null)
{
    /// <summary>Whether somebody made it at the gateway's own site, so that its reference is none of ours and stands in no statement.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>Whether it gave money back.</summary>
    [JsonIgnore]
    public bool GivesBack => Kind is OperationKind.Refund or OperationKind.Void or OperationKind.Dispute or OperationKind.Return;
}

/// <summary>What the gateway remembers of a reference. Tests reach it through the gateway; it is kept so that a second process finds it.</summary>
internal sealed record ReferenceState
{
    public required GatewayReference Reference { get; init; }

    public required TenantId Tenant { get; init; }

    public required OperationKind Kind { get; init; }

    public required Money Asked { get; init; }

    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>What it answered the first time, which a gateway that replays answers again: a stored 5xx too.</summary>
    public required GatewayOutcome FirstAnswer { get; init; }

    /// <summary>How it really stands.</summary>
    public required GatewayOutcome Current { get; init; }

    /// <summary>For a refund, void, dispute or return: what it is about. For a capture, or the void of an authorization: that.</summary>
    public GatewayPaymentId? Of { get; init; }

    /// <summary>For a last capture, or a void of an authorization: once it succeeds nothing is held any more.</summary>
    public bool EndsAuthorization { get; init; }

    /// <summary>Nobody learns anything about it before then, UTC.</summary>
    public DateTimeOffset KnownFrom { get; init; }

    /// <summary>How many gateway ids it was given.</summary>
    public int Ids { get; init; }
}

/// <summary>All that one decision of the gateway changed; one line of the file, so that a killed process leaves all of it or none.</summary>
internal sealed record LedgerLine(IReadOnlyList<LedgerEntry> Moved, ReferenceState State);

/// <summary>The JSON of the ledger's file. It keeps a challenge's client secret, as a gateway would.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(RevealingPaymentTokenConverter)])]
[JsonSerializable(typeof(LedgerLine))]
internal sealed partial class LedgerJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// One conversation about a payment: a charge, an authorization, a capture, a void, an offline record, a refund. It has its own idempotency key, reserves until it is
/// final, and never changes afterwards. It is its own idempotency record: its id is derived from the key.
/// </summary>
public sealed record PaymentOperation
{
    /// <summary>The tenant it belongs to.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Its id: derived from tenant, scope and idempotency key, so that the same key finds it again from any host.</summary>
    public required OperationId Id { get; init; }

    /// <summary>What it is about.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>The payment it belongs to.</summary>
    public required PaymentId Payment { get; init; }

    /// <summary>The account whose money it is.</summary>
    public required AccountId Account { get; init; }

    /// <summary>What was asked for.</summary>
    public required Money Amount { get; init; }

    /// <summary>How much of it belongs to which invoice.</summary>
    public required PaymentAllocation Allocation { get; init; }

    /// <summary>Which recipient accounts the asked amount goes to, or comes back from; null when it is not split.</summary>
    public FundingSplit? Funding { get; init; }

    /// <summary>How far it has come.</summary>
    public required OperationStatus Status { get; init; }

    /// <summary>The meaning of the command that began it; the same key with another meaning is refused.</summary>
    public required Fingerprint Fingerprint { get; init; }

    /// <summary>When it was committed, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What really moved: less than asked after a partial approval; zero for the void of an authorization; null until it succeeded, and for an authorization.</summary>
    public Money? Moved { get; init; }

    /// <summary>The gateway that is asked; null when none is.</summary>
    public GatewayName? Gateway { get; init; }

    /// <summary>The gateway's id of what it did, once known.</summary>
    public GatewayPaymentId? GatewayPaymentId { get; init; }

    /// <summary>Who set it off.</summary>
    public PaymentInitiator Initiator { get; init; }

    /// <summary>A comment for internal eyes (Chargebee): in no fact, no gateway request and no customer's answer.</summary>
    public string? Comment { get; init; }

    /// <summary>Why money is given back, in the host's words; a customer may see it.</summary>
    public string? Reason { get; init; }

    /// <summary>For a refund or a void of money that has moved: whether what it gives back is due again.</summary>
    public bool ReopensInvoice { get; init; }

    /// <summary>For a capture or a void: the authorization it takes from or lets go; null for a void of money that has moved, and for everything else.</summary>
    public OperationId? Authorization { get; init; }

    /// <summary>For an authorization: what it holds, until when, and what the risk check says; null for everything else.</summary>
    public AuthorizationHold? Hold { get; init; }

    /// <summary>For a capture: whether it is the last one, so that what it does not take is let go.</summary>
    public bool ReleasesRest { get; init; }

    /// <summary>What the payer has to do, while that is so.</summary>
    public PendingAction? Action { get; init; }

    /// <summary>Until when, UTC. After it the gateway is asked; the time alone decides nothing.</summary>
    public DateTimeOffset? ActionDeadline { get; init; }

    /// <summary>Why the bank said no, when it did.</summary>
    public Decline? Decline { get; init; }

    /// <summary>Why it failed, is unknown, or needs a person.</summary>
    public OperationError? Error { get; init; }

    /// <summary>Who settled it by hand, when nobody else could answer; null otherwise.</summary>
    public string? SettledBy { get; init; }

    /// <summary>The operation whose late or second answer this one records; null for one that a caller asked for.</summary>
    public OperationId? EvidenceOf { get; init; }

    /// <summary>For account credit that pays beside a card: the charge whose fate it shares. Spent when that is paid, given back when it is not.</summary>
    public OperationId? Follows { get; init; }

    /// <summary>When the gateway was first asked at the earliest, UTC.</summary>
    public DateTimeOffset? FirstSentAt { get; init; }

    /// <summary>When the gateway was last asked at the earliest, UTC.</summary>
    public DateTimeOffset? LastSentAt { get; init; }

    /// <summary>How often the gateway may have been asked to move this money.</summary>
    public int Sends { get; init; }

    /// <summary>How often the gateway was asked what became of it.</summary>
    public int Checks { get; init; }

    /// <summary>Somebody is talking to the gateway about it until then, UTC; afterwards anybody may take over.</summary>
    public DateTimeOffset? BusyUntil { get; init; }

    /// <summary>When somebody should look after it again, UTC; null when nobody needs to.</summary>
    public DateTimeOffset? NextCheckAt { get; init; }

    /// <summary>When it became final, UTC.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Grows by one with every commit that touches it.</summary>
    public long Version { get; init; }

    /// <summary>The reference the gateway is given: the operation's own id, never the caller's key.</summary>
    [JsonIgnore]
    public GatewayReference Reference => new(Id.Value);

    /// <summary>Whether it never changes again, and reserves nothing.</summary>
    [JsonIgnore]
    public bool IsFinal => PaymentStateMachine.IsFinal(Status);

    /// <summary>Whether it gives back money that has moved: a refund, or a void before settlement.</summary>
    [JsonIgnore]
    public bool GivesBack => Kind == OperationKind.Refund || (Kind == OperationKind.Void && Authorization is null);

    /// <summary>What it speaks for on its invoices; null when nothing: once final, and where it gives back, which reserves of the payment.</summary>
    [JsonIgnore]
    public PaymentAllocation? Reserves => IsFinal || GivesBack || Kind == OperationKind.Dispute ? null : Hold?.Held ?? Allocation;

    /// <summary>For an authorization: what may still be captured; zero for everything else.</summary>
    [JsonIgnore]
    public Money Capturable => Hold is { } hold && Status == OperationStatus.Authorized
        ? Money.Max(Money.Zero(Amount.Currency), hold.Approved - (Amount - hold.Held.Total))
        : Money.Zero(Amount.Currency);

    /// <summary>Whether somebody is talking to the gateway about it at <paramref name="now"/>.</summary>
    public bool IsBusyAt(DateTimeOffset now) => BusyUntil is { } until && until > now;

    /// <summary>Whether somebody should look after it at <paramref name="now"/>: recovery does, and so does a caller who repeats the key.</summary>
    public bool IsDueAt(DateTimeOffset now) => NextCheckAt is { } at && at <= now;
}

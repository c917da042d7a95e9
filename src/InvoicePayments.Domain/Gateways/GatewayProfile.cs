namespace InvoicePayments;

/// <summary>What a gateway does with a second request that carries the same reference.</summary>
public enum DuplicateRule
{
    /// <summary>Nothing: it moves money again. Nothing is ever resent to such a gateway.</summary>
    None,

    /// <summary>Answers what it answered the first time (Stripe; a stored 5xx too).</summary>
    ReplaySameResult,

    /// <summary>Answers how the first one stands now (Braintree with a request key).</summary>
    ReplayCurrentState,

    /// <summary>Answers the first result, marked as a duplicate (Vantiv).</summary>
    MarkedDuplicate,

    /// <summary>Refuses the second; the first may still succeed or decline, so a refusal proves nothing (Braintree without a key).</summary>
    RejectedAsDuplicate,
}

/// <summary>What a gateway guarantees about one kind of operation, and so what may be done when its answer was lost.</summary>
public sealed record Guarantee
{
    /// <summary>No guarantee at all: never resend, only ask.</summary>
    public static Guarantee None { get; } = new();

    /// <summary>What becomes of a second request with the same reference.</summary>
    public DuplicateRule Duplicates { get; init; } = DuplicateRule.None;

    /// <summary>How long after the first request <see cref="Duplicates"/> holds. Zero by default.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// How long after the last request an operation that the gateway does not know is proved never to have happened; null (the
    /// default) when absence never proves anything, as with a search that lags behind.
    /// </summary>
    public TimeSpan? AbsenceProvenAfter { get; init; }

    /// <summary>Whether the same may be asked again at <paramref name="now"/> without any risk of moving money twice.</summary>
    public bool CoversResend(DateTimeOffset firstSentAt, DateTimeOffset now) =>
        Duplicates != DuplicateRule.None && now - firstSentAt < Window;

    /// <summary>Whether absence at <paramref name="now"/> proves that it never happened.</summary>
    public bool ProvesAbsence(DateTimeOffset lastSentAt, DateTimeOffset now) =>
        AbsenceProvenAfter is { } after && now - lastSentAt >= after;
}

/// <summary>What a gateway can do, and per kind of operation what it guarantees.</summary>
public sealed record GatewayProfile
{
    /// <summary>What it guarantees per kind of operation; a kind that is not listed is not supported.</summary>
    public required IReadOnlyDictionary<OperationKind, Guarantee> Operations { get; init; }

    /// <summary>Kinds of payment methods, in the gateway's words, that cannot be paid with a token (Rapyd: is_tokenizable false). None by default.</summary>
    public IReadOnlyCollection<string> KindsWithoutTokens { get; init; } = [];

    /// <summary>The merchants that are enrolled for split funding at this gateway (Stax). None by default: then a split payment is refused.</summary>
    public IReadOnlyCollection<TenantId> EnrolledForSplitFunding { get; init; } = [];

    /// <summary>Whether payments of this merchant can be split over recipient accounts.</summary>
    public bool SplitsFor(TenantId tenant) => EnrolledForSplitFunding.Contains(tenant);

    /// <summary>Whether a method of this kind can be paid with a token; one whose kind nobody told is for the gateway to judge.</summary>
    public bool TakesTokensOf(string? methodKind) => methodKind is null || !KindsWithoutTokens.Contains(methodKind, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an authorization can be captured more than once. False by default: then the first capture lets go what it does not take.</summary>
    public bool CapturesSeveralTimes { get; init; }

    /// <summary>For how long after it moved money can be voided, before it is settled; null (the default) when never: then only authorizations are, and money is refunded.</summary>
    public TimeSpan? VoidWindow { get; init; }

    /// <summary>How long a payer has for a challenge when the gateway's answer does not say; null (the default) leaves it to <see cref="PaymentPolicy.ActionDeadline"/>.</summary>
    public TimeSpan? ChallengeTime { get; init; }

    /// <summary>
    /// What it guarantees about requests for payment links, which need not be what it guarantees about charges; null (the default) when it
    /// makes none, and then a payment by link is refused.
    /// </summary>
    public Guarantee? PaymentLinks { get; init; }

    /// <summary>How long a payment link is good when nobody says; null (the default) leaves it to <see cref="PaymentPolicy.PaymentLinkLifetime"/>.</summary>
    public TimeSpan? PaymentLinkTime { get; init; }

    /// <summary>The guarantee for what is asked: that of its kind, or of payment links.</summary>
    public Guarantee For(GatewayCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command is GatewayCommand.RequestLink ? PaymentLinks ?? Guarantee.None : For(command.Kind);
    }

    /// <summary>The guarantee for one kind; <see cref="Guarantee.None"/> when nothing is promised.</summary>
    public Guarantee For(OperationKind kind) => Operations.GetValueOrDefault(kind, Guarantee.None);

    /// <summary>Whether the gateway can do this at all.</summary>
    public bool Supports(OperationKind kind) => Operations.ContainsKey(kind);
}

/// <summary>A registered gateway as the core needs to know it.</summary>
/// <param name="Profile">What it can do and guarantees.</param>
/// <param name="Patience">How long one conversation with it may take, resends included; nobody else takes over before.</param>
public sealed record GatewayTerms(GatewayProfile Profile, TimeSpan Patience);

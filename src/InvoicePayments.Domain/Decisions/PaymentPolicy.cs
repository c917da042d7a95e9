namespace InvoicePayments;

/// <summary>What a second payment may do while an earlier one is under way (Rapyd: an active payment already exists).</summary>
public enum PendingPaymentRule
{
    /// <summary>Whoever wants money that is spoken for is refused as payment in progress; a part that is still free may be paid. The default.</summary>
    RefuseWhatIsReserved,

    /// <summary>A payment of "everything due" pays what is still payable, and is refused only when that is nothing.</summary>
    AdmitWhatIsPayable,

    /// <summary>Nothing is admitted while anything is under way.</summary>
    RefuseEverything,
}

/// <summary>What becomes of money beyond what is due.</summary>
public enum OverpaymentRule
{
    /// <summary>An offline payment of more than is due is refused, and money that comes all the same shows as overpaid. The default.</summary>
    Refuse,

    /// <summary>The rest becomes credit of the account, as a credit grant that the same payment has paid; nobody is asked for more than is due all the same.</summary>
    KeepAsCredit,
}

/// <summary>Within what an idempotency key is unique.</summary>
public enum IdempotencyScope
{
    /// <summary>The tenant: the same key on another invoice is a mismatch. The default.</summary>
    Tenant,

    /// <summary>The account: for hosts whose customers choose keys themselves, so that nobody can claim another's key.</summary>
    Account,
}

/// <summary>The choices where payment systems differ. Every one states its default.</summary>
public sealed record PaymentPolicy
{
    /// <summary>All defaults.</summary>
    public static PaymentPolicy Default { get; } = new();

    /// <summary>Whether less than the amount due may be paid. Default true (Stax, Chargebee).</summary>
    public bool AllowPartialPayments { get; init; } = true;

    /// <summary>Whether an uncollectible invoice may be paid all the same. Default false (Pelcro).</summary>
    public bool AllowPayingUncollectible { get; init; }

    /// <summary>Whether a customer may pay by hand what a subscription engine collects. Default false (Pelcro); the engine itself charges as merchant.</summary>
    public bool AllowPayingSubscriptionInvoices { get; init; }

    /// <summary>
    /// Whether a payment that a customer sets off must say whose account calls. Default false: the host itself may call. A host that
    /// passes customers' requests on sets it, so that an endpoint which forgot who is calling pays nobody's invoice.
    /// </summary>
    public bool RequireCallingAccount { get; init; }

    /// <summary>Whether what a refund gives back is due again, where the refund does not say. Default false: the invoice stays closed and shows as refunded.</summary>
    public bool RefundsReopenInvoices { get; init; }

    /// <summary>What becomes of money beyond what is due: a cheque that is too large, a second success. Default <see cref="OverpaymentRule.Refuse"/>.</summary>
    public OverpaymentRule Overpayments { get; init; } = OverpaymentRule.Refuse;

    /// <summary>What a second payment may do while an earlier one is under way. Default <see cref="PendingPaymentRule.RefuseWhatIsReserved"/>.</summary>
    public PendingPaymentRule PendingPayments { get; init; } = PendingPaymentRule.RefuseWhatIsReserved;

    /// <summary>Within what an idempotency key is unique. Default <see cref="IdempotencyScope.Tenant"/>.</summary>
    public IdempotencyScope KeyScope { get; init; } = IdempotencyScope.Tenant;

    /// <summary>Whether texts may hold what looks like a card number. Default false. A token never may.</summary>
    public bool AllowCardNumbersInText { get; init; }

    /// <summary>
    /// For how long a payment of the same amount for the same invoice with the same method, but under another key, is refused as a
    /// possible duplicate unless the caller confirms it. Default zero: only the key tells. A new card counts as the same one at its gateway.
    /// </summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.Zero;

    /// <summary>How long a payer has for a challenge when neither the gateway's answer nor its profile says. Default 15 minutes (Rapyd). After it the gateway is asked to cancel.</summary>
    public TimeSpan ActionDeadline { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a payment link is good when the gateway's profile does not say. Default 24 hours. After it the gateway is asked to call it off; only its answer frees what is reserved.</summary>
    public TimeSpan PaymentLinkLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long an authorization lives when the gateway does not say. Default 7 days. After it the gateway is asked; only its answer frees what is reserved.</summary>
    public TimeSpan AuthorizationLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How long after the command a recovery may still carry it out when the gateway never saw it. Later it is failed where the gateway
    /// can prove that, so that nobody is charged out of the blue. Default one hour. A caller who repeats the key is not bound by it.
    /// </summary>
    public TimeSpan ResumeWithin { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How far the clocks of two hosts may be apart. What follows from a time that another host wrote down — that a resend is covered, that
    /// absence is proved — is believed only with this margin. Default five minutes; zero is right for a single host.
    /// </summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>When to ask again about an answer that is missing, after each look. Past the end an unknown operation needs a person. Default 5 s, 30 s, 2 min, 10 min, 1 h, 6 h, 24 h.</summary>
    public IReadOnlyList<TimeSpan> RecoverySchedule { get; init; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24),
    ];

    /// <summary>When collection runs charge again after a charge in vain. Default <see cref="DunningPolicy.Default"/>.</summary>
    public DunningPolicy Dunning { get; init; } = DunningPolicy.Default;

    /// <summary>The wait after the given number of looks; the last entry goes on for ever.</summary>
    internal TimeSpan WaitAfter(int checks) => RecoverySchedule[Math.Min(checks, RecoverySchedule.Count - 1)];

    /// <summary>Whether the schedule has come to its end.</summary>
    internal bool IsExhausted(int checks) => checks >= RecoverySchedule.Count;
}

namespace InvoicePayments;

/// <summary>How a <see cref="ScriptedGateway"/> is set up. All may be changed until the gateway is made.</summary>
public sealed class ScriptedGatewayOptions
{
    /// <summary>
    /// What it claims and does. By default everything, with answers that are replayed for 24 hours and absence that is proved after a minute;
    /// an authorization is captured any number of times, and what has moved can be voided for a day. It behaves as the profile says: where it claims <see cref="DuplicateRule.None"/> a resend moves money again.
    /// </summary>
    public GatewayProfile Profile { get; set; } = ProfileOf(DuplicateRule.ReplaySameResult);

    /// <summary>Its clock; the host's registered one, or else the system's, by default.</summary>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>Where its money is; a new ledger in memory by default.</summary>
    public GatewayLedger Ledger { get; set; } = new();

    /// <summary>How long a conversation takes, half of it before anything happens. Zero by default.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.Zero;

    /// <summary>How long a payer has for a challenge: 15 minutes by default. After that the challenge expires at the gateway.</summary>
    public TimeSpan ChallengeTime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an authorization lives: 7 days by default. After that it expires at the gateway.</summary>
    public TimeSpan AuthorizationTime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Awaited at <c>execute:before</c>, <c>execute:after</c>, <c>resolve:before</c> and <c>resolve:after</c>: where a test wants a process to die. Null by default.</summary>
    public Func<string, Task>? Intercept { get; set; }

    /// <summary>The default profile with another rule for duplicates.</summary>
    /// <param name="rule">What becomes of a second request with the same reference.</param>
    /// <param name="window">For how long; 24 hours when left out.</param>
    /// <param name="absenceProvenAfter">When absence proves something; a minute when left out.</param>
    public static GatewayProfile ProfileOf(DuplicateRule rule, TimeSpan? window = null, TimeSpan? absenceProvenAfter = null)
    {
        var guarantee = new Guarantee
        {
            Duplicates = rule,
            Window = window ?? TimeSpan.FromHours(24),
            AbsenceProvenAfter = absenceProvenAfter ?? TimeSpan.FromMinutes(1),
        };
        return new()
        {
            Operations = new Dictionary<OperationKind, Guarantee>
            {
                [OperationKind.Charge] = guarantee, [OperationKind.Refund] = guarantee, [OperationKind.Authorize] = guarantee,
                [OperationKind.Capture] = guarantee, [OperationKind.Void] = guarantee,
            },
            PaymentLinks = guarantee,
            CapturesSeveralTimes = true,
            VoidWindow = TimeSpan.FromHours(24),
        };
    }
}

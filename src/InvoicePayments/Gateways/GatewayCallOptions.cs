using Polly;

namespace InvoicePayments;

/// <summary>
/// How a gateway is called: how long one call may take, when it is asked again within one conversation, and when it is left alone. Nothing
/// here can move money twice: a call is repeated only where the gateway's <see cref="Guarantee"/> covers it, whoever wants to repeat it.
/// </summary>
public sealed class GatewayCallOptions
{
    /// <summary>How long one call may take. Default 30 seconds; after it the outcome is unknown, never a decline.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a call whose outcome is unknown is repeated at once under the same reference, where the guarantee covers it; 0 to 5. Default 2.</summary>
    public int Resends { get; set; } = 2;

    /// <summary>The wait before the first resend; it doubles each time. Default half a second.</summary>
    public TimeSpan ResendDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The share of calls with an unknown outcome, within <see cref="BreakerWindow"/>, from which the gateway is left alone. Default 0.5.</summary>
    public double BreakerFailureRatio { get; set; } = 0.5;

    /// <summary>How many calls there must have been in the window before it counts; at least 2. Default 20.</summary>
    public int BreakerMinimumCalls { get; set; } = 20;

    /// <summary>The window over which failures are counted. Default 30 seconds.</summary>
    public TimeSpan BreakerWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the gateway is left alone; a payment in that time fails as never sent. Default 15 seconds.</summary>
    public TimeSpan BreakerPause { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The host's own pipeline instead of all of the above but <see cref="Timeout"/>, which goes on to limit each single call. It may
    /// retry; a retry that the guarantee does not cover is answered without asking the gateway. Set <see cref="Patience"/> with it. Null by default.
    /// </summary>
    public ResiliencePipeline<GatewayOutcome>? Pipeline { get; set; }

    /// <summary>
    /// How long one conversation may take with all its resends; nobody else takes the operation over before, and the conversation is
    /// given up then. By default as long as the other options can take, and five seconds more.
    /// </summary>
    public TimeSpan? Patience { get; set; }

    internal TimeSpan TotalPatience => Patience ?? (Timeout * (Resends + 1)) + (ResendDelay * ((1 << Resends) - 1)) + TimeSpan.FromSeconds(5);

    internal GatewayCallOptions Copy() => (GatewayCallOptions)MemberwiseClone();

    /// <summary>What is wrong, one sentence each, with the option to correct.</summary>
    internal IEnumerable<string> Problems(string of)
    {
        if (Timeout < TimeSpan.FromMilliseconds(10) || Timeout > TimeSpan.FromMinutes(10)) yield return $"{of}: {nameof(Timeout)} is between 10 ms and 10 minutes, not {Timeout}.";
        if (Resends is < 0 or > 5) yield return $"{of}: {nameof(Resends)} is between 0 and 5, not {Resends}.";
        if (ResendDelay < TimeSpan.Zero || ResendDelay > TimeSpan.FromMinutes(1)) yield return $"{of}: {nameof(ResendDelay)} is between zero and a minute, not {ResendDelay}.";
        if (BreakerFailureRatio is not (> 0 and <= 1)) yield return $"{of}: {nameof(BreakerFailureRatio)} is above 0 and at most 1, not {BreakerFailureRatio}.";
        if (BreakerMinimumCalls < 2) yield return $"{of}: {nameof(BreakerMinimumCalls)} is at least 2, not {BreakerMinimumCalls}.";
        if (BreakerWindow < TimeSpan.FromSeconds(1) || BreakerWindow > TimeSpan.FromHours(1)) yield return $"{of}: {nameof(BreakerWindow)} is between a second and an hour, not {BreakerWindow}.";
        if (BreakerPause < TimeSpan.FromSeconds(1) || BreakerPause > TimeSpan.FromHours(1)) yield return $"{of}: {nameof(BreakerPause)} is between a second and an hour, not {BreakerPause}.";
        if (Pipeline is not null && Patience is null) yield return $"{of}: a {nameof(Pipeline)} of your own needs {nameof(Patience)}: how long it may take at most.";
        if (Patience is { } patience && (patience < Timeout || patience > TimeSpan.FromHours(1))) yield return $"{of}: {nameof(Patience)} is between {nameof(Timeout)} and an hour, not {patience}.";
    }
}

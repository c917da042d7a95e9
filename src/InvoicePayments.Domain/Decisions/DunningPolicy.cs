namespace InvoicePayments;

/// <summary>
/// When to charge again after the merchant's own charge was in vain. A charge that failed without the bank saying no — the gateway could
/// not be reached, a challenge ran out — is tried again as after a soft decline. Nothing is tried while money is reserved.
/// </summary>
public sealed record DunningPolicy
{
    /// <summary>The most retries that a schedule may have: 15, what card networks accept within 30 days.</summary>
    public const int MaxRetries = 15;

    /// <summary>All defaults.</summary>
    public static DunningPolicy Default { get; } = new();

    /// <summary>The wait after each charge in vain; past its end dunning is exhausted. Default 1, 3, 5 and 7 days. Empty: never again.</summary>
    public IReadOnlyList<TimeSpan> RetrySchedule { get; init; } =
        [TimeSpan.FromDays(1), TimeSpan.FromDays(3), TimeSpan.FromDays(5), TimeSpan.FromDays(7)];

    /// <summary>Which advice makes a decline soft. After any other, dunning is exhausted at once. Default: only <see cref="RetryAdvice.Later"/>.</summary>
    public IReadOnlyList<RetryAdvice> SoftAdvice { get; init; } = [RetryAdvice.Later];

    /// <summary>No retry is planned later than this after the first charge in vain. Default 30 days.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Where dunning stands after one more charge in vain. Whoever tries by hand what was stopped or given up changes nothing about that.</summary>
    internal InvoiceDunning After(InvoiceDunning before, Decline? decline, DateTimeOffset now)
    {
        var refused = Refuse(before, decline);
        if (before.State is DunningState.Exhausted or DunningState.Stopped) return refused;

        var tried = refused with { Tries = before.Tries + 1, Since = before.Since ?? now };
        return NextTry(tried, now) is { } next
            ? tried with { State = DunningState.InProgress, NextAt = next }
            : tried with { State = DunningState.Exhausted, NextAt = null };
    }

    /// <summary>The same, but for what a bank has said for ever.</summary>
    internal InvoiceDunning Refuse(InvoiceDunning before, Decline? decline) =>
        decline is { Advice: var advice } && !SoftAdvice.Contains(advice) ? before with { IsRefused = true } : before;

    private DateTimeOffset? NextTry(InvoiceDunning tried, DateTimeOffset now)
    {
        if (tried.IsRefused || tried.Tries > RetrySchedule.Count) return null;
        var next = now + RetrySchedule[tried.Tries - 1];
        return next - tried.Since > GiveUpAfter ? null : next;
    }
}

namespace InvoicePayments;

/// <summary>How facts are delivered.</summary>
public sealed class OutboxOptions
{
    /// <summary>How long a host has a stream to itself while it delivers; afterwards another may take over. Default one minute.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait after each failure in a row; the last entry goes on. Default 5 s, 30 s, 2 min, 10 min, 1 h, 6 h.</summary>
    public IReadOnlyList<TimeSpan> Waits { get; set; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6),
    ];

    /// <summary>By how much a wait is made longer or shorter, 0 to 1, so that not everybody comes back at once. Default 0.2: a fifth at most.</summary>
    public double Jitter { get; set; } = 0.2;

    /// <summary>After how many failures in a row a fact is given up for an operator to look at. Default 10.</summary>
    public int MaxFailures { get; set; } = 10;

    /// <summary>How long it is kept how far facts were delivered, once all are; longer than any lease. Default 7 days.</summary>
    public TimeSpan KeepDelivered { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The wait after this many failures. The jitter follows from the stream: the same in every run of a simulation.</summary>
    internal TimeSpan WaitAfter(int failures, OutboxStream stream)
    {
        var hash = StableHash.Of(stream.Key).With(failures).Value;
        var wait = Waits[Math.Clamp(failures - 1, 0, Waits.Count - 1)];
        return wait * (1 + (Jitter * ((hash % 2_001 / 1_000.0) - 1)));
    }

    internal IEnumerable<string> Problems()
    {
        if (Lease <= TimeSpan.Zero || Lease > TimeSpan.FromHours(1)) yield return $"Outbox.Lease is longer than zero and at most an hour, not {Lease}.";
        if (Waits is not { Count: > 0 } || Waits.Any(wait => wait <= TimeSpan.Zero)) yield return "Outbox.Waits has at least one wait, and each is longer than zero.";
        if (Jitter is not (>= 0 and <= 1)) yield return $"Outbox.Jitter is between 0 and 1, not {Jitter}.";
        if (KeepDelivered < TimeSpan.FromHours(2)) yield return $"Outbox.KeepDelivered is at least two hours, not {KeepDelivered}.";
        if (MaxFailures < 1) yield return $"Outbox.MaxFailures is at least 1, not {MaxFailures}.";
    }
}

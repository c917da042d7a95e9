namespace InvoicePayments;

/// <summary>How the work beside requests is done.</summary>
public sealed class BackgroundWorkOptions
{
    /// <summary>How long to wait when there was nothing more to recover or deliver. Default 5 seconds.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait between two collections. Default 10 minutes.</summary>
    public TimeSpan CollectEvery { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long to wait between two purges. Default an hour.</summary>
    public TimeSpan PurgeEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>By how much a wait is made longer or shorter, 0 to 1, so that many hosts do not come at once. Default 0.2: a fifth at most.</summary>
    public double Jitter { get; set; } = 0.2;

    /// <summary>How long to wait at most after failures in a row: the wait doubles from <see cref="Pause"/> on. Default a minute.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many items are taken at once, 1 to 1,000. Default 100.</summary>
    public int Batch { get; set; } = 100;

    /// <summary>How many of them are worked on at the same time, 1 to 64. Default 4.</summary>
    public int Parallelism { get; set; } = 4;

    /// <summary>
    /// The tenants whose due invoices are charged by themselves. Default none: whether and when customers are charged is the host's to say,
    /// here or by <see cref="ICollectInvoices.CollectAsync"/>.
    /// </summary>
    public IReadOnlyList<TenantId> CollectFor { get; set; } = [];

    /// <summary>What is wrong, one sentence each.</summary>
    internal IEnumerable<string> Problems()
    {
        foreach (var (name, wait) in new[] { (nameof(Pause), Pause), (nameof(CollectEvery), CollectEvery), (nameof(PurgeEvery), PurgeEvery), (nameof(LongestPause), LongestPause) })
            if (wait < TimeSpan.FromMilliseconds(10) || wait > TimeSpan.FromDays(7)) yield return $"Background work: {name} is between 10 ms and 7 days, not {wait}.";
        if (LongestPause < Pause) yield return $"Background work: {nameof(LongestPause)} is at least {nameof(Pause)}.";
        if (Jitter is not (>= 0 and <= 1)) yield return $"Background work: {nameof(Jitter)} is between 0 and 1, not {Jitter}.";
        if (Batch is < 1 or > 1_000) yield return $"Background work: {nameof(Batch)} is between 1 and 1,000, not {Batch}.";
        if (Parallelism is < 1 or > 64) yield return $"Background work: {nameof(Parallelism)} is between 1 and 64, not {Parallelism}.";
        if (CollectFor is null) yield return $"Background work: {nameof(CollectFor)} is a list; leave it alone for none.";
    }
}

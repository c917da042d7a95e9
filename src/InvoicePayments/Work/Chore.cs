namespace InvoicePayments;

/// <summary>One kind of work: how a round of it is done, and how long to wait when nothing is left.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Pause">How long to wait when a round has found less than it could take.</param>
/// <param name="RunAsync">One round.</param>
internal sealed record Chore(WorkKind Kind, TimeSpan Pause, Func<IInvoicePaymentService, CancellationToken, Task<Round>> RunAsync)
{
    private static readonly CollectionRunId Run = new("background-work");

    /// <summary>What it is called where it can be watched.</summary>
    internal string Word => Kind switch
    {
        WorkKind.Recover => "recover",
        WorkKind.Collect => "collect",
        WorkKind.Deliver => "deliver",
        _ => "purge",
    };

    internal static Chore Recover(BackgroundWorkOptions options) => new(WorkKind.Recover, options.Pause, async (service, stopping) =>
    {
        var report = await service.RecoverAsync(options.Batch, options.Parallelism, stopping).ConfigureAwait(false);

        // One that cannot be looked after does not keep the others waiting; it is told once they are done.
        if (report.Failures is [var first, ..]) throw new WorkFailure(report.LookedAt, first.Why);
        return new(report.LookedAt + report.Recalled, report.LookedAt >= options.Batch);
    });

    internal static Chore Deliver(BackgroundWorkOptions options) => new(WorkKind.Deliver, options.Pause, async (service, stopping) =>
    {
        // Each claims streams of its own.
        var each = Math.Max(1, options.Batch / options.Parallelism);
        var reports = await Task.WhenAll(Enumerable.Range(0, options.Parallelism).Select(_ => service.DispatchAsync(each, stopping))).ConfigureAwait(false);
        return new(reports.Sum(r => r.Facts), reports.Any(r => r.Streams >= each));
    });

    /// <summary>
    /// The id of the run is always the same: a try is known by its number, so hosts side by side charge it once, and one that was stopped is
    /// taken up where it ended.
    /// </summary>
    internal static Chore Collect(BackgroundWorkOptions options) => new(WorkKind.Collect, options.CollectEvery, async (service, stopping) =>
    {
        var charged = 0;
        foreach (var tenant in options.CollectFor)
        {
            var run = new CollectionRun { Id = Run, Tenant = tenant, Parallelism = options.Parallelism, PageSize = options.Batch };
            await foreach (var item in service.CollectAsync(run, null, stopping).ConfigureAwait(false))
                if (item.Result is not PaymentResult.Rejected) charged++;
        }

        return new(charged, HasMore: false);
    });

    internal static Chore Purge(BackgroundWorkOptions options) => new(WorkKind.Purge, options.PurgeEvery, async (service, stopping) =>
    {
        var purged = await service.PurgeAsync(options.Batch, stopping).ConfigureAwait(false);
        return new(purged, purged >= options.Batch);
    });
}

/// <summary>What one round did.</summary>
/// <param name="Items">How many items.</param>
/// <param name="HasMore">Whether there may be more at once.</param>
internal readonly record struct Round(int Items, bool HasMore);

/// <summary>Some of the items of a round could not be worked on; the others were.</summary>
internal sealed class WorkFailure(int items, Exception why) : Exception(null, why)
{
    internal int Items => items;
}

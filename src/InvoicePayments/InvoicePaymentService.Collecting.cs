namespace InvoicePayments;

/// <content>Collection runs and dunning.</content>
internal sealed partial class InvoicePaymentService
{
    public IAsyncEnumerable<CollectionItem> CollectAsync(
        CollectionRun run, IProgress<CollectionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        RequireLimit(run.PageSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(run.Parallelism, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(run.Parallelism, 64);
        if (run.Id.IsDefault) throw new ArgumentException("The run has no id.", nameof(run));

        // A charge is never given up in the middle: the caller's token counts between two of them.
        var dueBy = run.DueBy?.ToUniversalTime() ?? runtime.Time.GetUtcNow();
        return new CollectionRunner(Require(dueInvoices), c => RunAsync("collect", c, CancellationToken.None), run, dueBy).RunAsync(progress, cancellationToken);
    }

    public Task<InvoiceResult> StopDunningAsync(StopDunning command, CancellationToken cancellationToken = default) =>
        RunAsync("stop_dunning", command, cancellationToken);

    public Task<InvoiceResult> ResumeDunningAsync(ResumeDunning command, CancellationToken cancellationToken = default) =>
        RunAsync("resume_dunning", command, cancellationToken);
}

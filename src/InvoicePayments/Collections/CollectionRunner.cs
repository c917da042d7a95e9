using System.Runtime.CompilerServices;

namespace InvoicePayments;

/// <summary>
/// Lists what is due page by page, and keeps a few charges under way. It notes nothing of its own: what was charged is not due any more, and
/// what was begun is found again by its key. So it may end anywhere, and be started again by anybody.
/// </summary>
internal sealed class CollectionRunner(IDueInvoices invoices, Func<CollectInvoice, Task<PaymentResult>> charge, CollectionRun run, DateTimeOffset dueBy)
{
    internal async IAsyncEnumerable<CollectionItem> RunAsync(
        IProgress<CollectionProgress>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var total = progress is null ? 0 : await invoices.CountDueInvoicesAsync(run.Tenant, dueBy, cancellationToken).ConfigureAwait(false);
        var tally = new CollectionProgress(run.Id, total);
        progress?.Report(tally);

        var underWay = new List<Task<CollectionItem>>(run.Parallelism);
        try
        {
            await foreach (var invoice in DueAsync(cancellationToken).ConfigureAwait(false))
            {
                underWay.Add(ChargeAsync(invoice));
                if (underWay.Count < run.Parallelism) continue;
                yield return Tell(await NextOf(underWay).ConfigureAwait(false));
            }

            while (underWay.Count > 0) yield return Tell(await NextOf(underWay).ConfigureAwait(false));
        }
        finally
        {
            // Whoever stops listening does not leave a charge behind that nobody waits for.
            await ((Task)Task.WhenAll(underWay)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();

        CollectionItem Tell(CollectionItem item)
        {
            tally = tally.With(item);
            progress?.Report(tally);
            return item;
        }
    }

    // Ends early when it is cancelled, instead of throwing: what is under way is still to be told.
    private async IAsyncEnumerable<DueInvoice> DueAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (DueInvoice? last = null; ;)
        {
            var page = await invoices.ListDueInvoicesAsync(run.Tenant, dueBy, last, run.PageSize, CancellationToken.None).ConfigureAwait(false);
            foreach (var invoice in page)
            {
                if (cancellationToken.IsCancellationRequested) yield break;
                yield return last = invoice;
            }

            if (page.Count < run.PageSize) yield break;
        }
    }

    private async Task<CollectionItem> ChargeAsync(DueInvoice invoice)
    {
        var command = new CollectInvoice { Tenant = run.Tenant, InvoiceId = invoice.Invoice, Run = run.Id, Attempt = invoice.Attempt, DueBy = dueBy };
        return new(invoice.Invoice, invoice.Attempt, await charge(command).ConfigureAwait(false));
    }

    private static async Task<CollectionItem> NextOf(List<Task<CollectionItem>> underWay)
    {
        var first = await Task.WhenAny(underWay).ConfigureAwait(false);
        underWay.Remove(first);
        return await first.ConfigureAwait(false);
    }
}

namespace InvoicePayments;

/// <content>Several change sets that were stored at once: what stood in between nobody saw, but it counts.</content>
internal sealed partial class Books
{
    internal async ValueTask CheckAsync(IEnumerable<ChangeSet> stored)
    {
        var sets = stored.ToList();
        foreach (var invoice in sets.SelectMany(s => s.Invoices)) Remember(invoice);
        foreach (var set in sets) await CheckAsync(set, CommitResult.Committed).ConfigureAwait(false);
    }
}

namespace InvoicePayments;

/// <content>Several change sets that were stored at once: what stood in between nobody saw, but it counts.</content>
internal sealed partial class Books
{
    internal async ValueTask CheckAsync(IEnumerable<ChangeSet> stored)
    {
        var sets = stored.ToList();
        foreach (var invoice in sets.SelectMany(s => s.Invoices)) Remember(invoice);

        // The credit that is there now is spoken for by the operations of all of them.
        foreach (var set in sets) await NoteOperationsAsync(set).ConfigureAwait(false);
        foreach (var set in sets) await CheckAsync(set, CommitResult.Committed).ConfigureAwait(false);
    }

    private async ValueTask NoteOperationsAsync(ChangeSet changes)
    {
        if (changes.Operations.Count == 0) return;
        var state = await world.Store.LoadAsync(
            new() { Tenant = changes.Tenant, Operations = [.. changes.Operations.Select(o => o.Operation.Id)] }, CancellationToken.None).ConfigureAwait(false);
        foreach (var operation in state.Operations) Check(operation);
    }
}

namespace InvoicePayments;

/// <content>Several change sets at once: one call, so that they are stored together, or none of them when the call fails before.</content>
internal sealed partial class HostStore : ICommitInOrder
{
    public ValueTask<int> CommitInOrderAsync(IReadOnlyList<ChangeSet> changes, CancellationToken cancellationToken) =>
        CallAsync($"commit of {changes.Count}", () => StoreAsync(changes), isWrite: true);

    private async ValueTask<int> StoreAsync(IReadOnlyList<ChangeSet> changes)
    {
        var stored = world.Store is ICommitInOrder inOrder
            ? await inOrder.CommitInOrderAsync(changes, CancellationToken.None).ConfigureAwait(false)
            : await OneByOneAsync(changes).ConfigureAwait(false);
        await world.Books.CheckAsync(changes.Take(stored)).ConfigureAwait(false);
        return stored;
    }

    // A call is served by itself, so this is as good as one transaction.
    private async ValueTask<int> OneByOneAsync(IReadOnlyList<ChangeSet> changes)
    {
        var stored = 0;
        while (stored < changes.Count && await world.Store.CommitAsync(changes[stored], CancellationToken.None).ConfigureAwait(false) == CommitResult.Committed) stored++;
        return stored;
    }
}

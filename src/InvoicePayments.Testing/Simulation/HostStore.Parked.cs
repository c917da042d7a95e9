namespace InvoicePayments;

/// <content>What is kept because nobody knew what it is about, where the store lists it.</content>
internal sealed partial class HostStore : IParkedOutcomes
{
    public ValueTask<IReadOnlyList<ParkedOutcome>> ListDueParkedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        CallAsync("list kept news", () => world.ParkedOutcomes!.ListDueParkedAsync(now, limit, CancellationToken.None));

    public ValueTask PutOffParkedAsync(ParkedOutcome parked, DateTimeOffset until, CancellationToken cancellationToken) =>
        WriteAsync("put off kept news", () => world.ParkedOutcomes!.PutOffParkedAsync(parked, until, CancellationToken.None));

    public ValueTask RemoveParkedAsync(ParkedOutcome parked, CancellationToken cancellationToken) =>
        WriteAsync("remove kept news", () => world.ParkedOutcomes!.RemoveParkedAsync(parked, CancellationToken.None));

    private async ValueTask WriteAsync(string what, Func<ValueTask> write) => await CallAsync(
        what,
        async () =>
        {
            await write().ConfigureAwait(false);
            return CommitResult.Committed;
        },
        isWrite: true).ConfigureAwait(false);
}

namespace InvoicePayments;

/// <content>The outbox, where the store has one.</content>
internal sealed partial class HostStore : IOutbox, IRetention
{
    private IOutbox Outbox => world.Outbox ?? throw new InvalidOperationException("The simulated store has no outbox.");

    public ValueTask<IReadOnlyList<OutboxClaim>> ClaimAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
        CallAsync("claim of facts", () => Outbox.ClaimAsync(now, until, limit, CancellationToken.None));

    public ValueTask<CommitResult> SettleAsync(OutboxClaim claim, OutboxProgress progress, CancellationToken cancellationToken) =>
        CallAsync("note of what was delivered", () => Outbox.SettleAsync(claim, progress, CancellationToken.None), isWrite: true);

    public ValueTask<IReadOnlyList<DeadLetter>> ListDeadAsync(TenantId tenant, int limit, CancellationToken cancellationToken) =>
        CallAsync("list dead letters", () => Outbox.ListDeadAsync(tenant, limit, CancellationToken.None));

    public ValueTask<CommitResult> ReleaseAsync(TenantId tenant, OutboxStream stream, DateTimeOffset now, CancellationToken cancellationToken) =>
        CallAsync("release", () => Outbox.ReleaseAsync(tenant, stream, now, CancellationToken.None), isWrite: true);

    public ValueTask<int> PurgeAsync(DateTimeOffset idleSince, int limit, CancellationToken cancellationToken) =>
        CallAsync("purge", () => Retention.PurgeAsync(idleSince, limit, CancellationToken.None), isWrite: true);

    private IRetention Retention => world.Retention ?? throw new InvalidOperationException("The simulated store forgets nothing.");
}

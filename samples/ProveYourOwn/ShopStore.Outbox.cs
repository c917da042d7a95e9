using InvoicePayments;

namespace ProveYourOwn;

/// <content>How far the facts of each invoice and credit were delivered.</content>
internal sealed partial class ShopStore
{
    private readonly Dictionary<(TenantId, OutboxStream), Delivery> _outbox = [];

    public ValueTask<IReadOnlyList<OutboxClaim>> ClaimAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var due = _outbox.Where(row => row.Value.DueAt <= now).OrderBy(row => row.Value.DueAt).Take(limit).ToList();
            foreach (var (key, row) in due) _outbox[key] = row with { DueAt = until, Fence = row.Fence + 1 };
            return new([.. due.Select(d => new OutboxClaim(d.Key.Item1, d.Key.Item2, d.Value.Delivered, d.Value.Failures, d.Value.Fence + 1))]);
        }
    }

    public ValueTask<CommitResult> SettleAsync(OutboxClaim claim, OutboxProgress progress, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_outbox.GetValueOrDefault((claim.Tenant, claim.Stream)) is not { } row || row.Fence != claim.Fence) return new(CommitResult.Conflict);
            _outbox[(claim.Tenant, claim.Stream)] = row with
            {
                Delivered = progress.Delivered, Failures = progress.Failures, Error = progress.Error, IsDead = progress.NextAt is null,
                DueAt = row.Last > progress.Delivered ? progress.NextAt : null,
                IdleSince = row.Last > progress.Delivered ? null : progress.NextAt, Fence = row.Fence + 1,
            };
            return new(CommitResult.Committed);
        }
    }

    public ValueTask<IReadOnlyList<DeadLetter>> ListDeadAsync(TenantId tenant, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var dead = _outbox.Where(row => row.Value.IsDead && row.Key.Item1 == tenant).OrderBy(row => row.Key.Item2.Key, StringComparer.Ordinal);
            return new([.. dead.Take(limit).Select(d => new DeadLetter(tenant, d.Key.Item2, d.Value.Delivered + 1, d.Value.Failures, d.Value.Error ?? ""))]);
        }
    }

    public ValueTask<CommitResult> ReleaseAsync(TenantId tenant, OutboxStream stream, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_outbox.GetValueOrDefault((tenant, stream)) is not { IsDead: true } row) return new(CommitResult.Conflict);
            _outbox[(tenant, stream)] = row with { IsDead = false, Failures = 0, DueAt = now, Fence = row.Fence + 1 };
            return new(CommitResult.Committed);
        }
    }

    public ValueTask<int> PurgeAsync(DateTimeOffset idleSince, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var idle = _outbox.Where(row => row.Value.IdleSince < idleSince).Take(limit).Select(row => row.Key).ToList();
            foreach (var key in idle) _outbox.Remove(key);
            return new(idle.Count);
        }
    }

    private void Tell(TenantId tenant, OutboxStream stream, long sequence, DateTimeOffset at)
    {
        var row = _outbox.GetValueOrDefault((tenant, stream)) ?? new() { Delivered = sequence - 1 };
        _outbox[(tenant, stream)] = row with { Last = Math.Max(row.Last, sequence), DueAt = row.IsDead ? null : row.DueAt ?? at, IdleSince = null };
    }

    private sealed record Delivery
    {
        public long Delivered { get; init; }

        public long Last { get; init; }

        public DateTimeOffset? DueAt { get; init; }

        public DateTimeOffset? IdleSince { get; init; }

        public int Failures { get; init; }

        public bool IsDead { get; init; }

        public string? Error { get; init; }

        public long Fence { get; init; }
    }
}

using InvoicePayments;

namespace ProveYourOwn;

/// <content>How far the facts of each invoice were delivered.</content>
internal sealed partial class ShopStore
{
    private readonly Dictionary<(TenantId, InvoiceId), Delivery> _outbox = [];

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
            if (_outbox.GetValueOrDefault((claim.Tenant, claim.Invoice)) is not { } row || row.Fence != claim.Fence) return new(CommitResult.Conflict);
            _outbox[(claim.Tenant, claim.Invoice)] = row with
            {
                Delivered = progress.Delivered, Failures = progress.Failures, Error = progress.Error, IsDead = progress.NextAt is null,
                DueAt = row.Last > progress.Delivered ? progress.NextAt : null, Fence = row.Fence + 1,
            };
            return new(CommitResult.Committed);
        }
    }

    public ValueTask<IReadOnlyList<DeadLetter>> ListDeadAsync(TenantId tenant, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var dead = _outbox.Where(row => row.Value.IsDead && row.Key.Item1 == tenant).OrderBy(row => row.Key.Item2.Value, StringComparer.Ordinal);
            return new([.. dead.Take(limit).Select(d => new DeadLetter(tenant, d.Key.Item2, d.Value.Delivered + 1, d.Value.Failures, d.Value.Error ?? ""))]);
        }
    }

    public ValueTask<CommitResult> ReleaseAsync(TenantId tenant, InvoiceId invoice, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_outbox.GetValueOrDefault((tenant, invoice)) is not { IsDead: true } row) return new(CommitResult.Conflict);
            _outbox[(tenant, invoice)] = row with { IsDead = false, Failures = 0, DueAt = now, Fence = row.Fence + 1 };
            return new(CommitResult.Committed);
        }
    }

    private void Tell(IReadOnlyList<InvoiceEvent> facts)
    {
        foreach (var fact in facts)
        {
            var row = _outbox.GetValueOrDefault((fact.Tenant, fact.Invoice)) ?? new();
            _outbox[(fact.Tenant, fact.Invoice)] = row with { Last = Math.Max(row.Last, fact.Sequence), DueAt = row.IsDead ? null : row.DueAt ?? fact.At };
        }
    }

    private sealed record Delivery
    {
        public long Delivered { get; init; }

        public long Last { get; init; }

        public DateTimeOffset? DueAt { get; init; }

        public int Failures { get; init; }

        public bool IsDead { get; init; }

        public string? Error { get; init; }

        public long Fence { get; init; }
    }
}

namespace InvoicePayments;

public sealed partial class InMemoryPaymentStore
{
    private static readonly Comparer<(DateTimeOffset At, string Tenant, string Invoice)> LongestOverdueFirst = Comparer<(DateTimeOffset At, string Tenant, string Invoice)>.Create(
        static (one, other) => one.At != other.At ? one.At.CompareTo(other.At)
            : string.CompareOrdinal(one.Tenant, other.Tenant) is not 0 and var byTenant ? byTenant : string.CompareOrdinal(one.Invoice, other.Invoice));

    private readonly SortedDictionary<(DateTimeOffset At, string Tenant, string Invoice), (TenantId Tenant, InvoiceId Invoice)> _undelivered = new(LongestOverdueFirst);
    private readonly Dictionary<(TenantId, InvoiceId), OutboxRow> _outbox = [];

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OutboxClaim>> ClaimAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        Require(limit, cancellationToken);
        lock (_lock)
        {
            var claims = new List<OutboxClaim>();
            foreach (var key in _undelivered.TakeWhile(due => due.Key.At <= now).Take(limit).Select(due => due.Value).ToList())
            {
                var row = _outbox[key];
                Schedule(key, row, until);
                claims.Add(new(key.Tenant, key.Invoice, row.Delivered, row.Failures, ++row.Fence));
            }

            return new(claims);
        }
    }

    /// <inheritdoc/>
    public ValueTask<CommitResult> SettleAsync(OutboxClaim claim, OutboxProgress progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(progress);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var key = (claim.Tenant, claim.Invoice);
            if (!_outbox.TryGetValue(key, out var row) || row.Fence != claim.Fence) return new(CommitResult.Conflict);
            (row.Delivered, row.Failures, row.Error, row.IsDead, row.Fence) =
                (progress.Delivered, progress.Failures, progress.Error, progress.NextAt is null, row.Fence + 1);
            Schedule(key, row, row.Last > row.Delivered ? progress.NextAt : null);
            return new(CommitResult.Committed);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DeadLetter>> ListDeadAsync(TenantId tenant, int limit, CancellationToken cancellationToken)
    {
        Require(limit, cancellationToken);
        lock (_lock)
        {
            var dead = _outbox.Where(row => row.Value.IsDead && row.Key.Item1 == tenant).OrderBy(row => row.Key.Item2.Value, StringComparer.Ordinal).Take(limit);
            return new([.. dead.Select(row => new DeadLetter(tenant, row.Key.Item2, row.Value.Delivered + 1, row.Value.Failures, row.Value.Error ?? ""))]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<CommitResult> ReleaseAsync(TenantId tenant, InvoiceId invoice, DateTimeOffset now, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_outbox.TryGetValue((tenant, invoice), out var row) || !row.IsDead) return new(CommitResult.Conflict);
            (row.IsDead, row.Failures, row.Fence) = (false, 0, row.Fence + 1);
            Schedule((tenant, invoice), row, now);
            return new(CommitResult.Committed);
        }
    }

    private void Tell(InvoiceEvent fact)
    {
        var key = (fact.Tenant, fact.Invoice);
        if (!_outbox.TryGetValue(key, out var row)) _outbox[key] = row = new();
        row.Last = Math.Max(row.Last, fact.Sequence);
        if (!row.IsDead && row.DueAt is null) Schedule(key, row, fact.At);
    }

    private void Schedule((TenantId Tenant, InvoiceId Invoice) key, OutboxRow row, DateTimeOffset? at)
    {
        if (row.DueAt is { } before) _undelivered.Remove((before, key.Tenant.Value, key.Invoice.Value));
        row.DueAt = at;
        if (at is { } due) _undelivered[(due, key.Tenant.Value, key.Invoice.Value)] = key;
    }

    /// <summary>How far the facts of an invoice were delivered.</summary>
    private sealed class OutboxRow
    {
        public long Delivered { get; set; }

        public long Last { get; set; }

        public DateTimeOffset? DueAt { get; set; }

        public int Failures { get; set; }

        public bool IsDead { get; set; }

        public string? Error { get; set; }

        public long Fence { get; set; }
    }
}

namespace InvoicePayments;

public sealed partial class InMemoryPaymentStore
{
    private static readonly Comparer<(DateTimeOffset At, string Tenant, string Stream)> LongestOverdueFirst = Comparer<(DateTimeOffset At, string Tenant, string Stream)>.Create(
        static (one, other) => one.At != other.At ? one.At.CompareTo(other.At)
            : string.CompareOrdinal(one.Tenant, other.Tenant) is not 0 and var byTenant ? byTenant : string.CompareOrdinal(one.Stream, other.Stream));

    private readonly SortedDictionary<(DateTimeOffset At, string Tenant, string Stream), (TenantId Tenant, OutboxStream Stream)> _undelivered = new(LongestOverdueFirst);
    private readonly Dictionary<(TenantId, OutboxStream), OutboxRow> _outbox = [];

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
                claims.Add(new(key.Tenant, key.Stream, row.Delivered, row.Failures, ++row.Fence));
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
            var key = (claim.Tenant, claim.Stream);
            if (!_outbox.TryGetValue(key, out var row) || row.Fence != claim.Fence) return new(CommitResult.Conflict);
            (row.Delivered, row.Failures, row.Error, row.IsDead, row.Fence) =
                (progress.Delivered, progress.Failures, progress.Error, progress.NextAt is null, row.Fence + 1);
            Schedule(key, row, row.Last > row.Delivered ? progress.NextAt : null);
            row.IdleSince = row.DueAt is null && !row.IsDead ? progress.NextAt : null;
            return new(CommitResult.Committed);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DeadLetter>> ListDeadAsync(TenantId tenant, int limit, CancellationToken cancellationToken)
    {
        Require(limit, cancellationToken);
        lock (_lock)
        {
            var dead = _outbox.Where(row => row.Value.IsDead && row.Key.Item1 == tenant).OrderBy(row => row.Key.Item2.Key, StringComparer.Ordinal).Take(limit);
            return new([.. dead.Select(row => new DeadLetter(tenant, row.Key.Item2, row.Value.Delivered + 1, row.Value.Failures, row.Value.Error ?? ""))]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<CommitResult> ReleaseAsync(TenantId tenant, OutboxStream stream, DateTimeOffset now, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_outbox.TryGetValue((tenant, stream), out var row) || !row.IsDead) return new(CommitResult.Conflict);
            (row.IsDead, row.Failures, row.Fence) = (false, 0, row.Fence + 1);
            Schedule((tenant, stream), row, now);
            return new(CommitResult.Committed);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> PurgeAsync(DateTimeOffset idleSince, int limit, CancellationToken cancellationToken)
    {
        Require(limit, cancellationToken);
        lock (_lock)
        {
            var idle = _outbox.Where(row => row.Value.IdleSince < idleSince).Take(limit).Select(row => row.Key).ToList();
            foreach (var key in idle) _outbox.Remove(key);
            return new(idle.Count);
        }
    }

    private void Tell(TenantId tenant, OutboxStream stream, long sequence, DateTimeOffset at)
    {
        var key = (tenant, stream);
        if (!_outbox.TryGetValue(key, out var row)) _outbox[key] = row = new() { Delivered = sequence - 1 };
        row.Last = Math.Max(row.Last, sequence);
        if (!row.IsDead && row.DueAt is null) Schedule(key, row, at);
    }

    private void Schedule((TenantId Tenant, OutboxStream Stream) key, OutboxRow row, DateTimeOffset? at)
    {
        if (row.DueAt is { } before) _undelivered.Remove((before, key.Tenant.Value, key.Stream.Key));
        (row.DueAt, row.IdleSince) = (at, null);
        if (at is { } due) _undelivered[(due, key.Tenant.Value, key.Stream.Key)] = key;
    }

    /// <summary>How far the facts of a stream were delivered.</summary>
    private sealed class OutboxRow
    {
        public long Delivered { get; set; }

        public long Last { get; set; }

        public DateTimeOffset? DueAt { get; set; }

        /// <summary>Since when there is nothing to deliver; null while there is.</summary>
        public DateTimeOffset? IdleSince { get; set; }

        public int Failures { get; set; }

        public bool IsDead { get; set; }

        public string? Error { get; set; }

        public long Fence { get; set; }
    }
}

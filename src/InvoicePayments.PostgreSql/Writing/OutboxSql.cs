namespace InvoicePayments;

/// <summary>What deliveries do to the outbox; what commits do to it is in <see cref="WriteSql"/>.</summary>
internal sealed class OutboxSql(SchemaName s)
{
    // Of many who ask at once each passes over what another has under its hands.
    internal string Claim { get; } = $"""
        WITH due AS MATERIALIZED (
            SELECT tenant, stream, due_at FROM {s}.outbox WHERE due_at IS NOT NULL AND due_at <= $1
            ORDER BY due_at, tenant, stream LIMIT @limit FOR UPDATE SKIP LOCKED)
        UPDATE {s}.outbox AS o SET due_at = $2, fence = o.fence + 1 FROM due
        WHERE o.tenant = due.tenant AND o.stream = due.stream
        RETURNING o.tenant, o.stream, o.delivered, o.failures, o.fence, due.due_at
        """;

    internal string Settle { get; } = $"""
        UPDATE {s}.outbox SET
            delivered = $4, failures = $5, error = $7, is_dead = ($6::bigint IS NULL), fence = fence + 1,
            due_at = CASE WHEN last > $4 THEN $6::bigint ELSE NULL END,
            idle_since = CASE WHEN last > $4 THEN NULL ELSE $6::bigint END
        WHERE tenant = $1 AND stream = $2 AND fence = $3
        """;

    internal string Dead { get; } = $"""
        SELECT tenant, stream, delivered + 1, failures, error FROM {s}.outbox WHERE tenant = $1 AND is_dead ORDER BY stream LIMIT @limit
        """;

    // Whoever is being told something at this moment is passed over.
    internal string Purge { get; } = $"""
        DELETE FROM {s}.outbox WHERE (tenant, stream) IN (
            SELECT tenant, stream FROM {s}.outbox WHERE idle_since IS NOT NULL AND idle_since < $1 ORDER BY idle_since LIMIT @limit FOR UPDATE SKIP LOCKED)
        RETURNING 1
        """;

    internal string Release { get; } = $"""
        UPDATE {s}.outbox SET is_dead = false, failures = 0, due_at = $3, fence = fence + 1 WHERE tenant = $1 AND stream = $2 AND is_dead
        """;
}

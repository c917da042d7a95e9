namespace InvoicePayments;

/// <content>The outbox: one row per stream beside its facts.</content>
internal static partial class Sql
{
    /// <summary>What commits and deliveries do to it.</summary>
    internal static class Outbox
    {
        // A stream that waits already: as a rule, and then no index is touched.
        internal const string TellMore =
            "UPDATE outbox SET last = max(last, $last) WHERE tenant = $tenant AND stream = $stream AND due_at IS NOT NULL";

        // A dead letter stays one, and whoever waits goes on waiting: later facts come after earlier ones.
        internal const string Tell = """
            INSERT INTO outbox (tenant, stream, delivered, last, due_at, failures, is_dead, fence)
            VALUES ($tenant, $stream, $first - 1, $last, $at, 0, 0, 0)
            ON CONFLICT (tenant, stream) DO UPDATE SET
                last = max(last, excluded.last), idle_since = NULL,
                due_at = CASE WHEN is_dead = 1 THEN NULL ELSE coalesce(due_at, excluded.due_at) END
            """;

        // What an update returns comes in no particular order, so what is taken is read first, in the same transaction.
        internal const string Due = """
            SELECT tenant, stream, delivered, failures, fence + 1 FROM outbox INDEXED BY outbox_due
            WHERE due_at <= $now
            ORDER BY due_at, tenant, stream
            LIMIT $limit
            """;

        internal const string Claim = """
            UPDATE outbox SET due_at = $until, fence = fence + 1
            WHERE rowid IN (
                SELECT rowid FROM outbox INDEXED BY outbox_due
                WHERE due_at <= $now
                ORDER BY due_at, tenant, stream
                LIMIT $limit)
            """;

        internal const string Settle = """
            UPDATE outbox SET
                delivered = $delivered, failures = $failures, error = $error, is_dead = $is_dead, fence = fence + 1,
                due_at = CASE WHEN last > $delivered THEN $next_at ELSE NULL END,
                idle_since = CASE WHEN last > $delivered OR $is_dead = 1 THEN NULL ELSE $next_at END
            WHERE tenant = $tenant AND stream = $stream AND fence = $fence
            """;

        internal const string Dead = """
            SELECT tenant, stream, delivered + 1, failures, error FROM outbox INDEXED BY outbox_dead
            WHERE tenant = $tenant AND is_dead = 1
            ORDER BY stream
            LIMIT $limit
            """;

        internal const string Purge = """
            DELETE FROM outbox WHERE rowid IN (
                SELECT rowid FROM outbox INDEXED BY outbox_idle WHERE idle_since < $before ORDER BY idle_since LIMIT $limit)
            """;

        internal const string Release = """
            UPDATE outbox SET is_dead = 0, failures = 0, due_at = $now, fence = fence + 1
            WHERE tenant = $tenant AND stream = $stream AND is_dead = 1
            """;
    }
}

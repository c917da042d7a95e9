namespace InvoicePayments;

/// <summary>
/// What hosts page through. The limit is written into the statement: as a parameter it would make the planner believe that a tenth of the table is wanted.
/// </summary>
internal sealed class ListSql(SchemaName s)
{
    internal string Operations { get; } = $"""
        SELECT part.position, o.body FROM (
            SELECT position, operation_id FROM {s}.operation_invoice
            WHERE tenant = $1 AND invoice_id = $2 AND position > $3 ORDER BY position LIMIT @limit) part
        CROSS JOIN LATERAL (SELECT body FROM {s}.operation x WHERE x.tenant = $1 AND x.operation_id = part.operation_id OFFSET 0) o
        ORDER BY part.position
        """;

    internal string Facts { get; } =
        $"SELECT sequence, body FROM {s}.fact WHERE tenant = $1 AND invoice_id = $2 AND sequence > $3 ORDER BY sequence LIMIT @limit";

    internal string CreditFacts { get; } =
        $"SELECT sequence, body FROM {s}.credit_fact WHERE tenant = $1 AND account_id = $2 AND currency = $3 AND sequence > $4 ORDER BY sequence LIMIT @limit";

    internal string Parked { get; } =
        $"SELECT received_at, body FROM {s}.parked_outcome WHERE tenant = $1 ORDER BY received_at, operation_id, evidence LIMIT @limit";

    internal string DueParked { get; } =
        $"SELECT look_at, body FROM {s}.parked_outcome WHERE look_at <= $1 ORDER BY look_at, tenant, operation_id, evidence LIMIT @limit";

    // A row value, so that the index itself says where the page begins.
    internal string DueInvoices { get; } = $"""
        SELECT invoice_id, collect_at, attempt FROM {s}.invoice
        WHERE tenant = $1 AND collect_at IS NOT NULL AND collect_at <= $2 AND (collect_at, invoice_id) > ($3, $4)
        ORDER BY collect_at, invoice_id LIMIT @limit
        """;

    internal string CountDueInvoices { get; } =
        $"SELECT count(*) FROM {s}.invoice WHERE tenant = $1 AND collect_at IS NOT NULL AND collect_at <= $2";

    internal string Movements { get; } = $"""
        SELECT moved_at, body FROM {s}.operation
        WHERE tenant = $1 AND gateway = $2 AND gateway_id IS NOT NULL AND (gateway_id, operation_id) > ($3, $4) AND moved_at >= $5 AND moved_at < $6
        ORDER BY gateway_id, operation_id LIMIT @limit
        """;

    internal string Due { get; } = $"""
        SELECT tenant, operation_id FROM {s}.operation WHERE next_check_at IS NOT NULL AND next_check_at <= $1
        ORDER BY next_check_at, tenant, operation_id LIMIT @limit
        """;
}

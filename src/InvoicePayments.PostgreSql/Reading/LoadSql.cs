namespace InvoicePayments;

/// <summary>
/// The statement of a load, for any number of loads: everything they want, deduplicated, and everything that comes along with it, as of one
/// moment. OFFSET 0 keeps the planner from turning a look-up by key into a join over whole tables, however few rows it believes there are.
/// </summary>
internal sealed class LoadSql(SchemaName s)
{
    /// <summary>
    /// The same for what nearly every payment asks for, an invoice and an operation that is not there yet, or is there and paid that invoice, in a
    /// fraction of the time. What an operation takes from, other documents that it pays, and what an instalment is one of do not come along: whoever
    /// needs them asks for all of it again.
    /// </summary>
    internal string Plain { get; } = $"""
        WITH want AS MATERIALIZED (
            SELECT unnest($1::smallint[]) AS kind, unnest($2::text[]) AS tenant, unnest($3::text[]) AS a, unnest($4::text[]) AS b),
        inv AS MATERIALIZED (
            SELECT i.* FROM want w CROSS JOIN LATERAL (
                SELECT tenant, invoice_id, account_id, currency, body FROM {s}.invoice x
                WHERE x.tenant = w.tenant AND x.invoice_id = w.a OFFSET 0) i
            WHERE w.kind = 1),
        op AS MATERIALIZED (
            SELECT o.* FROM want w CROSS JOIN LATERAL (
                SELECT tenant, payment_id, body, command FROM {s}.operation x WHERE x.tenant = w.tenant AND x.operation_id = w.a OFFSET 0) o
            WHERE w.kind = 2)
        SELECT 1::smallint, body, NULL::text, 0::bigint FROM inv
        UNION ALL
        SELECT 2, body, command, 0 FROM op
        UNION ALL
        SELECT 3, p.body, NULL, 0 FROM op n CROSS JOIN LATERAL (
            SELECT body FROM {s}.payment x WHERE x.tenant = n.tenant AND x.payment_id = n.payment_id OFFSET 0) p
        UNION ALL
        {Open(s, "inv")}
        UNION ALL
        SELECT 5, c.body, NULL, 0 FROM inv v CROSS JOIN LATERAL (
            SELECT body FROM {s}.account_credit x WHERE x.tenant = v.tenant AND x.account_id = v.account_id AND x.currency = v.currency OFFSET 0) c
        UNION ALL
        {Parked(s)}
        """;

    internal string Text { get; } = $"""
        WITH want AS MATERIALIZED (
            SELECT unnest($1::smallint[]) AS kind, unnest($2::text[]) AS tenant, unnest($3::text[]) AS a, unnest($4::text[]) AS b),
        named AS MATERIALIZED (
            SELECT o.* FROM want w CROSS JOIN LATERAL (
                SELECT tenant, payment_id, authorization_id, documents, body, command FROM {s}.operation x
                WHERE x.tenant = w.tenant AND x.operation_id = w.a OFFSET 0) o
            WHERE w.kind = 2
            UNION ALL
            SELECT o.* FROM want w CROSS JOIN LATERAL (
                SELECT tenant, payment_id, authorization_id, documents, body, command FROM {s}.operation x
                WHERE x.tenant = w.tenant AND x.gateway = w.a AND x.gateway_id = w.b AND x.gateway_id IS NOT NULL OFFSET 0) o
            WHERE w.kind = 3
            UNION ALL
            SELECT o.* FROM want w
            CROSS JOIN LATERAL (SELECT operation_id FROM {s}.open_operation x WHERE x.tenant = w.tenant AND x.invoice_id = w.a OFFSET 0) p
            CROSS JOIN LATERAL (
                SELECT tenant, payment_id, authorization_id, documents, body, command FROM {s}.operation x
                WHERE x.tenant = w.tenant AND x.operation_id = p.operation_id AND x.kind = 'Authorize' AND x.gateway_id = w.b OFFSET 0) o
            WHERE w.kind = 4),
        op AS MATERIALIZED (
            SELECT * FROM named
            UNION ALL
            SELECT o.* FROM named n CROSS JOIN LATERAL (
                SELECT tenant, payment_id, authorization_id, documents, body, command FROM {s}.operation x
                WHERE x.tenant = n.tenant AND x.operation_id = n.authorization_id OFFSET 0) o
            WHERE n.authorization_id IS NOT NULL),
        pay AS MATERIALIZED (
            SELECT p.*, w.asked FROM (
                SELECT tenant, a AS payment_id, true AS asked FROM want WHERE kind = 5
                UNION
                SELECT tenant, payment_id, false FROM op) w
            CROSS JOIN LATERAL (SELECT tenant, documents, body FROM {s}.payment x WHERE x.tenant = w.tenant AND x.payment_id = w.payment_id OFFSET 0) p),
        doc AS MATERIALIZED (
            SELECT tenant, a AS invoice_id FROM want WHERE kind = 1
            UNION SELECT tenant, unnest(documents) FROM op
            UNION SELECT tenant, unnest(documents) FROM pay WHERE asked),
        inv AS MATERIALIZED (
            SELECT i.* FROM doc d CROSS JOIN LATERAL (
                SELECT tenant, invoice_id, account_id, currency, instalment_of, default_method, body FROM {s}.invoice x
                WHERE x.tenant = d.tenant AND x.invoice_id = d.invoice_id OFFSET 0) i),
        every AS MATERIALIZED (
            SELECT * FROM inv
            UNION ALL
            SELECT i.* FROM inv v CROSS JOIN LATERAL (
                SELECT tenant, invoice_id, account_id, currency, instalment_of, default_method, body FROM {s}.invoice x
                WHERE x.tenant = v.tenant AND x.invoice_id = v.instalment_of OFFSET 0) i
            WHERE v.instalment_of IS NOT NULL),
        wallet AS MATERIALIZED (
            SELECT tenant, account_id, currency FROM every
            UNION SELECT tenant, a, b FROM want WHERE kind = 8)
        SELECT 1::smallint, body, NULL::text, 0::bigint FROM every
        UNION ALL
        SELECT 2, body, command, 0 FROM op
        UNION ALL
        SELECT 3, body, NULL, 0 FROM pay
        UNION ALL
        {Open(s, "(SELECT DISTINCT tenant, invoice_id FROM every)")}
        UNION ALL
        SELECT 5, c.body, NULL, 0 FROM wallet k CROSS JOIN LATERAL (
            SELECT body FROM {s}.account_credit x WHERE x.tenant = k.tenant AND x.account_id = k.account_id AND x.currency = k.currency OFFSET 0) c
        UNION ALL
        SELECT 6, m.body, NULL, m.is_default::int FROM (
            SELECT tenant, a AS method_id FROM want WHERE kind = 6
            UNION SELECT v.tenant, v.default_method FROM want w JOIN inv v ON v.tenant = w.tenant AND v.invoice_id = w.a
                WHERE w.kind = 7 AND v.default_method IS NOT NULL) k
        CROSS JOIN LATERAL (SELECT body, is_default FROM {s}.payment_method x WHERE x.tenant = k.tenant AND x.method_id = k.method_id OFFSET 0) m
        UNION ALL
        SELECT 6, m.body, NULL, 1 FROM (
            SELECT DISTINCT v.tenant, v.account_id FROM want w JOIN inv v ON v.tenant = w.tenant AND v.invoice_id = w.a
            WHERE w.kind = 7 AND v.default_method IS NULL) k
        CROSS JOIN LATERAL (SELECT body FROM {s}.payment_method x WHERE x.tenant = k.tenant AND x.account_id = k.account_id AND x.is_default OFFSET 0) m
        UNION ALL
        {Parked(s)}
        """;

    // What is open on invoices, and what was parked for operations.
    private static string Open(SchemaName s, string invoices) => $"""
        SELECT 4, o.body, v.invoice_id, p.position FROM {invoices} v
        CROSS JOIN LATERAL (SELECT operation_id, position FROM {s}.open_operation x WHERE x.tenant = v.tenant AND x.invoice_id = v.invoice_id OFFSET 0) p
        CROSS JOIN LATERAL (SELECT body FROM {s}.operation x WHERE x.tenant = v.tenant AND x.operation_id = p.operation_id OFFSET 0) o
        """;

    private static string Parked(SchemaName s) => $"""
        SELECT 7, p.body, NULL, 0 FROM want w CROSS JOIN LATERAL (
            SELECT body FROM {s}.parked_outcome x WHERE x.tenant = w.tenant AND x.operation_id = w.a OFFSET 0) p
        WHERE w.kind = 2
        """;
}

namespace InvoicePayments;

/// <summary>
/// The statements of a load, for any number of loads: everything they want, and everything that comes along with it, as of one moment. OFFSET 0 keeps
/// the planner from turning a look-up by key into a join over whole tables, however few rows it believes there are. A row may come more than once
/// where keeping it to one would cost more than reading it again.
/// </summary>
internal sealed class LoadSql(SchemaName s)
{
    /// <summary>For whoever names invoices, operations and methods, which is nearly everybody.</summary>
    internal string ByName { get; } = Statement(s, Named(s), "SELECT tenant, payment_id, false AS asked FROM op", "", "inv");

    /// <summary>For whoever asks for anything else as well, which takes longer.</summary>
    internal string Any { get; } = Statement(
        s,
        $"""
        {Named(s)}
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
            WHERE w.kind = 4
        """,
        "SELECT tenant, payment_id, false AS asked FROM op UNION ALL SELECT tenant, a, true FROM want WHERE kind = 5",
        "UNION SELECT tenant, unnest(documents) FROM pay WHERE asked",
        "(SELECT tenant, account_id, currency FROM inv UNION ALL SELECT tenant, a, b FROM want WHERE kind = 8)");

    private static string Named(SchemaName s) => $"""
        SELECT o.* FROM want w CROSS JOIN LATERAL (
                SELECT tenant, payment_id, authorization_id, documents, body, command FROM {s}.operation x
                WHERE x.tenant = w.tenant AND x.operation_id = w.a OFFSET 0) o
            WHERE w.kind = 2
        """;

    // With an operation come what it takes from, the payments of both and what they pay; with an invoice what it is an instalment of, what is open on it,
    // and its account's credit.
    private static string Statement(SchemaName s, string operations, string payments, string documents, string wallets) => $"""
        WITH want AS MATERIALIZED (
            SELECT unnest($1::smallint[]) AS kind, unnest($2::text[]) AS tenant, unnest($3::text[]) AS a, unnest($4::text[]) AS b),
        named AS MATERIALIZED (
            {operations}),
        op AS MATERIALIZED (
            SELECT * FROM named
            UNION ALL
            SELECT o.* FROM named n CROSS JOIN LATERAL (
                SELECT tenant, payment_id, authorization_id, documents, body, command FROM {s}.operation x
                WHERE x.tenant = n.tenant AND x.operation_id = n.authorization_id OFFSET 0) o
            WHERE n.authorization_id IS NOT NULL),
        pay AS MATERIALIZED (
            SELECT p.*, w.asked FROM ({payments}) w
            CROSS JOIN LATERAL (SELECT tenant, documents, body FROM {s}.payment x WHERE x.tenant = w.tenant AND x.payment_id = w.payment_id OFFSET 0) p),
        doc AS MATERIALIZED (
            SELECT i.* FROM (
                SELECT tenant, a AS invoice_id FROM want WHERE kind = 1
                UNION SELECT tenant, unnest(documents) FROM op
                {documents}) d
            CROSS JOIN LATERAL (
                SELECT tenant, invoice_id, account_id, currency, instalment_of, body FROM {s}.invoice x
                WHERE x.tenant = d.tenant AND x.invoice_id = d.invoice_id OFFSET 0) i),
        inv AS MATERIALIZED (
            SELECT * FROM doc
            UNION ALL
            SELECT i.* FROM doc v CROSS JOIN LATERAL (
                SELECT tenant, invoice_id, account_id, currency, instalment_of, body FROM {s}.invoice x
                WHERE x.tenant = v.tenant AND x.invoice_id = v.instalment_of OFFSET 0) i
            WHERE v.instalment_of IS NOT NULL)
        SELECT 1::smallint, body, NULL::text, 0::bigint FROM inv
        UNION ALL
        SELECT 2, body, command, 0 FROM op
        UNION ALL
        SELECT 3, body, NULL, 0 FROM pay
        UNION ALL
        SELECT 4, o.body, v.invoice_id, p.position FROM inv v
        CROSS JOIN LATERAL (SELECT operation_id, position FROM {s}.open_operation x WHERE x.tenant = v.tenant AND x.invoice_id = v.invoice_id OFFSET 0) p
        CROSS JOIN LATERAL (SELECT body FROM {s}.operation x WHERE x.tenant = v.tenant AND x.operation_id = p.operation_id OFFSET 0) o
        UNION ALL
        SELECT 5, c.body, NULL, 0 FROM {wallets} k CROSS JOIN LATERAL (
            SELECT body FROM {s}.account_credit x WHERE x.tenant = k.tenant AND x.account_id = k.account_id AND x.currency = k.currency OFFSET 0) c
        UNION ALL
        SELECT 6, m.body, NULL, m.is_default::int FROM want w CROSS JOIN LATERAL (
            SELECT body, is_default FROM {s}.payment_method x WHERE x.tenant = w.tenant AND x.method_id = w.a OFFSET 0) m
        WHERE w.kind = 6
        UNION ALL
        SELECT 6, m.body, NULL, m.is_default::int FROM want w
        CROSS JOIN LATERAL (SELECT account_id, default_method FROM {s}.invoice x WHERE x.tenant = w.tenant AND x.invoice_id = w.a OFFSET 0) v
        CROSS JOIN LATERAL (
            SELECT body, is_default FROM {s}.payment_method x WHERE x.tenant = w.tenant AND x.method_id = v.default_method
            UNION ALL
            SELECT body, is_default FROM {s}.payment_method x
            WHERE v.default_method IS NULL AND x.tenant = w.tenant AND x.account_id = v.account_id AND x.is_default) m
        WHERE w.kind = 7
        UNION ALL
        SELECT 7, p.body, NULL, 0 FROM want w CROSS JOIN LATERAL (
            SELECT body FROM {s}.parked_outcome x WHERE x.tenant = w.tenant AND x.operation_id = w.a OFFSET 0) p
        WHERE w.kind = 2
        """;
}

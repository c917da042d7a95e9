namespace InvoicePayments;

/// <summary>
/// What a batch of commits runs, each statement once for all rows of its table. An update that does not find every row at its version raises an
/// error, and so does an insert of what is there: either takes back the whole batch, and then it is found out whose row it was.
/// </summary>
/// <remarks>Both forms of a statement do the same; a lone row is spared the arrays, which cost more than the row on either side.</remarks>
internal sealed class WriteSql(SchemaName s)
{
    internal const string InvoiceColumns = "tenant text, invoice_id text, account_id text, currency text, total bigint, document text, received bigint, reserved bigint, "
        + "refunded bigint, reopened bigint, unreserved bigint, taken bigint, due_at bigint, default_method text, instalment_of text, collect_at bigint, attempt int, "
        + "fact_count bigint, version bigint, commit_id uuid, body text, base bigint";

    internal const string OperationColumns = "tenant text, operation_id text, payment_id text, kind text, status text, is_open boolean, authorization_id text, documents text, "
        + "next_check_at bigint, gateway text, gateway_id text, moved_at bigint, created_at bigint, version bigint, commit_id uuid, body text, command text, base bigint";

    internal const string PaymentColumns = "tenant text, payment_id text, account_id text, currency text, amount bigint, status text, documents text, version bigint, "
        + "commit_id uuid, body text, base bigint";

    internal const string CreditColumns = "tenant text, account_id text, currency text, added bigint, spent bigint, reserved bigint, missing bigint, version bigint, "
        + "commit_id uuid, body text, base bigint";

    private const string ToldColumns = "tenant text, stream text, first bigint, last bigint, at bigint";

    internal RowSql NewInvoices { get; } = Insert($"{s}.invoice", InvoiceColumns);

    internal RowSql NextInvoices { get; } = Update($"{s}.invoice", InvoiceColumns, "tenant", "invoice_id");

    internal RowSql NewOperations { get; } = Insert($"{s}.operation", OperationColumns);

    internal RowSql NextOperations { get; } = Update($"{s}.operation", OperationColumns, "tenant", "operation_id");

    internal RowSql NewPayments { get; } = Insert($"{s}.payment", PaymentColumns);

    internal RowSql NextPayments { get; } = Update($"{s}.payment", PaymentColumns, "tenant", "payment_id");

    internal RowSql NewCredits { get; } = Insert($"{s}.account_credit", CreditColumns);

    internal RowSql NextCredits { get; } = Update($"{s}.account_credit", CreditColumns, "tenant", "account_id", "currency");

    internal RowSql Facts { get; } = Insert($"{s}.fact", "tenant text, invoice_id text, sequence bigint, at bigint, commit_id uuid, body text");

    internal RowSql CreditFacts { get; } =
        Insert($"{s}.credit_fact", "tenant text, account_id text, currency text, sequence bigint, at bigint, commit_id uuid, body text");

    internal RowSql Parked { get; } =
        Insert($"{s}.parked_outcome", "tenant text, operation_id text, evidence text, received_at bigint, look_at bigint, body text", " ON CONFLICT DO NOTHING");

    /// <summary>Parts whose invoice is written as well: its version gives them their numbers, and nothing is looked up.</summary>
    internal RowSql NumberedParts { get; } = Insert($"{s}.operation_invoice", "tenant text, invoice_id text, operation_id text, position bigint");

    internal RowSql OpenParts { get; } = Insert($"{s}.open_operation", "tenant text, invoice_id text, operation_id text, position bigint");

    // Without the invoice the number is the one after its last. If somebody else takes that at this moment, the key refuses it, and the batch is done
    // again.
    internal RowSql UnnumberedParts { get; } = RowSql.Of($"""
        WITH part AS MATERIALIZED (
            SELECT n.tenant, n.invoice_id, n.operation_id, n.is_open,
                coalesce(last.position, 0) + row_number() OVER (PARTITION BY n.tenant, n.invoice_id ORDER BY n.n) AS position
            FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[]) WITH ORDINALITY AS n (tenant, invoice_id, operation_id, is_open, n)
            LEFT JOIN LATERAL (
                SELECT position FROM {s}.operation_invoice x WHERE x.tenant = n.tenant AND x.invoice_id = n.invoice_id
                ORDER BY position DESC LIMIT 1) last ON true),
        opened AS (
            INSERT INTO {s}.open_operation (tenant, invoice_id, operation_id, position)
            SELECT tenant, invoice_id, operation_id, position FROM part WHERE is_open)
        INSERT INTO {s}.operation_invoice (tenant, invoice_id, position, operation_id) SELECT tenant, invoice_id, position, operation_id FROM part
        """);

    internal RowSql Closed { get; } = Both("tenant text, invoice_id text, operation_id text", rows => $"""
        DELETE FROM {s}.open_operation AS x USING {rows.Source}
        WHERE x.tenant = n.tenant AND x.invoice_id = n.invoice_id AND x.operation_id = n.operation_id
        """);

    // A dead letter stays one, and whoever waits goes on waiting: later facts come after earlier ones.
    internal RowSql Told { get; } = Both(ToldColumns, rows => $"""
        INSERT INTO {s}.outbox AS o (tenant, stream, delivered, last, due_at, failures, is_dead, fence)
        SELECT n.tenant, n.stream, n.first - 1, n.last, n.at, 0, false, 0
        FROM {rows.Source}
        ON CONFLICT (tenant, stream) DO UPDATE SET
            last = greatest(o.last, excluded.last), idle_since = NULL,
            due_at = CASE WHEN o.is_dead THEN NULL ELSE coalesce(o.due_at, excluded.due_at) END
        """);

    // The same for streams that have been told of before, which are nearly all: half the work of looking whether it is there and inserting it if not.
    internal RowSql ToldAgain { get; } = Both(ToldColumns, rows => $"""
        WITH done AS (
            UPDATE {s}.outbox AS o SET
                last = greatest(o.last, n.last), idle_since = NULL,
                due_at = CASE WHEN o.is_dead THEN NULL ELSE coalesce(o.due_at, n.at) END
            FROM {rows.Source}
            WHERE o.tenant = n.tenant AND o.stream = n.stream RETURNING 1)
        SELECT CASE WHEN count(*) = {rows.Count} THEN 0 ELSE ('{Troubles.Forgot}' || count(*))::int END FROM done
        """);

    /// <summary>What stands in the way of a batch: the version, or for facts the number, and whose commit it was, of every row that is there.</summary>
    internal RowSql Probe { get; } = RowSql.Of($"""
        SELECT n.n, v.version, v.commit_id
        FROM unnest($1::smallint[], $2::text[], $3::text[], $4::text[], $5::bigint[]) WITH ORDINALITY AS n (kind, tenant, a, b, number, n)
        CROSS JOIN LATERAL (
            SELECT version, commit_id FROM {s}.invoice x WHERE n.kind = 1 AND x.tenant = n.tenant AND x.invoice_id = n.a
            UNION ALL SELECT version, commit_id FROM {s}.operation x WHERE n.kind = 2 AND x.tenant = n.tenant AND x.operation_id = n.a
            UNION ALL SELECT version, commit_id FROM {s}.payment x WHERE n.kind = 3 AND x.tenant = n.tenant AND x.payment_id = n.a
            UNION ALL SELECT version, commit_id FROM {s}.account_credit x WHERE n.kind = 4 AND x.tenant = n.tenant AND x.account_id = n.a AND x.currency = n.b
            UNION ALL SELECT sequence, commit_id FROM {s}.fact x WHERE n.kind = 5 AND x.tenant = n.tenant AND x.invoice_id = n.a AND x.sequence = n.number
            UNION ALL SELECT sequence, commit_id FROM {s}.credit_fact x
                WHERE n.kind = 6 AND x.tenant = n.tenant AND x.account_id = n.a AND x.currency = n.b AND x.sequence = n.number) v
        """);

    private static RowSql Insert(string table, string columns, string more = "")
    {
        var names = Names(columns).Where(name => name != "base").ToList();
        return Both(columns, rows => $"INSERT INTO {table} ({string.Join(", ", names)}) SELECT {string.Join(", ", names.Select(Value))} FROM {rows.Source}{more}");
    }

    private static RowSql Update(string table, string columns, params string[] key)
    {
        var set = Names(columns).Where(name => name != "base" && !key.Contains(name)).Select(name => $"{name} = {Value(name)}");
        var same = key.Select(name => $"x.{name} = n.{name}").Append("x.version = n.base");
        return Both(columns, rows => $"""
            WITH done AS (
                UPDATE {table} AS x SET {string.Join(", ", set)} FROM {rows.Source} WHERE {string.Join(" AND ", same)} RETURNING 1)
            SELECT CASE WHEN count(*) = {rows.Count} THEN 0 ELSE ('{Troubles.Guard}' || count(*))::int END FROM done
            """);
    }

    // An array of arrays would be flattened, so a list within a row is one text, with a separator that no id can contain.
    private static string Value(string name) => name == "documents" ? "string_to_array(n.documents, chr(31))" : "n." + name;

    // Each array beside the others, and not one function over all of them: that would lay every column by in a store of its own before it made rows.
    private static RowSql Both(string columns, Func<(string Source, string Count), string> statement)
    {
        var typed = columns.Split(", ").Select((column, i) => (Name: column.Split(' ')[0], Type: column.Split(' ')[1], Number: i + 1)).ToList();
        var many = typed.Select(column => $"unnest(${column.Number}::{column.Type}[]) AS {column.Name}");
        var one = typed.Select(column => $"${column.Number}::{column.Type} AS {column.Name}");
        return new(
            statement(($"(SELECT {string.Join(", ", many)}) AS n", "cardinality($1)")),
            statement(($"(SELECT {string.Join(", ", one)}) AS n", "1")));
    }

    private static IEnumerable<string> Names(string columns) => columns.Split(", ").Select(column => column.Split(' ')[0]);
}

/// <summary>A statement over rows.</summary>
/// <param name="Many">With an array for each column.</param>
/// <param name="One">With a value for each column; null where a lone row comes in arrays too.</param>
internal sealed record RowSql(string Many, string? One)
{
    /// <summary>A statement that takes arrays alone.</summary>
    internal static RowSql Of(string many) => new(many, null);
}

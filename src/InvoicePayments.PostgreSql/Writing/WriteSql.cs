namespace InvoicePayments;

/// <summary>
/// What a batch of commits runs, each statement once for all rows of its table. An update that does not find every row at its version raises an
/// error, and so does an insert of what is there: either takes back the whole batch, and then it is found out whose row it was.
/// </summary>
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

    internal string NewInvoices { get; } = Insert($"{s}.invoice", InvoiceColumns);

    internal string NextInvoices { get; } = Update($"{s}.invoice", InvoiceColumns, "tenant", "invoice_id");

    internal string NewOperations { get; } = Insert($"{s}.operation", OperationColumns);

    internal string NextOperations { get; } = Update($"{s}.operation", OperationColumns, "tenant", "operation_id");

    internal string NewPayments { get; } = Insert($"{s}.payment", PaymentColumns);

    internal string NextPayments { get; } = Update($"{s}.payment", PaymentColumns, "tenant", "payment_id");

    internal string NewCredits { get; } = Insert($"{s}.account_credit", CreditColumns);

    internal string NextCredits { get; } = Update($"{s}.account_credit", CreditColumns, "tenant", "account_id", "currency");

    internal string Facts { get; } = Insert($"{s}.fact", "tenant text, invoice_id text, sequence bigint, at bigint, commit_id uuid, body text");

    internal string CreditFacts { get; } =
        Insert($"{s}.credit_fact", "tenant text, account_id text, currency text, sequence bigint, at bigint, commit_id uuid, body text");

    internal string Parked { get; } =
        Insert($"{s}.parked_outcome", "tenant text, operation_id text, evidence text, received_at bigint, look_at bigint, body text") + " ON CONFLICT DO NOTHING";

    /// <summary>Parts whose invoice is written as well: its version gives them their numbers, and nothing is looked up.</summary>
    internal string NumberedParts { get; } = Insert($"{s}.operation_invoice", "tenant text, invoice_id text, operation_id text, position bigint");

    internal string OpenParts { get; } = Insert($"{s}.open_operation", "tenant text, invoice_id text, operation_id text, position bigint");

    // Without the invoice the number is the one after its last. If somebody else takes that at this moment, the key refuses it, and the batch is done
    // again.
    internal string UnnumberedParts { get; } = $"""
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
        """;

    internal string Closed { get; } = $"""
        DELETE FROM {s}.open_operation AS x USING {Rows("tenant text, invoice_id text, operation_id text")}
        WHERE x.tenant = n.tenant AND x.invoice_id = n.invoice_id AND x.operation_id = n.operation_id
        """;

    // A dead letter stays one, and whoever waits goes on waiting: later facts come after earlier ones.
    internal string Told { get; } = $"""
        INSERT INTO {s}.outbox AS o (tenant, stream, delivered, last, due_at, failures, is_dead, fence)
        SELECT n.tenant, n.stream, n.first - 1, n.last, n.at, 0, false, 0
        FROM {Rows(ToldColumns)}
        ON CONFLICT (tenant, stream) DO UPDATE SET
            last = greatest(o.last, excluded.last), idle_since = NULL,
            due_at = CASE WHEN o.is_dead THEN NULL ELSE coalesce(o.due_at, excluded.due_at) END
        """;

    // The same for streams that have been told of before, which are nearly all: half the work of looking whether it is there and inserting it if not.
    internal string ToldAgain { get; } = $"""
        WITH done AS (
            UPDATE {s}.outbox AS o SET
                last = greatest(o.last, n.last), idle_since = NULL,
                due_at = CASE WHEN o.is_dead THEN NULL ELSE coalesce(o.due_at, n.at) END
            FROM {Rows(ToldColumns)}
            WHERE o.tenant = n.tenant AND o.stream = n.stream RETURNING 1)
        SELECT CASE WHEN count(*) = cardinality($1) THEN 0 ELSE ('{Troubles.Forgot}' || count(*))::int END FROM done
        """;

    /// <summary>What stands in the way of a batch: the version, or for facts the number, and whose commit it was, of every row that is there.</summary>
    internal string Probe { get; } = $"""
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
        """;

    private static string Insert(string table, string columns)
    {
        var names = Names(columns).Where(name => name != "base").ToList();
        return $"INSERT INTO {table} ({string.Join(", ", names)}) SELECT {string.Join(", ", names.Select(Value))} FROM {Rows(columns)}";
    }

    private static string Update(string table, string columns, params string[] key)
    {
        var set = Names(columns).Where(name => name != "base" && !key.Contains(name)).Select(name => $"{name} = {Value(name)}");
        var same = key.Select(name => $"x.{name} = n.{name}").Append("x.version = n.base");
        return $"""
            WITH done AS (
                UPDATE {table} AS x SET {string.Join(", ", set)} FROM {Rows(columns)} WHERE {string.Join(" AND ", same)} RETURNING 1)
            SELECT CASE WHEN count(*) = cardinality($1) THEN 0 ELSE ('{Troubles.Guard}' || count(*))::int END FROM done
            """;
    }

    // An array of arrays would be flattened, so a list within a row is one text, with a separator that no id can contain.
    private static string Value(string name) => name == "documents" ? "string_to_array(n.documents, chr(31))" : "n." + name;

    // Each array beside the others, and not one function over all of them: that would lay every column by in a store of its own before it made rows.
    private static string Rows(string columns)
    {
        var typed = columns.Split(", ");
        var values = typed.Select((column, i) => $"unnest(${i + 1}::{column.Split(' ')[1]}[]) AS {column.Split(' ')[0]}");
        return $"(SELECT {string.Join(", ", values)}) AS n";
    }

    private static IEnumerable<string> Names(string columns) => columns.Split(", ").Select(column => column.Split(' ')[0]);
}

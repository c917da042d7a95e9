namespace InvoicePayments;

/// <summary>Every statement the store runs after its schema is there.</summary>
internal static partial class Sql
{
    internal const string BeginRead = "BEGIN DEFERRED";
    internal const string DataVersion = "PRAGMA data_version";
    internal const string BeginWrite = "BEGIN IMMEDIATE";
    internal const string Commit = "COMMIT";
    internal const string Rollback = "ROLLBACK";
    internal const string Savepoint = "SAVEPOINT change_set";
    internal const string Release = "RELEASE change_set";
    internal const string Undo = "ROLLBACK TO change_set";

    /// <summary>What a load runs: each finds its rows by key, none reads history.</summary>
    internal static class Load
    {
        internal const string Invoice = "SELECT body FROM invoice WHERE tenant = $tenant AND invoice_id = $invoice";

        internal const string Operation = "SELECT body, command FROM operation WHERE tenant = $tenant AND operation_id = $operation";

        internal const string OperationsOfGateway = """
            SELECT body, command FROM operation INDEXED BY operation_gateway_id
            WHERE tenant = $tenant AND gateway = $gateway AND gateway_id = $id
            ORDER BY rowid
            """;

        internal const string Payment = "SELECT body FROM payment WHERE tenant = $tenant AND payment_id = $payment";

        internal const string Credit =
            "SELECT body FROM account_credit WHERE tenant = $tenant AND account_id = $account AND currency = $currency";

        internal const string Method = "SELECT body FROM payment_method WHERE tenant = $tenant AND method_id = $method";

        internal const string DefaultMethod = """
            SELECT body FROM payment_method INDEXED BY payment_method_default
            WHERE tenant = $tenant AND account_id = $account AND is_default = 1
            """;

        internal const string AnyParked = "SELECT 1 FROM parked_outcome INDEXED BY parked_outcome_due WHERE look_at >= 0 LIMIT 1";

        internal const string Parked = """
            SELECT body FROM parked_outcome WHERE tenant = $tenant AND operation_id = $operation
            ORDER BY received_at, rowid
            """;

        // CROSS JOIN keeps the order.
        internal const string OpenOperations = """
            SELECT o.body
            FROM open_operation AS part
            CROSS JOIN operation AS o ON o.tenant = part.tenant AND o.operation_id = part.operation_id
            WHERE part.tenant = $tenant AND part.invoice_id = $invoice
            ORDER BY part.position
            """;
    }

    /// <summary>What hosts page through.</summary>
    internal static class List
    {
        internal const string Operations = """
            SELECT part.position, o.body
            FROM operation_invoice AS part
            CROSS JOIN operation AS o ON o.tenant = part.tenant AND o.operation_id = part.operation_id
            WHERE part.tenant = $tenant AND part.invoice_id = $invoice AND part.position > $after
            ORDER BY part.position
            LIMIT $limit
            """;

        internal const string Facts = """
            SELECT sequence, body FROM fact
            WHERE tenant = $tenant AND invoice_id = $invoice AND sequence > $after
            ORDER BY sequence
            LIMIT $limit
            """;

        internal const string CreditFacts = """
            SELECT sequence, body FROM credit_fact
            WHERE tenant = $tenant AND account_id = $account AND currency = $currency AND sequence > $after
            ORDER BY sequence
            LIMIT $limit
            """;

        internal const string Parked = """
            SELECT body FROM parked_outcome INDEXED BY parked_outcome_age
            WHERE tenant = $tenant
            ORDER BY received_at, rowid
            LIMIT $limit
            """;

        internal const string DueParked = """
            SELECT body FROM parked_outcome INDEXED BY parked_outcome_due
            WHERE look_at <= $now
            ORDER BY look_at
            LIMIT $limit
            """;

        // A row value, so that the index itself says where the page begins.
        internal const string DueInvoices = """
            SELECT invoice_id, collect_at, attempt FROM invoice INDEXED BY invoice_collect
            WHERE tenant = $tenant AND collect_at <= $due_by AND (collect_at, invoice_id) > ($after_at, $after_id)
            ORDER BY collect_at, invoice_id
            LIMIT $limit
            """;

        internal const string CountDueInvoices = """
            SELECT count(*) FROM invoice INDEXED BY invoice_collect WHERE tenant = $tenant AND collect_at <= $due_by
            """;

        internal const string Movements = """
            SELECT body FROM operation INDEXED BY operation_gateway_id
            WHERE tenant = $tenant AND gateway = $gateway AND gateway_id IS NOT NULL AND (gateway_id, operation_id) > ($id, $operation)
                AND moved_at >= $from AND moved_at < $until
            ORDER BY gateway_id, operation_id
            LIMIT $limit
            """;

        internal const string Due = """
            SELECT tenant, operation_id FROM operation INDEXED BY operation_due
            WHERE next_check_at <= $now
            ORDER BY next_check_at, tenant, operation_id
            LIMIT $limit
            """;
    }

    /// <summary>What a commit runs. A statement that changes no row means that somebody else was first.</summary>
    internal static class Write
    {
        internal const string NewInvoice = """
            INSERT INTO invoice (
                tenant, invoice_id, version, account_id, currency, total, document,
                received, reserved, refunded, reopened, unreserved, taken, due_at, default_method, collect_at, attempt, fact_count, body)
            SELECT
                $tenant, $id, $version, $account, $currency, $total, $document,
                $received, $reserved, $refunded, $reopened, $unreserved, $taken, $due_at, $default_method, $collect_at, $attempt, $fact_count, $body
            WHERE $over = 0
            ON CONFLICT DO NOTHING
            """;

        internal const string NextInvoice = """
            UPDATE invoice SET
                version = $version, account_id = $account, currency = $currency, total = $total, document = $document,
                received = $received, reserved = $reserved, refunded = $refunded, reopened = $reopened, unreserved = $unreserved, taken = $taken,
                due_at = $due_at, default_method = $default_method, collect_at = $collect_at, attempt = $attempt, fact_count = $fact_count, body = $body
            WHERE tenant = $tenant AND invoice_id = $id AND version = $over
            """;

        internal const string NewOperation = """
            INSERT INTO operation (tenant, operation_id, version, payment_id, status, is_open, next_check_at, gateway, gateway_id, moved_at, body, command)
            VALUES ($tenant, $id, $version, $payment, $status, $is_open, $next_check_at, $gateway, $gateway_id, $moved_at, $body, $command)
            ON CONFLICT DO NOTHING
            """;

        internal const string NextOperation = """
            UPDATE operation SET
                version = $version, payment_id = $payment, status = $status, is_open = $is_open,
                next_check_at = $next_check_at, gateway = $gateway, gateway_id = $gateway_id, moved_at = $moved_at, body = $body, command = $command
            WHERE tenant = $tenant AND operation_id = $id AND version = $version - 1
            """;

        internal const string NewPart = """
            INSERT INTO operation_invoice (tenant, invoice_id, position, operation_id)
            VALUES (
                $tenant, $invoice,
                1 + coalesce((SELECT max(position) FROM operation_invoice WHERE tenant = $tenant AND invoice_id = $invoice), 0),
                $operation)
            """;

        // Right after it was numbered.
        internal const string OpenPart = """
            INSERT INTO open_operation (tenant, invoice_id, position, operation_id)
            VALUES ($tenant, $invoice, (SELECT max(position) FROM operation_invoice WHERE tenant = $tenant AND invoice_id = $invoice), $operation)
            """;

        internal const string ClosePart =
            "DELETE FROM open_operation WHERE tenant = $tenant AND invoice_id = $invoice AND operation_id = $operation";

        internal const string NewPayment = """
            INSERT INTO payment (tenant, payment_id, version, account_id, currency, amount, status, body)
            VALUES ($tenant, $id, $version, $account, $currency, $amount, $status, $body)
            ON CONFLICT DO NOTHING
            """;

        internal const string NextPayment = """
            UPDATE payment SET
                version = $version, account_id = $account, currency = $currency, amount = $amount, status = $status, body = $body
            WHERE tenant = $tenant AND payment_id = $id AND version = $version - 1
            """;

        internal const string NewCredit = """
            INSERT INTO account_credit (tenant, account_id, currency, version, added, spent, reserved, missing, body)
            VALUES ($tenant, $account, $currency, $version, $added, $spent, $reserved, $missing, $body)
            ON CONFLICT DO NOTHING
            """;

        internal const string NextCredit = """
            UPDATE account_credit SET
                version = $version, added = $added, spent = $spent, reserved = $reserved, missing = $missing, body = $body
            WHERE tenant = $tenant AND account_id = $account AND currency = $currency AND version = $version - 1
            """;

        internal const string CreditFact = """
            INSERT INTO credit_fact (tenant, account_id, currency, sequence, at, body)
            VALUES ($tenant, $account, $currency, $sequence, $at, $body)
            """;

        internal const string Fact =
            "INSERT INTO fact (tenant, invoice_id, sequence, at, body) VALUES ($tenant, $invoice, $sequence, $at, $body)";

        internal const string Parked = """
            INSERT INTO parked_outcome (tenant, operation_id, evidence, received_at, look_at, body)
            VALUES ($tenant, $operation, $evidence, $received_at, $received_at, $body)
            ON CONFLICT DO NOTHING
            """;

        internal const string PutOffParked =
            "UPDATE parked_outcome SET look_at = $until WHERE tenant = $tenant AND operation_id = $operation AND evidence = $evidence";

        internal const string RemoveParked =
            "DELETE FROM parked_outcome WHERE tenant = $tenant AND operation_id = $operation AND evidence = $evidence";

        internal const string OwnerOfMethod = "SELECT account_id FROM payment_method WHERE tenant = $tenant AND method_id = $id";

        internal const string OtherDefaults = """
            SELECT body FROM payment_method INDEXED BY payment_method_default
            WHERE tenant = $tenant AND account_id = $account AND is_default = 1 AND method_id <> $id
            """;

        internal const string Method = """
            INSERT INTO payment_method (tenant, method_id, account_id, is_default, body)
            VALUES ($tenant, $id, $account, $is_default, $body)
            ON CONFLICT (tenant, method_id) DO UPDATE SET is_default = excluded.is_default, body = excluded.body
            """;
    }
}

using System.Globalization;
using Microsoft.Data.Sqlite;

namespace InvoicePayments.Benchmarks;

/// <summary>The limit on one SQLite file: one durable transaction per payment, five prepared statements, one writer at a time.</summary>
internal sealed class SqliteContender(string file) : Contender("one SQLite transaction a payment")
{
    private readonly SemaphoreSlim _turn = new(1);
    private SqliteConnection? _connection;
    private SqliteCommand[] _statements = [];

    internal override async Task BeginAsync(int invoices)
    {
        _connection = new($"Data Source={file};Pooling=False");
        await _connection.OpenAsync();
        Run("""
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
            CREATE TABLE invoice (id INTEGER PRIMARY KEY, total INTEGER NOT NULL, paid INTEGER NOT NULL, reserved INTEGER NOT NULL, status INTEGER NOT NULL, version INTEGER NOT NULL,
                CHECK (paid >= 0 AND paid + reserved <= total));
            CREATE TABLE idem (account_id INTEGER NOT NULL, key TEXT NOT NULL, fingerprint BLOB NOT NULL, payment_id TEXT NOT NULL, response TEXT, PRIMARY KEY (account_id, key)) WITHOUT ROWID;
            CREATE TABLE payment (id TEXT PRIMARY KEY, invoice_id INTEGER NOT NULL, amount INTEGER NOT NULL, state INTEGER NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID;
            CREATE INDEX payment_invoice ON payment (invoice_id);
            CREATE TABLE outbox (id INTEGER PRIMARY KEY, payload TEXT NOT NULL);
            """);
        Run(string.Create(CultureInfo.InvariantCulture, $"""
            WITH RECURSIVE g (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM g WHERE n + 1 < {invoices})
            INSERT INTO invoice SELECT n, 1000000000, 0, 0, 1, 0 FROM g
            """));
        _statements =
        [
            .. new[]
            {
                "INSERT INTO idem VALUES ($account, $key, $fingerprint, $payment, '{\"status\":\"succeeded\"}') ON CONFLICT DO NOTHING",
                "SELECT total, paid, reserved, status FROM invoice WHERE id = $invoice",
                "INSERT INTO payment VALUES ($payment, $invoice, 1, 1, $at)",
                "UPDATE invoice SET paid = paid + 1, status = 2, version = version + 1 WHERE id = $invoice AND paid + reserved + 1 <= total",
                "INSERT INTO outbox (payload) VALUES ($payload)",
            }.Select(Prepared),
        ];
    }

    internal override async Task PayOfflineAsync(int invoice, string key)
    {
        await _turn.WaitAsync();
        try
        {
            // SQLite's calls do not wait asynchronously; the thread pool bears that here as it does in any host.
            await Task.Run(() => Pay(invoice, key));
        }
        finally
        {
            _turn.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var statement in _statements) await statement.DisposeAsync();
        if (_connection is not null) await _connection.DisposeAsync();
        _turn.Dispose();
    }

    private void Pay(int invoice, string key)
    {
        var (id, payment, fingerprint) = LimitTables.Derive(invoice, key);
        using var transaction = _connection!.BeginTransaction();
        foreach (var statement in _statements)
        {
            statement.Transaction = transaction;
            foreach (SqliteParameter parameter in statement.Parameters)
            {
                parameter.Value = parameter.ParameterName switch
                {
                    "$account" => invoice / 10L,
                    "$invoice" => (long)invoice,
                    "$key" => id.ToString("N"),
                    "$payment" => payment.ToString("N"),
                    "$fingerprint" => fingerprint,
                    "$at" => DateTime.UtcNow.Ticks,
                    _ => $$"""{"payment":"{{payment}}","invoice":{{invoice}},"amount":1}""",
                };
            }

            if (statement.CommandText.StartsWith("SELECT", StringComparison.Ordinal))
            {
                using var reader = statement.ExecuteReader();
                if (!reader.Read() || reader.GetInt64(1) + reader.GetInt64(2) + 1 > reader.GetInt64(0)) return;
            }
            else if (statement.ExecuteNonQuery() == 0)
            {
                return;
            }
        }

        transaction.Commit();
    }

    private SqliteCommand Prepared(string sql)
    {
        var command = _connection!.CreateCommand();
        command.CommandText = sql;
        foreach (var name in (string[])["$account", "$key", "$fingerprint", "$payment", "$invoice", "$at", "$payload"])
            if (sql.Contains(name, StringComparison.Ordinal)) command.Parameters.Add(new(name, null));
        return command;
    }

    private void Run(string sql)
    {
        using var command = _connection!.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

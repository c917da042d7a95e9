using Npgsql;

namespace InvoicePayments.Benchmarks;

/// <summary>
/// The limit of one call after the other: everything in one statement per payment, decided in SQL, prepared, over a pool. Online it is two
/// of them. It knows no rules beyond "not more than the total", and cannot explain a refusal.
/// </summary>
internal sealed class SingleStatementContender(NpgsqlDataSource source, string schema) : Contender("one SQL statement a payment")
{
    private readonly string _offline = $$"""
        WITH k AS (INSERT INTO {{schema}}.idem (account_id, key, fingerprint, state, payment_id, response) VALUES ($1, $2, $3, 2, $4, '{"status":"succeeded"}')
            ON CONFLICT DO NOTHING RETURNING payment_id),
        u AS (UPDATE {{schema}}.invoice SET paid = paid + 1, status = CASE WHEN paid + 1 = total THEN 3 ELSE 2 END, version = version + 1 FROM k
            WHERE id = $5 AND status IN (1, 2) AND paid + reserved + 1 <= total RETURNING id),
        p AS (INSERT INTO {{schema}}.payment (id, invoice_id, amount, state) SELECT k.payment_id, u.id, 1, 1 FROM k, u RETURNING id, invoice_id)
        INSERT INTO {{schema}}.outbox (topic, payload) SELECT 1, '{"payment":"' || id || '","invoice":' || invoice_id || ',"amount":1}' FROM p RETURNING id
        """;

    private readonly string _reserve = $$"""
        WITH k AS (INSERT INTO {{schema}}.idem (account_id, key, fingerprint, state, payment_id) VALUES ($1, $2, $3, 1, $4) ON CONFLICT DO NOTHING RETURNING payment_id),
        u AS (UPDATE {{schema}}.invoice SET reserved = reserved + 1, version = version + 1 FROM k
            WHERE id = $5 AND status IN (1, 2) AND paid + reserved + 1 <= total RETURNING id)
        INSERT INTO {{schema}}.payment (id, invoice_id, amount, state) SELECT k.payment_id, u.id, 1, 0 FROM k, u RETURNING id
        """;

    private readonly string _record = $$"""
        WITH p AS (UPDATE {{schema}}.payment SET state = 1, gateway_ref = 'ch_1', updated_at = now() WHERE id = $4 AND state = 0 RETURNING id, invoice_id),
        u AS (UPDATE {{schema}}.invoice SET paid = paid + 1, reserved = reserved - 1, version = version + 1,
            status = CASE WHEN paid + 1 = total THEN 3 ELSE 2 END FROM p WHERE invoice.id = p.invoice_id AND invoice.id = $5),
        k AS (UPDATE {{schema}}.idem SET state = 2, response = '{"status":"succeeded"}' WHERE account_id = $1 AND key = $2 AND fingerprint = $3)
        INSERT INTO {{schema}}.outbox (topic, payload) SELECT 1, '{"payment":"' || id || '","invoice":' || invoice_id || ',"amount":1}' FROM p RETURNING id
        """;

    private long _refused;

    internal override long Refused => Interlocked.Read(ref _refused);

    internal override Task BeginAsync(int invoices) => LimitTables.MakeAsync(source, schema, invoices);

    internal override Task PayOfflineAsync(int invoice, string key) => RunAsync(_offline, invoice, key);

    internal override async Task PayOnlineAsync(int invoice, string key, TimeSpan gateway)
    {
        await RunAsync(_reserve, invoice, key);
        if (gateway > TimeSpan.Zero) await Task.Delay(gateway);
        await RunAsync(_record, invoice, key);
    }

    private async Task RunAsync(string sql, int invoice, string key)
    {
        var (id, payment, fingerprint) = LimitTables.Derive(invoice, key);
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = invoice / 10 }, new NpgsqlParameter<Guid> { TypedValue = id }, new NpgsqlParameter<byte[]> { TypedValue = fingerprint },
                new NpgsqlParameter<Guid> { TypedValue = payment }, new NpgsqlParameter<long> { TypedValue = invoice },
            },
        };
        await command.PrepareAsync();
        if (await command.ExecuteScalarAsync() is null) Interlocked.Increment(ref _refused);
    }
}

using System.Globalization;
using System.Threading.Channels;
using Npgsql;

namespace InvoicePayments.Benchmarks;

/// <summary>
/// The limit of writing what this library writes: the same rows of a payment in the same tables, with bodies as long, in as many lanes, where each
/// batch is what arrived while the last one was under way. It reads nothing, decides nothing, and compares no version.
/// </summary>
internal sealed class SameRowsContender(Ground ground, string schema) : Contender("the same rows, raw, in batches")
{
    private const int Lanes = 2, MaxBatch = 256;

    private readonly Channel<Row>[] _waiting = [.. Enumerable.Range(0, Lanes).Select(_ => Channel.CreateUnbounded<Row>(new() { SingleReader = true }))];
    private readonly List<Task> _lanes = [];
    private long[] _sequences = [];
    private (string Operation, string Payment, string Fact, string Invoice) _bodies;

    internal override async Task BeginAsync(int invoices)
    {
        await using (var library = ground.Library(schema, "sample"))
        {
            await library.BeginAsync(invoices);
            await library.PayOfflineAsync(0, Crowd.NewKey());
        }

        _sequences = new long[invoices];
        Array.Fill(_sequences, 2);
        foreach (var table in (string[])["operation", "payment", "fact"])
            await LimitTables.RunAsync(ground.Source, $"CREATE TABLE {schema}.one_{table} AS SELECT * FROM {schema}.{table} {(table == "fact" ? "WHERE sequence = 2" : "")} LIMIT 1");
        _bodies = (await BodyAsync("operation"), await BodyAsync("payment"), await BodyAsync("fact", "WHERE sequence = 2"), await BodyAsync("invoice", "WHERE version = 2"));
        var sql = await StatementsAsync();
        foreach (var waiting in _waiting) _lanes.Add(Task.Run(() => RunAsync(waiting.Reader, sql)));
    }

    internal override Task PayOfflineAsync(int invoice, string key)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[invoice % Lanes].Writer.TryWrite(new(invoice, Interlocked.Increment(ref _sequences[invoice]), key, done));
        return done.Task;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var waiting in _waiting) waiting.Writer.Complete();
        await Task.WhenAll(_lanes);

        // A statement that finds no row is fast and writes nothing.
        await using var command = ground.Source.CreateCommand($"""
            SELECT count(*) FILTER (WHERE coalesce(i.fact_count, 0) < 3 OR coalesce(o.last, 0) < 3), count(*), (SELECT count(*) FROM {schema}.operation) - (SELECT count(*) FROM {schema}.fact WHERE sequence > 2) - 1
            FROM (SELECT DISTINCT invoice_id FROM {schema}.fact WHERE sequence > 2) f
            LEFT JOIN {schema}.invoice i USING (invoice_id) LEFT JOIN {schema}.outbox o ON o.stream = 'i:' || f.invoice_id
            """);
        await using var found = await command.ExecuteReaderAsync();
        await found.ReadAsync();
        if (found.GetInt64(0) > 0 || found.GetInt64(1) == 0 || found.GetInt64(2) != 0) throw new InvalidOperationException($"{Name}: not every row was written ({found.GetInt64(0)} of {found.GetInt64(1)} invoices untouched, {found.GetInt64(2)} operations without a fact).");
    }

    private async Task RunAsync(ChannelReader<Row> waiting, string[] sql)
    {
        var rows = new List<Row>(MaxBatch);
        while (await waiting.WaitToReadAsync())
        {
            while (rows.Count < MaxBatch && waiting.TryRead(out var row)) rows.Add(row);
            try
            {
                await WriteAsync(rows, sql);
                foreach (var row in rows) row.Done.SetResult();
            }
            catch (Exception failure)
            {
                foreach (var row in rows) row.Done.SetException(failure);
            }

            rows.Clear();
        }
    }

    private async Task WriteAsync(List<Row> rows, string[] sql)
    {
        var (ids, invoices) = (rows.ConvertAll(r => "op_" + r.Key), rows.ConvertAll(r => Ids.Invoice(r.Invoice).Value));
        var (sequences, commits) = (rows.ConvertAll(r => r.Sequence), rows.ConvertAll(_ => Guid.NewGuid()));
        await using var connection = await ground.Source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (statement, body) in sql.Zip((string[])[_bodies.Operation, _bodies.Payment, _bodies.Fact, _bodies.Invoice, "", ""]))
        {
            var bodies = rows.ConvertAll(_ => body);
            batch.BatchCommands.Add(new(statement)
            {
                Parameters =
                {
                    new NpgsqlParameter<List<string>> { TypedValue = ids }, new NpgsqlParameter<List<string>> { TypedValue = invoices },
                    new NpgsqlParameter<List<long>> { TypedValue = sequences }, new NpgsqlParameter<List<Guid>> { TypedValue = commits },
                    new NpgsqlParameter<List<string>> { TypedValue = bodies },
                },
            });
        }

        await batch.PrepareAsync();
        await batch.ExecuteNonQueryAsync();
    }

    // What differs from payment to payment comes from the caller, and everything else from the one that the library wrote.
    private async Task<string[]> StatementsAsync() =>
    [
        await InsertAsync("operation"), await InsertAsync("payment"), await InsertAsync("fact"),
        $"UPDATE {schema}.invoice x SET received = x.received + 1, fact_count = n.sequence, version = x.version + 1, commit_id = n.commit_id, body = n.body FROM {Rows} WHERE x.tenant = 'default' AND x.invoice_id = n.invoice_id",
        $"INSERT INTO {schema}.operation_invoice (tenant, invoice_id, position, operation_id) SELECT 'default', invoice_id, sequence << 20, operation_id FROM {Rows} WHERE body = ''",
        $"UPDATE {schema}.outbox o SET last = greatest(o.last, n.sequence), idle_since = NULL, due_at = coalesce(o.due_at, 1) FROM {Rows} WHERE o.tenant = 'default' AND o.stream = 'i:' || n.invoice_id",
    ];

    private const string Rows = "(SELECT unnest($1::text[]) AS operation_id, unnest($2::text[]) AS invoice_id, unnest($3::bigint[]) AS sequence, unnest($4::uuid[]) AS commit_id, unnest($5::text[]) AS body) n";

    private async Task<string> InsertAsync(string table)
    {
        var values = new List<string>();
        foreach (var (name, _) in await Copies.ColumnsAsync(ground.Source, schema, table))
        {
            values.Add(name switch
            {
                "operation_id" => "n.operation_id",
                "payment_id" => "n.operation_id",
                "invoice_id" or "sequence" or "commit_id" or "body" => $"n.{name}",
                _ => $"x.{name}",
            });
        }

        return $"INSERT INTO {schema}.{table} SELECT {string.Join(", ", values)} FROM {schema}.one_{table} x, {Rows}";
    }

    private async Task<string> BodyAsync(string table, string where = "")
    {
        await using var command = ground.Source.CreateCommand($"SELECT body FROM {schema}.{table} {where} LIMIT 1");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private sealed record Row(int Invoice, long Sequence, string Key, TaskCompletionSource Done);
}

using System.Collections.Concurrent;
using Npgsql;

namespace InvoicePayments.Tests;

/// <summary>
/// Empty schemas for tests, on the shared server. One that comes back is emptied and handed out again, over the same connections: so a test costs
/// neither the making of tables nor the start of sessions.
/// </summary>
public sealed class PostgreSqlSchemas
{
    private static readonly Lazy<Task<PostgreSqlSchemas>> One = new(OpenAsync);

    private static readonly string[] Tables =
    [
        "invoice", "operation", "operation_invoice", "open_operation", "payment", "account_credit", "credit_fact", "fact", "payment_method", "outbox", "parked_outcome",
    ];

    private readonly ConcurrentBag<string> _free = [];
    private int _made;

    private PostgreSqlSchemas(string connectionString) =>
        DataSource = NpgsqlDataSource.Create(connectionString + ";No Reset On Close=true;Maximum Pool Size=150;Include Error Detail=true");

    public static Task<PostgreSqlSchemas> SharedAsync() => One.Value;

    public NpgsqlDataSource DataSource { get; }

    public async Task<string> RentAsync() => _free.TryTake(out var free) ? free : await MakeAsync();

    public async Task<string> MakeAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _made)}";
        await RunAsync(PostgreSqlSchema.Script(name));
        return name;
    }

    /// <summary>Facts may not be deleted; only here, by one who may switch the rule off.</summary>
    public async Task ReturnAsync(string name)
    {
        await RunAsync($"BEGIN; SET LOCAL session_replication_role = replica; {string.Concat(Tables.Select(t => $"DELETE FROM {name}.{t};"))} COMMIT");
        _free.Add(name);
    }

    public async Task<object?> RunAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task<PostgreSqlSchemas> OpenAsync() => new((await PostgreSqlServer.SharedAsync()).ConnectionString);
}

namespace InvoicePayments.Tests;

/// <summary>An empty schema of its own, with stores over it, emptied at the end.</summary>
internal sealed class PgStore : IAsyncDisposable
{
    private readonly List<PostgreSqlPaymentStore> _stores = [];
    private readonly PostgreSqlSchemas _schemas;

    private PgStore(PostgreSqlSchemas schemas, string schema) => (_schemas, Schema) = (schemas, schema);

    public string Schema { get; }

    public static async Task<PgStore> NewAsync()
    {
        var schemas = await PostgreSqlSchemas.SharedAsync();
        return new(schemas, await schemas.RentAsync());
    }

    /// <summary>The same in a schema that nobody has used before: its tables are as small as they look.</summary>
    public static async Task<PgStore> FreshAsync()
    {
        var schemas = await PostgreSqlSchemas.SharedAsync();
        return new(schemas, await schemas.MakeAsync());
    }

    public ValueTask<Npgsql.NpgsqlConnection> ConnectAsync() => _schemas.DataSource.OpenConnectionAsync();

    public PostgreSqlPaymentStore Open(PostgreSqlPaymentStoreOptions? options = null)
    {
        options ??= new();
        options.Schema = Schema;
        var store = new PostgreSqlPaymentStore(_schemas.DataSource, options);
        _stores.Add(store);
        return store;
    }

    /// <summary>A statement of the test's own; $S stands for the schema.</summary>
    public Task<object?> RunAsync(string sql) => _schemas.RunAsync(sql.Replace("$S", Schema, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        await _schemas.ReturnAsync(Schema);
    }
}

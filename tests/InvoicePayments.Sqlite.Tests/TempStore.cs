using Microsoft.Data.Sqlite;

namespace InvoicePayments.Tests;

/// <summary>A folder of its own, with a store in it, gone at the end.</summary>
internal sealed class TempStore : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("invoice-payments-");
    private readonly List<SqlitePaymentStore> _stores = [];

    public string File => Path.Combine(_folder.FullName, "payments.db");

    public SqlitePaymentStore Open(string extra = "", Action<SqliteConnection>? opened = null, string? file = null)
    {
        var options = new SqlitePaymentStoreOptions { BusyTimeout = TimeSpan.FromSeconds(20), Opened = opened };
        return Open($"Data Source={file ?? File}{extra}", options);
    }

    public SqlitePaymentStore Open(string connectionString, SqlitePaymentStoreOptions options)
    {
        var store = new SqlitePaymentStore(connectionString, options);
        _stores.Add(store);
        return store;
    }

    public SqliteConnection Raw()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    public object? Run(string sql)
    {
        using var connection = Raw();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

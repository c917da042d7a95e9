using Microsoft.Extensions.DependencyInjection;
using InvoicePayments.Tests;
using Npgsql;

namespace InvoicePayments.Benchmarks;

/// <summary>
/// Where the contenders meet: a durable PostgreSQL server of its own, with a gigabyte of buffers and few checkpoints, and a folder for SQLite files.
/// </summary>
internal sealed class Ground : IAsyncDisposable
{
    private readonly PostgreSqlServer _server;
    private readonly string _folder = Directory.CreateTempSubdirectory("invoice-payments-bench-").FullName;
    private int _made;

    private Ground(PostgreSqlServer server)
    {
        _server = server;
        Source = NpgsqlDataSource.Create(server.ConnectionString + ";No Reset On Close=true;Maximum Pool Size=64;Max Auto Prepare=32;Auto Prepare Min Usages=2");
    }

    /// <summary>The same pool for everybody.</summary>
    internal NpgsqlDataSource Source { get; }

    internal static async Task<Ground> OpenAsync() => new(await PostgreSqlServer.StartAsync(isDurable: true, "-c shared_buffers=1GB -c max_wal_size=8GB -c checkpoint_timeout=30min"));

    internal LibraryContender Library(string name = "this library") => Library(NewSchema(), name);

    internal LibraryContender Library(string schema, string name) => new(name, builder => builder.UsePostgreSql(Source, o => o.Schema = schema));

    internal LibraryContender LibraryOnSqlite() => new("this library", builder => builder.UseSqlite($"Data Source={NewFile()}"));

    internal string NewSchema() => $"ours_{Interlocked.Increment(ref _made)}";

    internal string NewFile() => Path.Combine(_folder, $"{Interlocked.Increment(ref _made)}.db");

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

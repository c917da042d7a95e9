using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace InvoicePayments.Tests;

/// <summary>
/// A PostgreSQL server of the tests' own, from Debian's packages, in a folder of its own on a free port of this machine. A shell watches over it and
/// takes it away, folder and all, as soon as the pipe to this process closes: also when this process is killed.
/// </summary>
public sealed partial class PostgreSqlServer : IAsyncDisposable
{
    private const string Watch = """
        "$1/postgres" -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 $4 >>"$2/log" 2>&1 &
        server=$!
        while read -r word; do kill -"$word" $server; wait $server; exit 0; done
        kill -QUIT $server; wait $server; rm -rf "$2"
        """;

    private static readonly Lazy<Task<PostgreSqlServer>> One = new(() => StartAsync(isDurable: false));

    private readonly string _folder = ServerPrograms.NewFolder();
    private readonly string _settings;
    private Process? _watch;

    private PostgreSqlServer(string settings) => _settings = settings;

    /// <summary>The one that suites share for which it does not matter whether a commit survives a power cut: it does not wait for the disk.</summary>
    public static Task<PostgreSqlServer> SharedAsync() => One.Value;

    public int Port { get; } = ServerPrograms.FreePort();

    public string ConnectionString => $"Host=127.0.0.1;Port={Port.ToString(CultureInfo.InvariantCulture)};Username=tester;Database=postgres";

    /// <summary>A new server. A durable one keeps all the settings with which it is shipped.</summary>
    public static async Task<PostgreSqlServer> StartAsync(bool isDurable = true, string more = "")
    {
        var server = new PostgreSqlServer($"-c max_connections=200 {(isDurable ? "" : "-c fsync=off -c full_page_writes=off -c synchronous_commit=off")} {more}");
        ServerPrograms.RunAsServer(
            Path.Combine(ServerPrograms.Folder, "initdb"), "-D", Path.Combine(server._folder, "data"), "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server._watch?.StandardInput.Close();
        await server.StartAsync();
        return server;
    }

    /// <summary>A server that follows this one and takes over when it is promoted. From now on this one waits for it with every commit.</summary>
    public async Task<PostgreSqlServer> StartStandbyAsync()
    {
        var standby = new PostgreSqlServer("-c max_connections=200");
        ServerPrograms.RunAsServer(
            Path.Combine(ServerPrograms.Folder, "pg_basebackup"), "-D", Path.Combine(standby._folder, "data"), "-d",
            $"host=127.0.0.1 port={Port.ToString(CultureInfo.InvariantCulture)} user=tester", "-R", "-X", "stream", "-c", "fast", "--no-sync");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => standby._watch?.StandardInput.Close();
        await standby.StartAsync();
        await RunAsync("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await RunAsync("SELECT pg_reload_conf()");
        for (var tries = 0; (long)(await RunAsync("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"))! == 0; tries++)
        {
            if (tries == 200) throw new InvalidOperationException("The standby does not follow: " + await standby.Log());
            await Task.Delay(50);
        }

        return standby;
    }

    public async Task StartAsync()
    {
        _watch = ServerPrograms.StartAsServer("sh", "-c", Watch, "sh", ServerPrograms.Folder, _folder, Port.ToString(CultureInfo.InvariantCulture), _settings);
        for (var tries = 0; ; tries++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Timeout=5");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (tries < 200 && !_watch.HasExited)
            {
                await Task.Delay(50);
            }
            catch (NpgsqlException error)
            {
                throw new InvalidOperationException("PostgreSQL did not start: " + await Log(), error);
            }
        }
    }

    /// <summary>Stops it: INT asks for order, QUIT drops everything at once, KILL is as if the power failed.</summary>
    public async Task StopAsync(string signal)
    {
        await _watch!.StandardInput.WriteLineAsync(signal);
        await _watch.StandardInput.FlushAsync();
        await _watch.WaitForExitAsync();
    }

    public async Task<object?> RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_watch is null) return;
        _watch.StandardInput.Close();
        await _watch.WaitForExitAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        _watch.Dispose();
        _watch = null;
    }

    private async Task<string> Log() => File.Exists(Path.Combine(_folder, "log")) ? await File.ReadAllTextAsync(Path.Combine(_folder, "log")) : "it left no log.";
}

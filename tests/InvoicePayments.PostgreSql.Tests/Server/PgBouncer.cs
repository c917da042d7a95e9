using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace InvoicePayments.Tests;

/// <summary>Debian's PgBouncer in transaction mode in front of a server: every transaction may get another session, and few sessions serve many hosts.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/pgbouncer";

    private const string Watch = """
        "$1" "$2/pgbouncer.ini" >>"$2/log" 2>&1 &
        pooler=$!
        read -r word; kill -INT $pooler; wait $pooler; rm -rf "$2"
        """;

    private readonly string _folder = ServerPrograms.NewFolder();
    private readonly int _port = ServerPrograms.FreePort();
    private Process? _watch;

    private PgBouncer()
    {
    }

    public string ConnectionString => $"Host=127.0.0.1;Port={_port.ToString(CultureInfo.InvariantCulture)};Username=tester;Database=postgres;Timeout=5";

    public static async Task<PgBouncer> StartAsync(PostgreSqlServer server, int sessions)
    {
        if (!File.Exists(Program)) throw new InvalidOperationException("PgBouncer is not installed. Run tests/run.sh, which installs it from Debian's packages, or: apt-get install pgbouncer.");
        var pooler = new PgBouncer();
        await File.WriteAllTextAsync(Path.Combine(pooler._folder, "users.txt"), "\"tester\" \"\"\n");
        await File.WriteAllTextAsync(Path.Combine(pooler._folder, "pgbouncer.ini"), string.Create(CultureInfo.InvariantCulture, $"""
            [databases]
            postgres = host=127.0.0.1 port={server.Port} user=tester
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {pooler._port}
            unix_socket_dir =
            auth_type = any
            auth_file = {pooler._folder}/users.txt
            pool_mode = transaction
            default_pool_size = {sessions}
            max_client_conn = 200
            ignore_startup_parameters = extra_float_digits
            """));
        pooler._watch = ServerPrograms.StartAsServer("sh", "-c", Watch, "sh", Program, pooler._folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => pooler._watch?.StandardInput.Close();
        for (var tries = 0; ; tries++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(pooler.ConnectionString + ";Pooling=false");
                await connection.OpenAsync();
                return pooler;
            }
            catch (NpgsqlException) when (tries < 100 && !pooler._watch.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_watch is null) return;
        _watch.StandardInput.Close();
        await _watch.WaitForExitAsync();
        _watch.Dispose();
        _watch = null;
    }
}

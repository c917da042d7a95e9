using System.Globalization;

namespace InvoicePayments.Tests;

/// <content>A server that follows another, becomes the primary when that is gone, and comes back as the follower of whoever took over.</content>
public sealed partial class PostgreSqlServer
{
    /// <summary>A new server that follows <paramref name="primary"/> and is waited for by its commits.</summary>
    public static async Task<PostgreSqlServer> FollowerOfAsync(PostgreSqlServer primary)
    {
        var server = new PostgreSqlServer("-c max_connections=200");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server._watch?.StandardInput.Close();
        await server.FollowAsync(primary);
        return server;
    }

    /// <summary>Takes a copy of <paramref name="primary"/> over whatever it held itself, follows it, and is waited for by its commits from now on.</summary>
    public async Task FollowAsync(PostgreSqlServer primary)
    {
        var data = Path.Combine(_folder, "data");
        if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
        var name = $"follower_{Port.ToString(CultureInfo.InvariantCulture)}";
        ServerPrograms.RunAsServer(
            Path.Combine(ServerPrograms.Folder, "pg_basebackup"), "-D", data, "-R", "-X", "stream", "-c", "fast",
            "-d", $"host=127.0.0.1 port={primary.Port.ToString(CultureInfo.InvariantCulture)} user=tester application_name={name}");
        await StartAsync();

        await primary.RunAsync($"ALTER SYSTEM SET synchronous_standby_names = '{name}'");
        await primary.RunAsync("SELECT pg_reload_conf()");
        for (var tries = 0; await primary.RunAsync("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") is not 1L; tries++)
        {
            if (tries == 200) throw new TimeoutException("The follower is not waited for: " + await Log());
            await Task.Delay(50);
        }
    }

    /// <summary>From now on it is the primary.</summary>
    public Task PromoteAsync() => RunAsync("SELECT pg_promote()");

    /// <summary>Takes the whole server away at once, every process of it, as when its machine loses power.</summary>
    public async Task KillAsync()
    {
        var postmaster = int.Parse((await File.ReadAllLinesAsync(Path.Combine(_folder, "data", "postmaster.pid")))[0], CultureInfo.InvariantCulture);
        foreach (var process in Signals.FamilyOf(postmaster)) Signals.Send(process, Signal.Kill);
        await StopAsync("KILL");
    }
}

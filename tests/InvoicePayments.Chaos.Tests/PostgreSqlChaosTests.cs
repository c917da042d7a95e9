using Npgsql;

namespace InvoicePayments.Tests;

/// <summary>Several worker processes over one PostgreSQL: killed, paused past their leases, cut off in the middle of a commit, and the server with them.</summary>
public sealed class PostgreSqlChaosTests(ITestOutputHelper output)
{
    [Fact]
    public async Task WorkersServerAndConnectionsAreTakenAway_TheBooksSayWhatTheGatewaySays()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        using var proxy = new CuttingProxy(server.Port);
        var address = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Port = proxy.Port, MaxPoolSize = 20 }.ConnectionString;
        await using var run = await ChaosRun.StartAsync("postgresql", address, [Flaw.None, Flaw.None, Flaw.None, Flaw.None]);
        await run.SufferAsync(
        [
            .. Enumerable.Range(0, ChaosBudget.Kills).Select(i => (Func<ChaosRun, Task>)(i % 2 == 0 ? r => r.KillWorkerAsync() : r => r.PauseWorkerAsync())),
            .. Enumerable.Range(0, ChaosBudget.Cuts).Select(i => (Func<ChaosRun, Task>)(r => CutAsync(r, proxy, (Cut)(i % 3)))),
            .. Enumerable.Repeat<Func<ChaosRun, Task>>(r => RestartAsync(r, server), ChaosBudget.Restarts),
            .. Enumerable.Repeat<Func<ChaosRun, Task>>(r => r.KillGatewayAsync(), ChaosBudget.GatewayKills),
        ]);

        var report = await run.EndAsync();
        output.WriteLine(report.Tell("PostgreSQL"));
        Assert.True(report.Violations.Count == 0, report.Findings);
        Assert.True(report.Books.Movements > 0, "Nobody paid anything.");
    }

    private static async Task RestartAsync(ChaosRun run, PostgreSqlServer server)
    {
        run.Count("server restarted in immediate mode");
        await server.StopAsync("QUIT");
        await server.StartAsync();
    }

    private static async Task CutAsync(ChaosRun run, CuttingProxy proxy, Cut where)
    {
        var before = proxy.Done;
        proxy.CutNext(where);
        for (var tries = 0; tries < 200 && proxy.Done == before; tries++) await Task.Delay(10);
        if (proxy.Done > before) run.Count($"commit cut {where switch { Cut.HalfWay => "half-way", Cut.BeforeTheAnswer => "before its answer", _ => "at once" }}");
    }
}

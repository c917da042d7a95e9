namespace InvoicePayments.Tests;

/// <summary>Several worker processes over one SQLite file: killed, paused past their leases, and left without room on the disk.</summary>
public sealed class SqliteChaosTests(ITestOutputHelper output)
{
    [Fact]
    public async Task WorkersAreKilledAndPausedAndTheDiskGetsFull_TheBooksSayWhatTheGatewaySays()
    {
        using var disk = SmallDisk.Create();
        await using var run = await ChaosRun.StartAsync("sqlite", $"Data Source={Path.Combine(disk.Folder, "payments.db")}", [Flaw.None, Flaw.None, Flaw.None]);
        await run.SufferAsync(
        [
            .. Enumerable.Range(0, ChaosBudget.SqliteKills).Select(i => (Func<ChaosRun, Task>)(i % 2 == 0 ? r => r.KillWorkerAsync() : r => r.PauseWorkerAsync())),
            .. Enumerable.Repeat<Func<ChaosRun, Task>>(r => FillAsync(r, disk), ChaosBudget.FullDisks),
            .. Enumerable.Repeat<Func<ChaosRun, Task>>(r => r.KillGatewayAsync(), ChaosBudget.GatewayKills),
        ]);

        var report = await run.EndAsync();
        output.WriteLine(report.Tell($"SQLite, {(disk.IsMounted ? "a file system that got full" : "files that could not grow")}"));
        Assert.True(report.Violations.Count == 0, report.Findings);
        Assert.True(report.Books.Movements > 0, "Nobody paid anything.");
    }

    private static async Task FillAsync(ChaosRun run, SmallDisk disk)
    {
        run.Count("disk full");
        var processes = run.Processes;
        disk.Fill(processes);
        await Task.Delay(Random.Shared.Next(500, 1_500));
        disk.Free(processes);
    }
}

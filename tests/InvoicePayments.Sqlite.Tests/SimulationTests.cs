using System.Globalization;
using Microsoft.Data.Sqlite;

namespace InvoicePayments.Tests;

/// <summary>The store on disk under the simulator: several hosts over one file, everything goes wrong, and nothing may break.</summary>
public sealed class SimulationTests : IDisposable
{
    private const string BudgetVariable = "INVOICEPAYMENTS_SIMULATION_SECONDS";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("invoice-payments-");
    private readonly ITestOutputHelper _output;
    private readonly Lazy<string> _empty;
    private int _files;

    public SimulationTests(ITestOutputHelper output) => (_output, _empty) = (output, new(() => Empty(_folder)));

    [Fact]
    public void WhateverGoesWrong_NothingBreaks()
    {
        var budget = Environment.GetEnvironmentVariable(BudgetVariable) is { Length: > 0 } seconds
            ? TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))
            : TimeSpan.FromSeconds(10);

        // Other seeds every time: whatever they find is repeated by the seed that the story names.
        var report = new Simulation(OnDisk).Run(int.MaxValue, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), budget);

        _output.WriteLine(report.ToString());
        report.EnsureNothingBroke();
        Assert.True(report.Runs > 0);
    }

    [Fact]
    public void ASeed_RunsTheSameTwice_AndTheSameAsInMemory()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var once = Told(new Simulation(OnDisk).Run(1, seed));

            Assert.Equal(once, Told(new Simulation(OnDisk).Run(1, seed)));
            Assert.Equal(once, Told(new Simulation().Run(1, seed)));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private SimulationOptions OnDisk => new() { OpenStore = Open };

    private static string Told(SimulationReport report) =>
        $"{report.FirstSeed}: {report.Steps} steps, {string.Join(", ", report.Faults.Select(f => $"{f.Key} {f.Value}"))} {report.Failure}";

    // Each run has a copy of one empty file, and no power cut is simulated: so a run costs neither the schema nor a wait for the disk.
    private SqlitePaymentStore Open()
    {
        var file = Path.Combine(_folder.FullName, $"{Interlocked.Increment(ref _files)}.db");
        File.Copy(_empty.Value, file);
        return new($"Data Source={file}", new() { Synchronous = SqliteSynchronous.Normal, Opened = WithoutWaiting });
    }

    private static void WithoutWaiting(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = OFF;";
        command.ExecuteNonQuery();
    }

    private static string Empty(DirectoryInfo folder)
    {
        var file = Path.Combine(folder.FullName, "empty.db");
        using var store = new SqlitePaymentStore($"Data Source={file}");
        _ = store.ListDueAsync(DateTimeOffset.UnixEpoch, 1, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return file;
    }
}

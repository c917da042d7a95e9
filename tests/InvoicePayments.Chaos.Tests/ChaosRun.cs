using System.Diagnostics;

namespace InvoicePayments.Tests;

/// <summary>One run: the gateway, the workers, what is done to them, and at the end what became of it.</summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    private const int SomeLines = 1_000;

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(40);

    private readonly ChaosSettings _settings;
    private readonly List<ChaosWorker> _workers = [];
    private readonly SortedDictionary<string, int> _faults = new(StringComparer.Ordinal);
    private readonly List<string> _trouble = [];
    private readonly List<Task> _underWay = [];
    private readonly string _gatewayPort;
    private readonly int _gatewayFaults;
    private readonly long _began = Stopwatch.GetTimestamp();
    private ChaosProcess? _gateway;

    private ChaosRun(ChaosSettings settings, string gatewayPort, int gatewayFaults) =>
        (_settings, _gatewayPort, _gatewayFaults) = (settings, gatewayPort, gatewayFaults);

    public string Folder => _settings.Folder;

    private long LedgerLength => File.Exists(_settings.Ledger) ? new FileInfo(_settings.Ledger).Length : 0;

    /// <summary>The workers that are there.</summary>
    public IReadOnlyList<int> Processes => [.. _workers.Where(w => !w.IsStarting).Select(w => w.Process.Id)];

    /// <summary>Starts a gateway and as many workers as there are flaws.</summary>
    public static async Task<ChaosRun> StartAsync(string store, string connectionString, IReadOnlyList<Flaw> workers, int gatewayFaults = 10)
    {
        var folder = Directory.CreateTempSubdirectory("invoice-payments-chaos-").FullName;
        var port = $"{ServerPrograms.FreePort()}";
        var run = new ChaosRun(new(folder, store, connectionString, $"http://127.0.0.1:{port}", Clients: 4, Pace: 20), port, gatewayFaults);
        run._settings.Save();
        for (var i = 0; i < workers.Count; i++) run._workers.Add(new(run._settings, i + 1, workers[i]));
        try
        {
            await run.StartGatewayAsync();
            await Task.WhenAll(run._workers.Select(w => w.StartAsync()));
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Does all of this, in any order, with some time in between.</summary>
    public async Task SufferAsync(IEnumerable<Func<ChaosRun, Task>> faults, int longestWait = 700)
    {
        var all = faults.ToArray();
        Random.Shared.Shuffle(all);
        foreach (var fault in all.TakeWhile(_ => Stopwatch.GetElapsedTime(_began) < ChaosBudget.Longest))
        {
            await WorkAsync(TimeSpan.FromMilliseconds(Random.Shared.Next(100, longestWait)));
            await fault(this);
        }
    }

    public void Count(string fault) => _faults[fault] = _faults.GetValueOrDefault(fault) + 1;

    /// <summary>Takes a worker away, wherever it is, and starts another in its place after a while. Whatever comes next does not wait for that.</summary>
    public async Task KillWorkerAsync()
    {
        var worker = await PickAsync();
        Count("worker killed");
        Note(worker);
        worker.IsStarting = true;
        worker.Process.Kill();
        _underWay.Add(ReturnAsync(worker, TimeSpan.FromMilliseconds(Random.Shared.Next(300)), worker.StartAsync));
    }

    /// <summary>Lets a worker stand still for longer than all of its leases. The others go on, and so does whatever comes next.</summary>
    public async Task PauseWorkerAsync()
    {
        var worker = await PickAsync();
        Count("worker paused");
        worker.Process.Send(Signal.Stop);
        _underWay.Add(ReturnAsync(worker, ChaosHost.Lease + TimeSpan.FromMilliseconds(Random.Shared.Next(300, 2_000)), () =>
        {
            worker.Process.Send(Signal.Continue);
            return Task.CompletedTask;
        }));
    }

    /// <summary>Takes the gateway away, and brings it back over its ledger.</summary>
    public async Task KillGatewayAsync()
    {
        Count("gateway killed");
        _gateway!.Dispose();
        await StartGatewayAsync();
    }

    /// <summary>Lets the workers go on for a while, and until the gateway has heard of some of what they do, if it does so at all.</summary>
    private async Task WorkAsync(TimeSpan atLeast)
    {
        var (before, tries) = (LedgerLength, 0);
        await Task.Delay(atLeast);
        while (LedgerLength - before < SomeLines && tries++ < 500) await Task.Delay(20);
    }

    /// <summary>Lets the workers go on until the gateway has been asked this often.</summary>
    public async Task WorkUntilAsync(int movements)
    {
        for (var tries = 0; LedgerLine.ReadAll(_settings.Ledger).Count < movements; tries++)
        {
            if (tries == 600) throw new TimeoutException("The workers do nothing.");
            await Task.Delay(100);
        }
    }

    /// <summary>Everything heals, the workers finish what they are doing, and what is left is recovered and delivered. Then the books are looked at.</summary>
    public async Task<ChaosReport> EndAsync()
    {
        await Task.WhenAll(_underWay);
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        foreach (var worker in _workers) Note(worker);
        var ended = await Task.WhenAll(_workers.Select(w => w.Process.StopAsync(StopPatience)));
        for (var i = 0; i < ended.Length; i++)
            if (!ended[i]) _trouble.Add($"worker {i + 1} {_workers[i].Process.Complaints}");

        var books = await Books.ReadAsync(_settings);
        return new(_faults, books, [.. _trouble, .. books.Violations]);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_underWay);
        foreach (var worker in _workers) worker.Dispose();
        _gateway?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task StartGatewayAsync() => _gateway = await ChaosProcess.StartAsync(
        "InvoicePayments.ChaosGateway", _settings.Ledger, _gatewayPort, $"{_gatewayFaults}", "40");

    private async Task<ChaosWorker> PickAsync()
    {
        while (true)
        {
            var here = _workers.Where(w => !w.IsAway).ToArray();
            if (here.Length > 0)
            {
                var picked = here[Random.Shared.Next(here.Length)];
                picked.IsAway = true;
                return picked;
            }

            await Task.Delay(20);
        }
    }

    private static async Task ReturnAsync(ChaosWorker worker, TimeSpan after, Func<Task> back)
    {
        await Task.Delay(after);
        await back();
        worker.IsAway = false;
    }

    private void Note(ChaosWorker worker)
    {
        if (worker.Process.HasFailed) _trouble.Add($"worker {worker.Number} {worker.Process.Complaints}");
    }
}

namespace InvoicePayments.Tests;

/// <summary>One of the workers: a new process, with logs of its own, each time it is started.</summary>
internal sealed class ChaosWorker(ChaosSettings settings, int number, Flaw flaw) : IDisposable
{
    private ChaosProcess? _process;
    private int _starts;

    public int Number => number;

    public ChaosProcess Process => _process ?? throw new InvalidOperationException("It was never started.");

    /// <summary>Whether it stands still, or is being started.</summary>
    public volatile bool IsAway;

    /// <summary>Whether it is not there yet, or no more.</summary>
    public volatile bool IsStarting;

    public async Task StartAsync()
    {
        IsStarting = true;
        _process?.Dispose();
        _process = await ChaosProcess.StartAsync("InvoicePayments.ChaosWorker", settings.Folder, $"{number}-{++_starts}", $"{flaw}");
        IsStarting = false;
    }

    public void Dispose() => _process?.Dispose();
}

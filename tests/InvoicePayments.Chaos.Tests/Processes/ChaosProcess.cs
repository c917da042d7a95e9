using System.Diagnostics;
using System.Text;

namespace InvoicePayments.Tests;

/// <summary>A process that the suite starts, and that ends when its input does, so also when the suite is gone.</summary>
internal sealed class ChaosProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _complaints = new();
    private bool _isOver;

    private ChaosProcess(Process process)
    {
        _process = process;
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>Whether it ended although nobody wanted it to.</summary>
    public bool HasFailed => !_isOver && _process.HasExited;

    public string Complaints
    {
        get { lock (_complaints) return $"ended with {_process.ExitCode}: {_complaints}"; }
    }

    /// <summary>Starts one of the programs that are built beside this project, and waits until it is ready.</summary>
    public static async Task<ChaosProcess> StartAsync(string project, params string[] arguments)
    {
        var here = $"{Path.DirectorySeparatorChar}InvoicePayments.Chaos.Tests{Path.DirectorySeparatorChar}";
        var there = AppContext.BaseDirectory.Replace(here, $"{Path.DirectorySeparatorChar}{project}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

        // A file that may not grow is an error like a full disk, and no reason to end.
        string[] command = ["--ignore-signal=XFSZ", Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", "exec", Path.Combine(there, project + ".dll"), .. arguments];
        var start = new ProcessStartInfo("env", command)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var started = new ChaosProcess(Process.Start(start)!);
        started._process.ErrorDataReceived += (_, line) => started.Complain(line.Data);
        started._process.BeginErrorReadLine();
        if (await started._process.StandardOutput.ReadLineAsync() == "ready") return started;
        await started._process.WaitForExitAsync();
        throw new InvalidOperationException($"{project} {started.Complaints}");
    }

    public void Send(Signal signal)
    {
        if (!_process.HasExited) Signals.Send(_process.Id, signal);
    }

    public int Id => _process.Id;

    /// <summary>Takes it away wherever it is.</summary>
    public void Kill()
    {
        _isOver = true;
        Send(Signal.Kill);
    }

    /// <summary>Lets it finish what it is doing. False when it did not end in good order.</summary>
    public async Task<bool> StopAsync(TimeSpan patience)
    {
        if (HasFailed) return false;
        _isOver = true;
        _process.StandardInput.Close();
        using var tooLong = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(tooLong.Token);
            return _process.ExitCode == 0;
        }
        catch (OperationCanceledException)
        {
            Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
            return false;
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    // A stopped process does not see its input end.
    private void KillAtExit(object? sender, EventArgs e) => Kill();

    private void Complain(string? line)
    {
        lock (_complaints) _complaints.AppendLine(line);
    }
}

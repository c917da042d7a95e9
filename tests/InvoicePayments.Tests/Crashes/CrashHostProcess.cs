using System.Diagnostics;

namespace InvoicePayments.Tests;

/// <summary>Starts the program that is to be killed, and hears how it ended.</summary>
internal static class CrashHostProcess
{
    // Built beside this project, in the same configuration.
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory.Replace(
            $"{Path.DirectorySeparatorChar}InvoicePayments.Tests{Path.DirectorySeparatorChar}",
            $"{Path.DirectorySeparatorChar}InvoicePayments.CrashHost{Path.DirectorySeparatorChar}",
            StringComparison.Ordinal),
        "InvoicePayments.CrashHost.dll");

    /// <summary>Runs a command to its end or to its crash point. Answers whether it lived, and the points or the point.</summary>
    public static async Task<(bool Lived, string[] Points)> RunAsync(
        string folder, string command, int count = 1, int dieAt = 0, Story story = Story.Answers, int later = 0)
    {
        using var process = Start(folder, command, count, dieAt, story, later);
        var said = (await process.StandardOutput.ReadToEndAsync()).Trim().Split('\n')[^1];
        var complaint = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        if (said.StartsWith("dies at ", StringComparison.Ordinal) && process.ExitCode != 0) return (false, [said["dies at ".Length..]]);
        if (said.StartsWith("passed", StringComparison.Ordinal) && process.ExitCode == 0) return (true, said.Split(' ')[1..]);
        throw new InvalidOperationException($"{command} ended with {process.ExitCode}: {said} {complaint}");
    }

    /// <summary>Kills the program a while after it has begun its work, wherever it is then.</summary>
    public static async Task KillAsync(string folder, string command, int count, TimeSpan after)
    {
        using var process = Start(folder, command, count, 0, Story.Answers, 0);
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
        await Task.Delay(after);
        process.Kill();
        await process.WaitForExitAsync();
    }

    private static Process Start(string folder, string command, int count, int dieAt, Story story, int later)
    {
        Assert.True(File.Exists(Program), $"Build the solution first: there is no {Program}.");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        object[] arguments = ["exec", Program, folder, command, count, dieAt, story, later];
        foreach (var argument in arguments) start.ArgumentList.Add($"{argument}");
        return Process.Start(start)!;
    }
}

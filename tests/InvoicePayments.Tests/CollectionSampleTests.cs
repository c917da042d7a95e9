using System.Diagnostics;
using System.Text.RegularExpressions;

namespace InvoicePayments.Tests;

/// <summary>The sample as it is started in a terminal: stopped half-way, and started again.</summary>
public sealed class CollectionSampleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("invoice-payments-collection-");

    [Fact]
    [Parity("BEY-16")]
    public async Task StoppedHalfWay_AndStartedAgain_TheRunChargesNobodyTwice_AndTheBooksAgree()
    {
        var stopped = await RunAsync("--invoices", "300", "--stop-after", "120");
        Assert.Contains("Stopped between two invoices", stopped, StringComparison.Ordinal);
        Assert.InRange(Number(stopped, "paid"), 100, 140);
        Assert.InRange(Number(stopped, "left for this run"), 160, 180);

        var finished = await RunAsync("--invoices", "300");
        Assert.Contains("Everything that was due has been charged", finished, StringComparison.Ordinal);
        Assert.Equal((294, 6, 0, 0), (Number(finished, "paid"), Number(finished, "to be tried again"), Number(finished, "left for this run"), Number(finished, "paid twice")));

        Assert.Contains("0 of 0", await RunAsync("--invoices", "300"), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])["exec", Sample(), _folder.FullName, .. arguments]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, said);
        return said;
    }

    private static int Number(string said, string line) => int.Parse(
        Regex.Match(said, $@"^\s*{line}\s+(\d+)\s*$", RegexOptions.Multiline).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    // Built beside the tests, in the same configuration.
    private static string Sample()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var path = SourceTree.PathOf("samples", "CollectionRun", "bin", output.Parent!.Name, output.Name, "CollectionRun.dll");
        Assert.True(File.Exists(path), $"Build the solution first: there is no {path}.");
        return path;
    }
}

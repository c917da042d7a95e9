using System.Diagnostics;

namespace InvoicePayments.Tests;

/// <summary>Every sample is run as a user runs it, as a process of its own, and says by its exit code whether its story came out right.</summary>
public sealed class SampleTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("ReadmeExample", "succeeded, invoice Paid, replay True")]
    [InlineData("PartsAndRefund", "EUR 30.00 given back, and due again  → PartiallyPaid: settled EUR 270.00, due EUR 30.00")]
    [InlineData("CrashAndRecovery", "In the end: the gateway moved money 1 time(s); the invoice is Paid, settled EUR 119.00, reserved EUR 0.00.")]
    public async Task ASample_TellsItsStory_AndItComesOutRight(string sample, string moral)
    {
        var (exitCode, text) = await RunAsync(sample);

        output.WriteLine(text);
        Assert.Equal(0, exitCode);
        Assert.Contains(moral, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheQuickStart_RunTwiceOnOneFolder_ChargesNobodyTwice()
    {
        var folder = Directory.CreateTempSubdirectory("quick-start-");
        try
        {
            var (first, _) = await RunAsync("QuickStart", folder.FullName);
            var ledger = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "gateway.ledger.jsonl"), TestContext.Current.CancellationToken);
            var (second, _) = await RunAsync("QuickStart", folder.FullName);

            Assert.Equal((0, 0), (first, second));
            Assert.Equal(ledger, await File.ReadAllTextAsync(Path.Combine(folder.FullName, "gateway.ledger.jsonl"), TestContext.Current.CancellationToken));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Text)> RunAsync(string sample, params string[] arguments)
    {
        var program = SourceTree.PathOf("samples", sample, "bin", Configuration, "net10.0", sample + ".dll");
        Assert.True(File.Exists(program), $"{program} is not there: build InvoicePayments.sln first.");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await said + await complained);
    }

    // bin/<configuration>/net10.0: the samples are built as the tests are.
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}

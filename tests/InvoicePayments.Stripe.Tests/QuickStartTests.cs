using System.Diagnostics;

namespace InvoicePayments.Tests;

/// <summary>The documented command, as a user types it: the double starts the quick start, which pays there.</summary>
public sealed class QuickStartTests(ITestOutputHelper output)
{
    [Fact]
    public async Task TheQuickStart_PaysAtTheDouble_ThroughAChallengeAndItsWebhook()
    {
        var (exitCode, text) = await RunAsync();

        Output.Tell(output, text);
        Assert.Equal(0, exitCode);
        Assert.Contains("action_required: charge of KWD 42.750", text, StringComparison.Ordinal);
        Assert.Contains("Stripe sends a webhook.", text, StringComparison.Ordinal);
        Assert.Contains("succeeded: charge of KWD 42.750, the invoice is Paid.", text, StringComparison.Ordinal);
        Assert.Contains("charge 119000 eur, charge 42750 kwd, refund 19000 eur", text, StringComparison.Ordinal);
        Assert.Empty(Output.Leaks(text.Split('\n')));
    }

    private static async Task<(int ExitCode, string Text)> RunAsync()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string ProgramOf(string folder, string name) => SourceTree.PathOf(folder, name, "bin", configuration, "net10.0", name + ".dll");
        var books = Directory.CreateTempSubdirectory("quick-start-stripe-");
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [ProgramOf("tests", "InvoicePayments.StripeDouble"), "dotnet", ProgramOf("samples", "QuickStart"), "--gateway", "stripe", books.FullName])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(StripeHost.Token), process.StandardError.ReadToEndAsync(StripeHost.Token));
        await process.WaitForExitAsync(StripeHost.Token);
        books.Delete(recursive: true);
        return (process.ExitCode, await said + await complained);
    }
}

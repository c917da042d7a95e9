using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace InvoicePayments.Tests;

/// <summary>Stripe's own client for Node is the judge of the double: what it takes for Stripe is like Stripe.</summary>
public sealed class NpmTourTests(ITestOutputHelper output)
{
    private const string Package = "stripe@23.1.0";

    [Fact]
    public async Task StripesOwnClient_TakesTheDoubleForStripe()
    {
        var folder = await InstalledOrSkipAsync();
        await using var host = await StripeHost.OpenAsync();
        await host.AskAsync(StripeHost.Charge());
        var body = host.Events.First(e => e["type"]!.GetValue<string>() == "payment_intent.succeeded").ToJsonString();
        var bytes = Encoding.UTF8.GetBytes(body);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "tour.mjs"), Path.Combine(folder, "tour.mjs"), overwrite: true);

        var (exitCode, said) = await RunAsync("node", folder, TimeSpan.FromMinutes(1), ["tour.mjs"], new()
        {
            ["TOUR_BASE"] = host.Server.Address.AbsoluteUri, ["TOUR_KEY"] = host.Server.ApiKey, ["TOUR_DESCRIBED"] = host.Server.HoldsToDescription ? "1" : "",
            ["TOUR_BODY"] = body, ["TOUR_HEADER"] = StripeDouble.Signing.HeaderOf(bytes, StripeHost.WebhookSecret, DateTimeOffset.UtcNow), ["TOUR_SECRET"] = StripeHost.WebhookSecret,
        });

        // The header that the client has signed is for the last line alone: its digest is drawn anew each time, and now and then has as many digits in a row as a card.
        var (signed, told) = (said.Split('\n').Where(IsSigned), said.Split('\n').Where(line => !IsSigned(line)));
        Output.Tell(output, string.Join('\n', told));
        Assert.Equal(0, exitCode);
        Assert.Contains("TOUR DONE", said, StringComparison.Ordinal);

        // And the other way round: what the client signs, the adapter takes.
        var header = signed.Single()["HEADER ".Length..].Trim();
        Assert.Null(new StripeSignature([StripeHost.WebhookSecret], TimeSpan.FromMinutes(5)).Problem(bytes, header, DateTimeOffset.UtcNow));

        static bool IsSigned(string line) => line.StartsWith("HEADER ", StringComparison.Ordinal);
    }

    private static async Task<string> InstalledOrSkipAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"invoice-payments-{Environment.UserName}-{Package.Replace('@', '-')}");
        if (Directory.Exists(Path.Combine(folder, "node_modules", "stripe", "esm"))) return folder;
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{"private":true}""", StripeHost.Token);
        try
        {
            await RunAsync("node", folder, TimeSpan.FromSeconds(20), ["--version"], []);
            var (exitCode, _) = await RunAsync("npm", folder, TimeSpan.FromSeconds(60), ["install", "--no-audit", "--no-fund", "--ignore-scripts", Package], []);
            if (exitCode != 0) Assert.Skip($"The npm package {Package} could not be had.");
        }
        catch (Win32Exception)
        {
            Assert.Skip("Node is not on this machine.");
        }
        catch (TimeoutException)
        {
            Assert.Skip($"The npm package {Package} could not be had in time.");
        }

        return folder;
    }

    private static async Task<(int ExitCode, string Text)> RunAsync(string program, string folder, TimeSpan within, string[] arguments, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(StripeHost.Token), process.StandardError.ReadToEndAsync(StripeHost.Token));
        try
        {
            await process.WaitForExitAsync(StripeHost.Token).WaitAsync(within, StripeHost.Token);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await said + await complained);
    }
}

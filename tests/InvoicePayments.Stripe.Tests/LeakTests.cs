using System.Diagnostics;
using StripeDouble;

namespace InvoicePayments.Tests;

/// <summary>Nothing secret gets out. What the whole suite lets out is searched when its last test is done, by <see cref="Output"/>.</summary>
public sealed class LeakTests
{
    [Theory]
    [InlineData("key sk_test_abc")]
    [InlineData("key rk_test_abc")]
    [InlineData("whsec_abc")]
    [InlineData("pi_1_secret_abc")]
    [InlineData("paid with tok_visa")]
    [InlineData("paid with pm_card_visa")]
    [InlineData("of cus_123")]
    [InlineData("ending in 4242")]
    [InlineData("4000056655665556")]
    public void TheSearchFindsWhatItShould(string line) => Assert.NotEmpty(Output.Leaks([line]));

    [Theory]
    [InlineData("answered after 0.4242ms")]
    [InlineData("ElapsedMilliseconds=0.42420000000000002")]
    [InlineData("pi_000004242double")]
    public void TheSearchPassesOverWhatIsNoSecret(string line) => Assert.Empty(Output.Leaks([line]));

    public static TheoryData<string> Ways { get; } = [.. PlantedLeak.Names, ""];

    /// <summary>The suite itself, as a process of its own, with one harmless test: only what was planted when it began can fail it when it ends.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public async Task WhateverWayASecretGetsOut_TheRunFails_AndWithoutOneItDoesNot(string way)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(LeakTests).Assembly.Location, "-method", $"*.{nameof(WhatStripeSays_IsPassedOnWithoutSecrets)}", "-noColor"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { [PlantedLeak.Variable] = way },
        };
        using var run = Process.Start(start)!;
        var (said, complained) = (run.StandardOutput.ReadToEndAsync(StripeHost.Token), run.StandardError.ReadToEndAsync(StripeHost.Token));
        await run.WaitForExitAsync(StripeHost.Token);
        var text = await said + await complained;

        Assert.Contains("Failed: 0", text, StringComparison.Ordinal);
        Assert.Equal(way.Length == 0, run.ExitCode == 0);
        Assert.Equal(way.Length > 0, text.Contains("The suite let out what it should not", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("No such PaymentMethod: 'pm_card_visa'", "No such PaymentMethod: '***'")]
    [InlineData("Invalid API Key provided: sk_test_******abcd", "Invalid API Key provided: ***")]
    [InlineData("secret pi_1_secret_2 of a client", "secret *** of a client")]
    [InlineData("card 4242 4242 4242 4242\r\nis bad", "card *** is bad")]
    [InlineData("customer cus_1 / tok_1", "customer *** / ***")]
    public void WhatStripeSays_IsPassedOnWithoutSecrets(string said, string expected) => Assert.Equal(expected, StripeTexts.Clean(said, ""));

    [Fact]
    public async Task ARefusal_DoesNotRepeatTheToken()
    {
        await using var host = await StripeHost.OpenAsync();

        var refused = await host.MustAsync<GatewayOutcome.Refused>(StripeHost.Charge("pm_that_is_not_there"));

        Assert.Empty(Output.Leaks([refused.Why.Message]));
        Assert.Contains("No such PaymentMethod", refused.Why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhateverHappens_TheLogsSpansAndExceptionsOfIt_HoldNothingSecret()
    {
        var before = Output.Snapshot.Count;
        await using var host = await StripeHost.OpenAsync();
        await host.IssueAsync("inv_1");
        host.Server.Next(new Fault { CutAnswerAt = 100 }, new Fault { FailAfter = 500 });
        foreach (var token in new[] { "tok_visa", "pm_card_authenticationRequired", "pm_card_chargeDeclined", "pm_nobody" }) await host.PayAsync("inv_1", token, key: token.Replace("_", "-", StringComparison.Ordinal));
        await host.DeliverAllAsync();

        var lines = Output.Snapshot.Skip(before).ToList();
        Assert.Contains(lines, line => line.StartsWith("log System.Net.Http.HttpClient.InvoicePayments.Stripe", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("span System.Net.Http", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("thrown ", StringComparison.Ordinal));
        Assert.Empty(Output.Leaks(lines));
    }
}

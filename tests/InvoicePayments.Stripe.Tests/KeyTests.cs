using StripeDouble;

namespace InvoicePayments.Tests;

/// <summary>Our reference as Stripe's idempotency key.</summary>
public sealed class KeyTests
{
    [Fact]
    public async Task EveryRequestThatMovesMoney_CarriesTheReferenceAndThePinnedVersion()
    {
        await using var host = await StripeHost.OpenAsync();
        var command = StripeHost.Charge();
        await host.AskAsync(command);

        var sent = Assert.Single(host.Server.Requests);
        Assert.Equal((command.Reference.Value, StripeOptions.ApiVersion), (sent.Key, sent.Version));
    }

    [Fact]
    public async Task TheSameReferenceWithAnotherRequest_IsNoRefusal_BecauseTheFirstMayHaveMovedMoney()
    {
        await using var host = await StripeHost.OpenAsync();
        var command = StripeHost.Charge();
        await host.MustAsync<GatewayOutcome.Succeeded>(command);
        var other = command with { Amount = StripeHost.Eur(999) };

        var unknown = await host.MustAsync<GatewayOutcome.Unknown>(other);

        Assert.Equal(("key_reused", true), (unknown.Why.Code, unknown.DoNotResend));
        var found = Assert.IsType<GatewayOutcome.Succeeded>(Assert.IsType<GatewayResolution.Found>(await host.LookAsync(other)).Outcome);
        Assert.Equal(command.Amount, found.Moved);
        Assert.Equal(1_250, host.Moved(command.Reference));
    }

    [Fact]
    public async Task WhoeverComesWhileTheFirstIsInFlight_HearsThatNobodyKnows_AndWhenToAskAgain()
    {
        await using var host = await StripeHost.OpenAsync();
        var command = StripeHost.Charge();
        host.Server.Next(new Fault { Slow = TimeSpan.FromSeconds(1) });
        var first = host.AskAsync(command);
        while (host.Server.Requests.Count == 0) await Task.Delay(5, StripeHost.Token);

        var second = await host.MustAsync<GatewayOutcome.Unknown>(command);

        Assert.Equal("idempotency_key_in_use", second.Why.Code);
        Assert.NotNull(second.AskAgainAfter);
        Assert.IsType<GatewayOutcome.Succeeded>(await first);
        Assert.Equal(1_250, host.Moved(command.Reference));
    }

    [Theory]
    [InlineData("rate_limit")]
    [InlineData("lock_timeout")]
    public async Task WhenStripeIsAskedTooOften_NobodyKnows_AndItsWaitIsKept(string code)
    {
        await using var host = await StripeHost.OpenAsync();
        host.Server.Next(new Fault { TooMany = true, TooManyCode = code, RetryAfter = 7 });

        var unknown = await host.MustAsync<GatewayOutcome.Unknown>(StripeHost.Charge());

        Assert.Equal((code, TimeSpan.FromSeconds(7)), (unknown.Why.Code, unknown.AskAgainAfter));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(null, false)]
    public async Task StripesAdviceAboutTheSameRequestAgain_IsPassedOn(bool? advice, bool expected)
    {
        await using var host = await StripeHost.OpenAsync();
        host.Server.Next(new Fault { FailBefore = 503, IsStored = false, ShouldRetry = advice });

        Assert.Equal(expected, (await host.MustAsync<GatewayOutcome.Unknown>(StripeHost.Charge())).DoNotResend);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task AResend_HappensWhereStripeHasNothingAgainstIt(bool forbidden, int requests)
    {
        await using var host = await StripeHost.OpenAsync(options: o => (o.Gateway.Resends, o.Gateway.ResendDelay) = (1, TimeSpan.FromMilliseconds(1)));
        await host.IssueAsync("inv_1");
        host.Server.Next(new Fault { TooMany = true, ShouldRetry = forbidden ? false : null });

        var answer = await host.PayAsync("inv_1");

        Assert.Equal(requests, host.Server.Requests.Count(r => r.Method == "POST"));
        Assert.Equal(forbidden ? "processing" : "succeeded", answer.Status);
    }

    [Fact]
    public async Task AWaitThatIsTooLongForOneConversation_IsLeftToRecovery()
    {
        await using var host = await StripeHost.OpenAsync(options: o => (o.Gateway.Resends, o.Gateway.ResendDelay) = (2, TimeSpan.FromMilliseconds(1)));
        await host.IssueAsync("inv_1");
        host.Server.Next(new Fault { TooMany = true, RetryAfter = 60 });

        var answer = await host.PayAsync("inv_1");

        Assert.IsType<PaymentResult.Processing>(answer);
        Assert.Single(host.Server.Requests);
        Assert.InRange(answer.Operation!.NextCheckAt!.Value - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(61));
    }

    [Fact]
    public async Task WhenTheWindowOfTheKeyIsOver_NothingIsSentAgain()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await StripeHost.OpenAsync(time);
        await host.IssueAsync("inv_1");
        host.Server.Next(new Fault { CutBefore = true });
        var first = await host.PayAsync("inv_1");
        time.Advance(TimeSpan.FromHours(25));

        var later = await host.PayAsync("inv_1");

        Assert.IsType<PaymentResult.Processing>(first);
        Assert.Equal("never_happened", Assert.IsType<PaymentResult.Failed>(later).Why.Code);
        Assert.Single(host.Server.Requests, r => r.Method == "POST");
        Assert.Empty(host.World.Movements);
    }

    [Fact]
    public async Task AKeyThatStripeDoesNotAccept_DeclinesNothing_AndSaysWhatIsWrong()
    {
        await using var host = await StripeHost.OpenAsync(configure: o => o.ApiKey = "sk_test_another");

        var turnedAway = await host.MustAsync<GatewayOutcome.NotSent>(StripeHost.Charge());

        Assert.Equal("not_authorized", turnedAway.Why.Code);
        Assert.DoesNotContain("sk_test", turnedAway.Why.Message, StringComparison.Ordinal);
    }
}

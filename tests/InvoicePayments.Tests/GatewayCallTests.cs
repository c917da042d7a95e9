using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Retry;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

/// <summary>What stands between us and a gateway: time limits, resends within the guarantee, a breaker, or the host's own pipeline.</summary>
public sealed class GatewayCallTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task WhenTheGatewayTakesTooLong_TheOutcomeIsUnknown_AndTheMoneyStaysReserved()
    {
        await using var host = With(o => o.Timeout = 2 * Second);
        await host.IssueAsync();
        host.Gateway.Next(ScriptedBehaviour.Slow(TimeSpan.FromHours(1)));

        var paying = host.PayAsync();
        Assert.False(paying.IsCompleted);
        host.Time.Advance(3 * Second);
        var answer = await paying;

        Assert.IsType<PaymentResult.Processing>(answer);
        Assert.Equal((OperationStatus.Unknown, "timeout"), (answer.Operation!.Status, answer.ErrorCode));
        Assert.True((await host.InvoiceAsync()).Payable.IsZero);
    }

    [Fact]
    public async Task WhenAnAdapterIgnoresItsToken_WeDoNotWaitForIt()
    {
        await using var host = With(o => o.Timeout = 2 * Second, new DeafGateway());
        await host.IssueAsync();
        var paying = host.PayAsync();
        host.Time.Advance(3 * Second);

        Assert.Equal("timeout", (await paying).ErrorCode);
    }

    [Theory]
    [InlineData(DuplicateRule.ReplayCurrentState, 2)]
    [InlineData(DuplicateRule.MarkedDuplicate, 2)]
    [InlineData(DuplicateRule.ReplaySameResult, 2)]
    [InlineData(DuplicateRule.RejectedAsDuplicate, 1)]
    [InlineData(DuplicateRule.None, 1)]
    public async Task AnUnknownOutcome_IsAskedAgainAtOnce_OnlyWhereTheGuaranteeCoversIt(DuplicateRule rule, int calls)
    {
        await using var host = With(o => (o.Resends, o.ResendDelay) = (2, Second), profile: ScriptedGatewayOptions.ProfileOf(rule));
        await host.IssueAsync();
        host.Gateway.Next(ScriptedBehaviour.LoseAnswerAfter());

        var answer = await AdvancingAsync(host, host.PayAsync());

        Assert.Equal(calls, host.Gateway.Calls.Count);
        Assert.Equal(calls > 1, answer is PaymentResult.Succeeded);
        Assert.Single(host.Gateway.Ledger.Entries);
        Assert.Single(host.Gateway.Calls.Select(c => c.Reference).Distinct());
    }

    [Fact]
    public async Task OutsideTheWindow_NothingIsAskedAgain()
    {
        await using var host = With(
            o => (o.Timeout, o.Resends, o.ResendDelay) = (10 * Second, 2, Second),
            profile: ScriptedGatewayOptions.ProfileOf(DuplicateRule.ReplaySameResult, window: 5 * Second));
        await host.IssueAsync();
        host.Gateway.Next(ScriptedBehaviour.LoseAnswerAfter());

        Assert.IsType<PaymentResult.Processing>(await AdvancingAsync(host, host.PayAsync()));
        Assert.Single(host.Gateway.Calls);
    }

    [Fact]
    public async Task AfterManyUnknownOutcomes_TheGatewayIsLeftAlone_AndAPaymentFailsAsNeverSent()
    {
        await using var host = With(o => (o.BreakerMinimumCalls, o.BreakerPause) = (2, 10 * Second));
        await host.IssueAsync();
        host.Gateway.Next(ScriptedBehaviour.LoseAnswerBefore(), ScriptedBehaviour.LoseAnswerBefore());
        await host.PayAsync("k1", Eur(1));
        await host.PayAsync("k2", Eur(1));

        var failed = Assert.IsType<PaymentResult.Failed>(await host.PayAsync("k3", Eur(1)));
        Assert.Equal("gateway_unavailable", failed.ErrorCode);
        Assert.Equal(2, host.Gateway.Calls.Count);

        host.Time.Advance(11 * Second);
        Assert.IsType<PaymentResult.Succeeded>(await host.PayAsync("k4", Eur(1)));
    }

    [Fact]
    public async Task AHostsOwnPipeline_IsUsed_AndItsRetriesStayWithinTheGuarantee()
    {
        foreach (var (rule, calls) in new[] { (DuplicateRule.ReplayCurrentState, 2), (DuplicateRule.None, 1) })
        {
            var retry = new RetryStrategyOptions<GatewayOutcome>
            {
                Delay = TimeSpan.Zero, MaxRetryAttempts = 3, ShouldHandle = a => ValueTask.FromResult(a.Outcome.Result is GatewayOutcome.Unknown),
            };
            await using var host = With(
                o => (o.Pipeline, o.Patience) = (new ResiliencePipelineBuilder<GatewayOutcome>().AddRetry(retry).Build(), 60 * Second),
                profile: ScriptedGatewayOptions.ProfileOf(rule));
            await host.IssueAsync();
            host.Gateway.Next(ScriptedBehaviour.LoseAnswerAfter());

            await host.PayAsync();

            Assert.Equal(calls, host.Gateway.Calls.Count);
            Assert.Single(host.Gateway.Ledger.Entries);
        }
    }

    [Fact]
    public async Task WhoeverSleptPastItsClaim_DoesNotAsk_AndThePaymentFailsAsNeverSent()
    {
        var store = new SleepyStore();
        await using var host = InMemory(b => b.UseStore(_ => store));
        await host.IssueAsync();
        store.AfterCommit = () => host.Time.Advance(TimeSpan.FromHours(1));

        var answer = await host.PayAsync();

        Assert.Equal("too_late", Assert.IsType<PaymentResult.Failed>(answer).ErrorCode);
        Assert.Empty(host.Gateway.Calls);
    }

    [Fact]
    public async Task WhatAnAdapterThrows_IsNoAnswer_AndItsMessageReachesNobody()
    {
        await using var host = With(_ => { });
        await host.IssueAsync();
        host.Gateway.Next(ScriptedBehaviour.Throw(new InvalidOperationException("tok_secret"), afterMoving: true));

        var answer = await host.PayAsync();

        Assert.Equal("gateway_exception", Assert.IsType<PaymentResult.Processing>(answer).ErrorCode);
        Assert.DoesNotContain("tok_secret", answer.ErrorMessage!, StringComparison.Ordinal);
    }

    private static PaymentHost With(Action<GatewayCallOptions> configure, IPaymentGateway? gateway = null, GatewayProfile? profile = null) => InMemory(builder =>
    {
        if (profile is not null) builder.UseScriptedGateway("test", o => o.Profile = profile);
        builder.UseGateway("test", provider => gateway ?? provider.GetRequiredKeyedService<ScriptedGateway>("test"), configure);
    });

    private static async Task<PaymentResult> AdvancingAsync(PaymentHost host, Task<PaymentResult> paying)
    {
        for (var i = 0; i < 1_000 && !paying.IsCompleted; i++)
        {
            host.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await paying;
    }

    private sealed class DeafGateway : IPaymentGateway
    {
        public GatewayProfile Profile { get; } = ScriptedGatewayOptions.ProfileOf(DuplicateRule.None);

        public Task<GatewayOutcome> ExecuteAsync(GatewayCommand command, CancellationToken cancellationToken) => new TaskCompletionSource<GatewayOutcome>().Task;

        public Task<GatewayResolution> ResolveAsync(OperationTrace trace, CancellationToken cancellationToken) => new TaskCompletionSource<GatewayResolution>().Task;
    }

    private sealed class SleepyStore : IInvoicePaymentStore
    {
        private readonly InMemoryPaymentStore _inner = new();

        public Action? AfterCommit { get; set; }

        public ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken) => _inner.LoadAsync(request, cancellationToken);

        public async ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken)
        {
            var result = await _inner.CommitAsync(changes, cancellationToken);
            AfterCommit?.Invoke();
            return result;
        }
    }
}

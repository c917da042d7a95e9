using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace InvoicePayments;

/// <summary>Builds what stands between us and a gateway: resends outside, then the breaker, then the time limit of each call.</summary>
internal static class GatewayPipeline
{
    internal static readonly ResiliencePropertyKey<Conversation> Current = new("invoice-payments.conversation");

    internal static ResiliencePipeline<GatewayOutcome> Build(GatewayName name, GatewayCallOptions options, TimeProvider time, PaymentTelemetry telemetry)
    {
        var builder = new ResiliencePipelineBuilder<GatewayOutcome> { TimeProvider = time, Name = name.Value };
        if (options.Pipeline is not null) return builder.AddPipeline(options.Pipeline).AddTimeout(Limit(options)).Build();

        if (options.Resends > 0) builder.AddRetry(Resends(options));
        return builder.AddCircuitBreaker(Breaker(name, options, telemetry)).AddTimeout(Limit(options)).Build();
    }

    private static TimeoutStrategyOptions Limit(GatewayCallOptions options) => new() { Timeout = options.Timeout };

    private static RetryStrategyOptions<GatewayOutcome> Resends(GatewayCallOptions options) => new()
    {
        MaxRetryAttempts = options.Resends,
        Delay = options.ResendDelay,
        BackoffType = DelayBackoffType.Exponential,
        ShouldHandle = args => ValueTask.FromResult(
            IsUnknown(args.Outcome) && args.Context.Properties.TryGetValue(Current, out var conversation) && conversation.MayAskAgain),
    };

    private static CircuitBreakerStrategyOptions<GatewayOutcome> Breaker(GatewayName name, GatewayCallOptions options, PaymentTelemetry telemetry) => new()
    {
        FailureRatio = options.BreakerFailureRatio,
        MinimumThroughput = options.BreakerMinimumCalls,
        SamplingDuration = options.BreakerWindow,
        BreakDuration = options.BreakerPause,
        ShouldHandle = args => ValueTask.FromResult(IsUnknown(args.Outcome)),
        OnOpened = _ =>
        {
            telemetry.CircuitOpened(name);
            return default;
        },
    };

    private static bool IsUnknown(Outcome<GatewayOutcome> outcome) =>
        outcome.Exception is { } escaped ? escaped is not BrokenCircuitException : outcome.Result is GatewayOutcome.Unknown;
}

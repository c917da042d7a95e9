using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace InvoicePayments;

/// <summary>Builds what stands between us and a gateway: resends outside, then the breaker, then the time limit of each call.</summary>
internal static class GatewayPipeline
{
    // Within the slack that a conversation's patience has.
    private static readonly TimeSpan LongestExtraWait = TimeSpan.FromSeconds(1);

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
        DelayGenerator = args => ValueTask.FromResult(WaitOf(args.Outcome) is { } asked && asked > OwnWait(options, args.AttemptNumber) ? asked : (TimeSpan?)null),
        ShouldHandle = args => ValueTask.FromResult(
            IsUnknown(args.Outcome) && !ForbidsResend(args.Outcome, options)
            && args.Context.Properties.TryGetValue(Current, out var conversation) && conversation.MayAskAgain),
    };

    // A gateway that wants to be left alone for longer than we would ever wait here is asked by recovery, when its time has come.
    private static bool ForbidsResend(Outcome<GatewayOutcome> outcome, GatewayCallOptions options) =>
        outcome.Result is GatewayOutcome.Unknown { DoNotResend: true } || WaitOf(outcome) > OwnWait(options, options.Resends) + LongestExtraWait;

    private static TimeSpan? WaitOf(Outcome<GatewayOutcome> outcome) => (outcome.Result as GatewayOutcome.Unknown)?.AskAgainAfter;

    private static TimeSpan OwnWait(GatewayCallOptions options, int attempt) => options.ResendDelay * (1 << attempt);

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

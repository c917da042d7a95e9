using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace InvoicePayments;

/// <summary>A registered gateway and the way to it. Whatever escapes the adapter is taken as unknown: an exception is not an answer.</summary>
internal sealed class GatewayCaller
{
    private readonly GatewayName _name;
    private readonly IPaymentGateway _gateway;
    private readonly GatewayCallOptions _options;
    private readonly TimeProvider _time;
    private readonly PaymentTelemetry _telemetry;
    private readonly ResiliencePipeline<GatewayOutcome> _pipeline;

    internal GatewayCaller(GatewayName name, IPaymentGateway gateway, GatewayCallOptions options, TimeProvider time, PaymentTelemetry telemetry)
    {
        (_name, _gateway, _options, _time, _telemetry) = (name, gateway, options, time, telemetry);
        _pipeline = GatewayPipeline.Build(name, options, time, telemetry);
        Terms = new(gateway.Profile, options.TotalPatience);
    }

    internal GatewayTerms Terms { get; }

    internal IReadNotifications? Reader => _gateway as IReadNotifications;

    internal async Task<GatewayOutcome> ExecuteAsync(PaymentOperation operation, GatewayCommand command)
    {
        var left = TimeLeft(operation);
        if (left <= TimeSpan.Zero) return TooLate();

        using var call = _telemetry.Calling(_name, command.Kind);
        var conversation = new Conversation(_gateway, operation, command, _options.Timeout, _time);
        using var patience = new CancellationTokenSource(left, _time);
        var context = ResilienceContextPool.Shared.Get(patience.Token);
        context.Properties.Set(GatewayPipeline.Current, conversation);
        GatewayOutcome outcome;
        try
        {
            outcome = await _pipeline.ExecuteAsync(static (c, said) => said.AskAsync(c.CancellationToken), context, conversation).ConfigureAwait(false);
        }
        catch (Exception escaped)
        {
            outcome = OutcomeOf(escaped, conversation.Calls, patience.IsCancellationRequested);
            _telemetry.GatewayFailed(_name, command.Reference, escaped);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        call.Answered(outcome.GetType().Name);
        return outcome;
    }

    internal async Task<GatewayResolution> ResolveAsync(PaymentOperation operation, OperationTrace trace, bool cancel)
    {
        var left = TimeLeft(operation);
        if (left <= TimeSpan.Zero) return new GatewayResolution.NotYet();

        using var call = _telemetry.Calling(_name, trace.Command.Kind, isQuestion: true);
        using var timeout = new CancellationTokenSource(left < _options.Timeout ? left : _options.Timeout, _time);
        GatewayResolution resolution;
        try
        {
            var answer = cancel && _gateway is ICancelOperations able ? able.CancelAsync(trace, timeout.Token) : _gateway.ResolveAsync(trace, timeout.Token);
            resolution = await answer.WaitAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (Exception escaped)
        {
            // The question got no answer, so nothing is known and nothing changes but the time to ask again.
            resolution = new GatewayResolution.NotYet();
            _telemetry.GatewayFailed(_name, trace.Reference, escaped);
        }

        call.Answered(resolution.GetType().Name);
        return resolution;
    }

    // Whoever slept past its claim must not begin to ask: somebody else may have taken the operation over.
    private TimeSpan TimeLeft(PaymentOperation operation) => operation.BusyUntil is { } until ? until - _time.GetUtcNow() : TimeSpan.Zero;

    private static GatewayOutcome.NotSent TooLate() => new(new("too_late", "It was not sent: this host came to it after its time was over."));

    // The type alone: a message from outside may hold anything.
    private static GatewayOutcome OutcomeOf(Exception escaped, int calls, bool outOfPatience) => escaped switch
    {
        BrokenCircuitException when calls == 0 => new GatewayOutcome.NotSent(new("gateway_unavailable", "It was not sent: the gateway has failed too often and is left alone for a while. Try again later with a new key.")),
        _ when calls == 0 => new GatewayOutcome.NotSent(new("not_sent", $"It was not sent: {escaped.GetType().Name} came before.")),
        TimeoutRejectedException => new GatewayOutcome.Unknown(new("timeout", "The gateway did not answer in time.")),
        OperationCanceledException when outOfPatience => new GatewayOutcome.Unknown(new("timeout", "The gateway did not answer in time.")),
        _ => new GatewayOutcome.Unknown(new("gateway_exception", $"The gateway adapter failed with {escaped.GetType().Name}.")),
    };
}

using System.Collections.Concurrent;

namespace InvoicePayments;

/// <summary>
/// A gateway with a ledger of its own, that does what its script or the token says and otherwise behaves as its profile claims. It
/// remembers every reference, loses answers, answers late or twice on demand, and its <see cref="Ledger"/> is the truth a test compares
/// the books with. Any number of threads may use it, and with <see cref="GatewayLedger.InFile"/> any number of processes.
/// </summary>
public sealed partial class ScriptedGateway : IPaymentGateway, ICancelOperations
{
    private readonly ConcurrentQueue<ScriptedBehaviour> _script = new();
    private readonly ConcurrentQueue<object> _resolutions = new();
    private readonly ConcurrentQueue<GatewayCall> _calls = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _latency;
    private readonly TimeSpan _challengeTime;
    private readonly TimeSpan _authorizationTime;

    /// <summary>A gateway set up as <paramref name="options"/> say, or by their defaults.</summary>
    public ScriptedGateway(ScriptedGatewayOptions? options = null)
    {
        options ??= new();
        (Profile, Ledger, Intercept) = (options.Profile, options.Ledger, options.Intercept);
        (_time, _latency) = (options.TimeProvider ?? TimeProvider.System, options.Latency);
        (_challengeTime, _authorizationTime) = (options.ChallengeTime, options.AuthorizationTime);
    }

    /// <summary>A gateway with the default options and this clock.</summary>
    public ScriptedGateway(TimeProvider time)
        : this(new ScriptedGatewayOptions { TimeProvider = time })
    {
    }

    /// <inheritdoc/>
    public GatewayProfile Profile { get; }

    /// <summary>The money it moved.</summary>
    public GatewayLedger Ledger { get; }

    /// <summary>Awaited at <c>execute:before</c>, <c>execute:after</c>, <c>resolve:before</c> and <c>resolve:after</c>; what it throws is thrown.</summary>
    public Func<string, Task>? Intercept { get; set; }

    /// <summary>Every call so far, oldest first; a copy.</summary>
    public IReadOnlyList<GatewayCall> Calls => [.. _calls];

    /// <summary>
    /// Sets what happens to the next request that has no behaviour yet: first in, first out, one per call of
    /// <see cref="ExecuteAsync"/>. Of a resend that the gateway recognises only the way of the answer is scripted: the money is not asked again.
    /// </summary>
    public ScriptedGateway Next(params ReadOnlySpan<ScriptedBehaviour> behaviours)
    {
        foreach (var behaviour in behaviours) _script.Enqueue(behaviour);
        return this;
    }

    /// <summary>Forgets what was set for requests that have not come.</summary>
    internal void ForgetScript() => _script.Clear();

    /// <summary>Sets what the next question about an operation is answered; first in, first out.</summary>
    public ScriptedGateway NextResolution(GatewayResolution resolution)
    {
        _resolutions.Enqueue(resolution);
        return this;
    }

    /// <summary>Lets the next question about an operation throw.</summary>
    public ScriptedGateway NextResolutionThrows(Exception failure)
    {
        _resolutions.Enqueue(failure);
        return this;
    }

    /// <inheritdoc/>
    public async Task<GatewayOutcome> ExecuteAsync(GatewayCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        _calls.Enqueue(new(GatewayMethod.Execute, command.Kind, command.Reference, command.Amount, _time.GetUtcNow()));
        await At("execute:before").ConfigureAwait(false);
        await Wait(_latency / 2, cancellationToken).ConfigureAwait(false);

        // From here on the request is on its way, and a caller that gives up stops nothing.
        var behaviour = _script.TryDequeue(out var scripted) ? scripted : ScriptedTokens.BehaviourOf(command);
        var answer = behaviour.LosesRequest ? null : Receive(command, behaviour);

        await At("execute:after").ConfigureAwait(false);
        await Wait((_latency / 2) + behaviour.Delay, cancellationToken).ConfigureAwait(false);
        if (behaviour.Failure is { } failure) throw failure;
        return behaviour.Lost is { } lost ? new GatewayOutcome.Unknown(lost) : answer!;
    }

    /// <inheritdoc/>
    public Task<GatewayResolution> ResolveAsync(OperationTrace trace, CancellationToken cancellationToken) =>
        QuestionAsync(GatewayMethod.Resolve, trace, Look, cancellationToken);

    /// <inheritdoc/>
    public Task<GatewayResolution> CancelAsync(OperationTrace trace, CancellationToken cancellationToken) =>
        QuestionAsync(GatewayMethod.Cancel, trace, CallOff, cancellationToken);

    private async Task<GatewayResolution> QuestionAsync(
        GatewayMethod method, OperationTrace trace, Func<GatewayReference, GatewayResolution> look, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trace);
        _calls.Enqueue(new(method, trace.Command.Kind, trace.Reference, trace.Command.Amount, _time.GetUtcNow()));
        await At("resolve:before").ConfigureAwait(false);
        await Wait(_latency, cancellationToken).ConfigureAwait(false);
        var answer = _resolutions.TryDequeue(out var scripted) ? scripted : look(trace.Reference);
        await At("resolve:after").ConfigureAwait(false);
        return answer is Exception failure ? throw failure : (GatewayResolution)answer;
    }

    private Task At(string point) => Intercept?.Invoke(point) ?? Task.CompletedTask;

    private Task Wait(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return delay > TimeSpan.Zero ? Task.Delay(delay, _time, cancellationToken) : Task.CompletedTask;
    }
}

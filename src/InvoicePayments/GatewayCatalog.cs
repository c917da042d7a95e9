namespace InvoicePayments;

/// <summary>The registered gateways. Whatever escapes one is taken as unknown: an exception is not an answer.</summary>
internal sealed class GatewayCatalog
{
    private readonly Dictionary<GatewayName, IPaymentGateway> _gateways;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    public GatewayCatalog(IEnumerable<GatewayRegistration> registrations, IServiceProvider services, InvoicePaymentsOptions options, TimeProvider time)
    {
        _gateways = registrations.ToDictionary(r => r.Name, r => r.Create(services));
        (_timeout, _time) = (options.GatewayTimeout, time);
        Terms = _gateways.ToDictionary(g => g.Key, g => new GatewayTerms(g.Value.Profile, options.GatewayTimeout * 2));
    }

    internal IReadOnlyDictionary<GatewayName, GatewayTerms> Terms { get; }

    internal async Task<GatewayOutcome> ExecuteAsync(GatewayCommand command)
    {
        using var timeout = new CancellationTokenSource(_timeout, _time);
        try
        {
            return await _gateways[command.Gateway].ExecuteAsync(command, timeout.Token).WaitAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (Exception escaped)
        {
            return new GatewayOutcome.Unknown(Reason(escaped, timeout.IsCancellationRequested));
        }
    }

    internal async Task<GatewayResolution> ResolveAsync(GatewayName gateway, OperationTrace trace)
    {
        using var timeout = new CancellationTokenSource(_timeout, _time);
        try
        {
            return await _gateways[gateway].ResolveAsync(trace, timeout.Token).WaitAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The question got no answer, so nothing is known and nothing changes but the time to ask again.
            return new GatewayResolution.NotYet();
        }
    }

    // The type alone: a message from outside may hold anything.
    private static OperationError Reason(Exception escaped, bool timedOut) => timedOut
        ? new("timeout", "The gateway did not answer in time.")
        : new("gateway_exception", $"The gateway adapter failed with {escaped.GetType().Name}.");
}

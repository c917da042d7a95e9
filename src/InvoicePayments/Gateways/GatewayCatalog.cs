namespace InvoicePayments;

/// <summary>A gateway that was registered under a name.</summary>
internal sealed record GatewayRegistration(GatewayName Name, Func<IServiceProvider, IPaymentGateway> Create, Action<GatewayCallOptions>? Configure);

/// <summary>The registered gateways by name.</summary>
internal sealed class GatewayCatalog
{
    private readonly Dictionary<GatewayName, GatewayCaller> _callers;

    internal GatewayCatalog(
        IEnumerable<GatewayRegistration> registrations, IServiceProvider services, GatewayCallOptions defaults, TimeProvider time, PaymentTelemetry telemetry)
    {
        _callers = registrations.ToDictionary(r => r.Name, r => new GatewayCaller(r.Name, r.Create(services), OptionsOf(r, defaults), time, telemetry));
        Terms = _callers.ToDictionary(c => c.Key, c => c.Value.Terms);
    }

    internal IReadOnlyDictionary<GatewayName, GatewayTerms> Terms { get; }

    internal static GatewayCallOptions OptionsOf(GatewayRegistration registration, GatewayCallOptions defaults)
    {
        var options = defaults.Copy();
        registration.Configure?.Invoke(options);
        return options;
    }

    internal IReadNotifications ReaderOf(GatewayName gateway) =>
        !_callers.TryGetValue(gateway, out var caller) ? throw new ArgumentException($"There is no gateway {gateway}: call UseGateway<T>(\"{gateway}\").", nameof(gateway))
        : caller.Reader ?? throw new ArgumentException($"Gateway {gateway} reads no notifications: it does not implement {nameof(IReadNotifications)}.", nameof(gateway));

    internal Task<GatewayOutcome> ExecuteAsync(PaymentOperation operation, GatewayCommand command) =>
        _callers[command.Gateway].ExecuteAsync(operation, command);

    internal Task<GatewayResolution> ResolveAsync(PaymentOperation operation, OperationTrace trace, bool cancel) =>
        _callers[trace.Command.Gateway].ResolveAsync(operation, trace, cancel);
}

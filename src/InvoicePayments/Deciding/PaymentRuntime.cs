using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace InvoicePayments;

/// <summary>What lives as long as the host: the gateways with their breakers, the options, the clock, the instruments.</summary>
internal sealed class PaymentRuntime : IDisposable
{
    private readonly ConditionalWeakTable<IInvoicePaymentStore, DecisionLanes> _lanes = [];
    private volatile bool _isDisposed;

    internal PaymentRuntime(InvoicePaymentsOptions options, TimeProvider time, PaymentTelemetry telemetry, GatewayCatalog gateways) =>
        (Options, Time, Telemetry, Gateways) = (options, time, telemetry, gateways);

    /// <summary>Puts it together from the host's services.</summary>
    internal static PaymentRuntime From(IServiceProvider services)
    {
        // Reading the options validates them; a host without start-up validation hears of a missing piece here, before anything is paid.
        var options = services.GetRequiredService<IOptions<InvoicePaymentsOptions>>().Value;
        var time = services.GetRequiredService<TimeProvider>();
        var logs = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        var telemetry = new PaymentTelemetry(services.GetService<IMeterFactory>(), logs.CreateLogger("InvoicePayments"), time);
        return new(options, time, telemetry, new(services.GetServices<GatewayRegistration>(), services, options.Gateway, time, telemetry));
    }

    internal InvoicePaymentsOptions Options { get; }

    internal TimeProvider Time { get; }

    internal PaymentTelemetry Telemetry { get; }

    internal GatewayCatalog Gateways { get; }

    internal DecisionContext Now => new(Options.Policy, Time.GetUtcNow(), Gateways.Terms);

    /// <summary>The lines in front of the invoices of a store: the same ones for every service over it, of which a host may have one per request.</summary>
    internal DecisionLanes LanesOf(IInvoicePaymentStore store) => _lanes.GetValue(store, one => new(one, this));

    internal bool IsDisposed => _isDisposed;

    public void Dispose()
    {
        _isDisposed = true;
        Telemetry.Dispose();
    }
}

using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace InvoicePayments;

/// <summary>What lives as long as the host: the gateways with their breakers, the options, the clock, the instruments.</summary>
internal sealed class PaymentRuntime : IDisposable
{
    private volatile bool _isDisposed;

    public PaymentRuntime(IServiceProvider services)
    {
        // Reading the options validates them; a host without start-up validation hears of a missing piece here, before anything is paid.
        Options = services.GetRequiredService<IOptions<InvoicePaymentsOptions>>().Value;
        Turnstile = new(Options.ContinueInline);
        Time = services.GetRequiredService<TimeProvider>();
        var logs = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        Telemetry = new(services.GetService<IMeterFactory>(), logs.CreateLogger("InvoicePayments"), Time);
        Gateways = new(services.GetServices<GatewayRegistration>(), services, Options.Gateway, Time, Telemetry);
    }

    internal InvoicePaymentsOptions Options { get; }

    internal TimeProvider Time { get; }

    internal PaymentTelemetry Telemetry { get; }

    internal GatewayCatalog Gateways { get; }

    internal Turnstile Turnstile { get; }

    internal DecisionContext Now => new(Options.Policy, Time.GetUtcNow(), Gateways.Terms);

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, typeof(IInvoicePaymentService));

    public void Dispose()
    {
        _isDisposed = true;
        Telemetry.Dispose();
    }
}

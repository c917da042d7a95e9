using InvoicePayments;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds invoice payments to a host.</summary>
public static class InvoicePaymentsServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IInvoicePaymentService"/>; go on with a store and a gateway. Calling it twice is harmless.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Changes the options.</param>
    public static InvoicePaymentsBuilder AddInvoicePayments(this IServiceCollection services, Action<InvoicePaymentsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.FirstOrDefault(s => s.ServiceType == typeof(InvoicePaymentsOptions))?.ImplementationInstance as InvoicePaymentsOptions;
        if (options is null) services.AddSingleton(options = new InvoicePaymentsOptions());
        configure?.Invoke(options);

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new GatewayCatalog(
            provider.GetServices<GatewayRegistration>(), provider, provider.GetRequiredService<InvoicePaymentsOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IInvoicePaymentService>(provider => new InvoicePaymentService(
            provider.GetService<IInvoicePaymentStore>() ?? throw new InvalidOperationException("No payment store: call UseSqlite(\"Data Source=…\") or UseStore(…)."),
            provider.GetRequiredService<GatewayCatalog>(),
            provider.GetRequiredService<InvoicePaymentsOptions>(),
            provider.GetRequiredService<TimeProvider>()));
        return new(services);
    }
}

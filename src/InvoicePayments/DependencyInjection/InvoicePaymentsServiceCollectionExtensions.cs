using InvoicePayments;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds invoice payments to a host.</summary>
public static class InvoicePaymentsServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IInvoicePaymentService"/>; go on with a store and a gateway. Calling it twice is harmless. What is missing or out of
    /// range is reported when the host starts, or when the service is first asked for, with the call to add.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Changes the options.</param>
    public static InvoicePaymentsBuilder AddInvoicePayments(this IServiceCollection services, Action<InvoicePaymentsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null) services.Configure(configure);
        if (services.All(s => s.ServiceType != typeof(PaymentRuntime))) services.AddOptions<InvoicePaymentsOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<InvoicePaymentsOptions>, InvoicePaymentsOptionsValidator>());

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(PaymentRuntime.From);

        // Transient, so that it may stand on a store of any lifetime; all that it keeps is in the runtime.
        services.TryAddTransient<IInvoicePaymentService>(provider => new InvoicePaymentService(
            provider.GetRequiredService<PaymentRuntime>(),
            provider.GetRequiredService<IInvoicePaymentStore>(),
            provider.GetService<IInvoicePaymentQueries>(),
            provider.GetService<IDueOperations>(),
            provider.GetService<IPaymentMethodStore>(),
            provider.GetService<ICustomerResources>(),
            provider.GetService<IOutbox>(),
            provider.GetService<IEventPublisher>(),
            provider.GetService<IDueInvoices>(),
            provider.GetService<IAccountCreditQueries>(),
            provider.GetService<IGatewayMovements>(),
            provider.GetService<IParkedOutcomes>(),
            provider.GetService<IRetention>()));
        services.TryAddTransient<IPayInvoices>(provider => provider.GetRequiredService<IInvoicePaymentService>());
        services.TryAddTransient<IManageInvoices>(provider => provider.GetRequiredService<IInvoicePaymentService>());
        services.TryAddTransient<IOperatePayments>(provider => provider.GetRequiredService<IInvoicePaymentService>());
        services.TryAddTransient<ICollectInvoices>(provider => provider.GetRequiredService<IInvoicePaymentService>());
        services.AddOptions<BackgroundWorkOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BackgroundWorkOptions>, BackgroundWorkOptionsValidator>());
        services.TryAddSingleton<DueWork>();
        services.TryAddSingleton<IBackgroundWork>(provider => provider.GetRequiredService<DueWork>());
        return new(services);
    }
}

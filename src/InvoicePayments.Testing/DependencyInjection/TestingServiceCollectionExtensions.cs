using InvoicePayments;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Wires the test kit into a host's own registrations.</summary>
public static class TestingServiceCollectionExtensions
{
    /// <summary>Keeps everything in memory, and forgets it with the host. The store can be resolved as <see cref="InMemoryPaymentStore"/>.</summary>
    public static InvoicePaymentsBuilder UseInMemoryStore(this InvoicePaymentsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseStore(_ => new InMemoryPaymentStore());
    }

    /// <summary>
    /// Adds a scripted gateway. It can be resolved as <see cref="ScriptedGateway"/>: keyed by its name, and the first one without a key too.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">What payments call it; <c>test</c> by default.</param>
    /// <param name="configure">Sets it up; called once, when the gateway is first needed.</param>
    public static InvoicePaymentsBuilder UseScriptedGateway(
        this InvoicePaymentsBuilder builder, string name = "test", Action<ScriptedGatewayOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.UseGateway(name, services => services.GetRequiredKeyedService<ScriptedGateway>(name));
        builder.Services.RemoveAllKeyed<ScriptedGateway>(name);
        builder.Services.AddKeyedSingleton(name, (services, _) => Create(services, configure));
        builder.Services.TryAddSingleton(services => services.GetRequiredKeyedService<ScriptedGateway>(name));
        return builder;
    }

    /// <summary>
    /// All a test needs in one line: invoice payments with a store in memory, the scripted gateway <c>test</c>, and a clock that stands
    /// still, resolvable as <see cref="ManualTimeProvider"/>. Everything else stays as the host has wired it, so it may be called after
    /// the host's own registrations to replace only what moves money and time. Calls are not repeated by themselves (<see
    /// cref="GatewayCallOptions.Resends"/> is zero), so that an answer lost by script stays lost until a test looks for it.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configureGateway">Sets up the gateway.</param>
    /// <param name="start">What the clock shows first; midnight of 1 January 2026, UTC, when left out.</param>
    public static InvoicePaymentsBuilder AddInvoicePaymentsTesting(
        this IServiceCollection services, Action<ScriptedGatewayOptions>? configureGateway = null, DateTimeOffset? start = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.Replace(ServiceDescriptor.Singleton(_ => start is { } at ? new ManualTimeProvider(at) : new ManualTimeProvider()));
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(provider => provider.GetRequiredService<ManualTimeProvider>()));

        var builder = services.AddInvoicePayments(options => options.Gateway.Resends = 0);
        return builder.UseInMemoryStore().UseScriptedGateway(configure: configureGateway);
    }

    private static ScriptedGateway Create(IServiceProvider services, Action<ScriptedGatewayOptions>? configure)
    {
        var options = new ScriptedGatewayOptions { TimeProvider = services.GetService<TimeProvider>() };
        configure?.Invoke(options);
        return new(options);
    }
}

using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace InvoicePayments;

/// <summary>Goes on where <c>AddInvoicePayments</c> began: which store, which gateways. Stores and gateways in other packages extend it.</summary>
public sealed partial class InvoicePaymentsBuilder
{
    /// <summary>A builder over these services.</summary>
    public InvoicePaymentsBuilder(IServiceCollection services) => Services = services ?? throw new ArgumentNullException(nameof(services));

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Keeps invoices and payments in <typeparamref name="TStore"/>. A store chosen before is replaced. The ports that the store implements
    /// beside <see cref="IInvoicePaymentStore"/> are registered with it.
    /// </summary>
    /// <param name="create">Makes the store.</param>
    /// <param name="lifetime">How long an instance lives: one for the whole host by default, scoped for a store over a host's own unit of work.</param>
    public InvoicePaymentsBuilder UseStore<TStore>(Func<IServiceProvider, TStore> create, ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TStore : class, IInvoicePaymentStore
    {
        ArgumentNullException.ThrowIfNull(create);
        return UseStore<TStore>(ServiceDescriptor.Describe(typeof(TStore), create, lifetime));
    }

    /// <summary>The same, with a store that the container makes.</summary>
    /// <param name="lifetime">How long an instance lives: one for the whole host by default.</param>
    public InvoicePaymentsBuilder UseStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TStore : class, IInvoicePaymentStore =>
        UseStore<TStore>(ServiceDescriptor.Describe(typeof(TStore), typeof(TStore), lifetime));

    /// <summary>
    /// Adds a gateway under a name, one instance for the whole host. Several gateways stand side by side; one with the same name is
    /// replaced.
    /// </summary>
    /// <param name="name">What payments call it: 1 to 40 of a–z, 0–9, <c>-</c>, <c>_</c>, <c>.</c>; for example <c>stripe</c>.</param>
    /// <param name="create">Makes the gateway.</param>
    /// <param name="configure">Changes how this gateway is called; it begins with what <see cref="InvoicePaymentsOptions.Gateway"/> says.</param>
    public InvoicePaymentsBuilder UseGateway(string name, Func<IServiceProvider, IPaymentGateway> create, Action<GatewayCallOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        var gateway = new GatewayName(name);
        foreach (var earlier in Services.Where(s => s.ServiceType == typeof(GatewayRegistration) && ((GatewayRegistration)s.ImplementationInstance!).Name == gateway).ToList())
        {
            Services.Remove(earlier);
        }

        Services.AddSingleton(new GatewayRegistration(gateway, create, configure));
        return this;
    }

    /// <summary>The same, with a gateway that the container makes.</summary>
    /// <param name="name">What payments call it.</param>
    /// <param name="configure">Changes how this gateway is called.</param>
    public InvoicePaymentsBuilder UseGateway<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TGateway>(
        string name, Action<GatewayCallOptions>? configure = null)
        where TGateway : class, IPaymentGateway
    {
        Services.TryAddSingleton<TGateway>();
        return UseGateway(name, provider => provider.GetRequiredService<TGateway>(), configure);
    }

    /// <summary>
    /// Hands what happens to <paramref name="create"/>'s publisher, whenever <see cref="IOperatePayments.DispatchAsync"/> is called. One chosen
    /// before is replaced.
    /// </summary>
    /// <param name="create">Makes the publisher.</param>
    /// <param name="lifetime">How long an instance lives: one for the whole host by default.</param>
    public InvoicePaymentsBuilder UseEventPublisher(Func<IServiceProvider, IEventPublisher> create, ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(create);
        Services.Replace(ServiceDescriptor.Describe(typeof(IEventPublisher), create, lifetime));
        return this;
    }

    /// <summary>The same, with a publisher that the container makes.</summary>
    /// <param name="lifetime">How long an instance lives: one for the whole host by default.</param>
    public InvoicePaymentsBuilder UseEventPublisher<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TPublisher>(
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TPublisher : class, IEventPublisher
    {
        Services.Replace(ServiceDescriptor.Describe(typeof(IEventPublisher), typeof(TPublisher), lifetime));
        return this;
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => base.Equals(obj);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override string? ToString() => base.ToString();

    private InvoicePaymentsBuilder UseStore<TStore>(ServiceDescriptor store)
        where TStore : class, IInvoicePaymentStore
    {
        Services.Replace(store);
        Forward<IInvoicePaymentStore, TStore>(store.Lifetime);
        Forward<IInvoicePaymentQueries, TStore>(store.Lifetime);
        Forward<IDueOperations, TStore>(store.Lifetime);
        Forward<IPaymentMethodStore, TStore>(store.Lifetime);
        Forward<IOutbox, TStore>(store.Lifetime);
        Forward<IDueInvoices, TStore>(store.Lifetime);
        Forward<IAccountCreditQueries, TStore>(store.Lifetime);
        Forward<IGatewayMovements, TStore>(store.Lifetime);
        Forward<IParkedOutcomes, TStore>(store.Lifetime);
        Forward<IRetention, TStore>(store.Lifetime);
        return this;
    }

    private void Forward<TPort, TStore>(ServiceLifetime lifetime)
        where TPort : class
        where TStore : class
    {
        Services.RemoveAll<TPort>();
        if (typeof(TStore).IsAssignableTo(typeof(TPort)))
            Services.Add(ServiceDescriptor.Describe(typeof(TPort), provider => (TPort)(object)provider.GetRequiredService<TStore>(), lifetime));
    }
}

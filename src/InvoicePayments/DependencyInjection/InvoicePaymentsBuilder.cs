using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace InvoicePayments;

/// <summary>Goes on where <c>AddInvoicePayments</c> began: which store, which gateways. Stores and gateways in other packages extend it.</summary>
public sealed class InvoicePaymentsBuilder
{
    /// <summary>A builder over these services.</summary>
    public InvoicePaymentsBuilder(IServiceCollection services) => Services = services ?? throw new ArgumentNullException(nameof(services));

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Keeps invoices and payments in <typeparamref name="TStore"/>, one instance for the whole host. A store chosen before is
    /// replaced. The ports that the store implements beside <see cref="IInvoicePaymentStore"/> are registered with it.
    /// </summary>
    /// <param name="create">Makes the store.</param>
    public InvoicePaymentsBuilder UseStore<TStore>(Func<IServiceProvider, TStore> create)
        where TStore : class, IInvoicePaymentStore
    {
        ArgumentNullException.ThrowIfNull(create);
        Services.Replace(ServiceDescriptor.Singleton(create));
        Forward<IInvoicePaymentStore, TStore>();
        Forward<IInvoicePaymentQueries, TStore>();
        Forward<IDueOperations, TStore>();
        Forward<IPaymentMethodStore, TStore>();
        return this;
    }

    /// <summary>
    /// Adds a gateway under a name, one instance for the whole host. Several gateways stand side by side; one with the same name is
    /// replaced.
    /// </summary>
    /// <param name="name">What payments call it: 1 to 40 of a–z, 0–9, <c>-</c>, <c>_</c>, <c>.</c>; for example <c>stripe</c>.</param>
    /// <param name="create">Makes the gateway.</param>
    public InvoicePaymentsBuilder UseGateway(string name, Func<IServiceProvider, IPaymentGateway> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        var gateway = new GatewayName(name);
        foreach (var earlier in Services.Where(s => s.ServiceType == typeof(GatewayRegistration) && ((GatewayRegistration)s.ImplementationInstance!).Name == gateway).ToList())
        {
            Services.Remove(earlier);
        }

        Services.AddSingleton(new GatewayRegistration(gateway, create));
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

    private void Forward<TPort, TStore>()
        where TPort : class
        where TStore : class
    {
        Services.RemoveAll<TPort>();
        if (typeof(TStore).IsAssignableTo(typeof(TPort))) Services.AddSingleton(provider => (TPort)(object)provider.GetRequiredService<TStore>());
    }
}

/// <summary>A gateway that was registered under a name.</summary>
internal sealed record GatewayRegistration(GatewayName Name, Func<IServiceProvider, IPaymentGateway> Create);

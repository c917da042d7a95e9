using InvoicePayments;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Pays through Stripe.</summary>
public static class StripeInvoicePaymentsBuilderExtensions
{
    /// <summary>Adds Stripe as a gateway. Hand what arrives at the webhook's address to <see cref="IOperatePayments.ReceiveAsync"/>.</summary>
    /// <param name="builder">What <c>AddInvoicePayments</c> answered.</param>
    /// <param name="configure">Sets the key and, for webhooks, the signing secret.</param>
    /// <param name="name">What payments call it; <c>stripe</c> by default. Two accounts are two names.</param>
    /// <param name="calls">Changes how it is called; the defaults suit Stripe.</param>
    /// <exception cref="ArgumentException">An option is missing or out of range; the message says which, and never repeats a secret.</exception>
    public static InvoicePaymentsBuilder UseStripe(
        this InvoicePaymentsBuilder builder, Action<StripeOptions> configure, string name = "stripe", Action<GatewayCallOptions>? calls = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new StripeOptions();
        configure(options);

        // Said at registration, where the mistake is, and not at the first payment.
        if (options.Problems().ToList() is { Count: > 0 } problems) throw new ArgumentException(string.Join(' ', problems), nameof(configure));

        var client = $"InvoicePayments.Stripe:{new GatewayName(name)}";
        builder.Services.AddHttpClient(client, http => StripeClient.Prepare(http, options))
            .ConfigurePrimaryHttpMessageHandler(StripeClient.CreateHandler)
            .RedactLoggedHeaders(_ => true);
        builder.Services.AddHttpClient(QuietNameOf(client), http => StripeClient.Prepare(http, options))
            .ConfigurePrimaryHttpMessageHandler(StripeClient.CreateQuietHandler)
            .RemoveAllLoggers();
        builder.Services.RemoveAllKeyed<StripeCustomers>(name);
        builder.Services.AddKeyedSingleton(name, (services, _) => new StripeCustomers(DeskOf(services, client)));
        builder.Services.TryAddSingleton(services => services.GetRequiredKeyedService<StripeCustomers>(name));
        return builder.UseGateway(name, services => new StripeGateway(DeskOf(services, client), options, services.GetRequiredService<TimeProvider>()), calls);
    }

    private static StripeDesk DeskOf(IServiceProvider services, string client) =>
        new(ClientOf(services, client), services.GetRequiredService<TimeProvider>(), ClientOf(services, QuietNameOf(client)));

    private static StripeClient ClientOf(IServiceProvider services, string name) => new(() => services.GetRequiredService<IHttpClientFactory>().CreateClient(name));

    private static string QuietNameOf(string client) => client + ":quiet";
}

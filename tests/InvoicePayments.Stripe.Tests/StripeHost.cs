using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StripeDouble;

namespace InvoicePayments.Tests;

/// <summary>A host that pays at a double: the whole library, the adapter, and HTTP between them.</summary>
internal sealed class StripeHost : IAsyncDisposable
{
    internal const string WebhookSecret = "whsec_of_the_tests";
    internal static readonly AccountId Ada = new("acc_ada");
    internal static readonly GatewayName Stripe = new("stripe");

    private readonly ServiceProvider _provider;
    private int _issued;

    private StripeHost(DoubleServer server, TimeProvider time, Action<StripeOptions>? configure, Action<InvoicePaymentsOptions>? options)
    {
        Server = server;
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Output.Logs));
        services.AddInvoicePayments(o =>
            {
                o.Gateway.Resends = 0;

                // A machine may stand still for longer than the usual half a minute, and what is then under way would be unknown. No test here waits for that.
                o.Gateway.Timeout = TimeSpan.FromMinutes(10);
                options?.Invoke(o);
            })
            .UseInMemoryStore()
            .UseStripe(stripe =>
            {
                stripe.ApiKey = server.ApiKey;
                stripe.BaseAddress = server.Address;
                stripe.WebhookSecrets.Add(WebhookSecret);
                configure?.Invoke(stripe);
            });
        _provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Service = _provider.GetRequiredService<IInvoicePaymentService>();
        Gateway = _provider.GetServices<GatewayRegistration>().Single().Create(_provider);
        server.World.Happened = Events.Enqueue;
    }

    internal static CancellationToken Token => TestContext.Current.CancellationToken;

    internal DoubleServer Server { get; }

    internal World World => Server.World;

    internal IInvoicePaymentService Service { get; }

    internal IPaymentGateway Gateway { get; }

    /// <summary>Every event so far, oldest first.</summary>
    internal ConcurrentQueue<JsonObject> Events { get; } = new();

    internal static async Task<StripeHost> OpenAsync(
        TimeProvider? time = null, Action<StripeOptions>? configure = null, Action<InvoicePaymentsOptions>? options = null, bool isItsClockToo = true) =>
        new(await Doubles.StartAsync(isItsClockToo ? time : null), time ?? TimeProvider.System, configure, options);

    internal static Money Eur(long minorUnits) => Money.FromMinorUnits(minorUnits, Currency.EUR);

    internal static GatewayReference NewReference() => new(Guid.NewGuid().ToString("N")[..26]);

    internal static GatewayCommand.Charge Charge(string token = "pm_card_visa", Money? amount = null, Uri? back = null) => new()
    {
        Tenant = TenantId.Default, Gateway = Stripe, Reference = NewReference(), Amount = amount ?? Eur(1_250), Token = new(token), Account = Ada, ReturnUrl = back,
    };

    internal static GatewayCommand.Authorize Authorize(string token = "pm_card_visa", Money? amount = null) => new()
    {
        Tenant = TenantId.Default, Gateway = Stripe, Reference = NewReference(), Amount = amount ?? Eur(1_250), Token = new(token), Account = Ada,
    };

    internal static GatewayCommand.Capture Capture(GatewayPaymentId of, Money amount) =>
        new() { Tenant = TenantId.Default, Gateway = Stripe, Reference = NewReference(), Amount = amount, Of = of, ReleaseRest = true };

    internal static GatewayCommand.Void Void(GatewayPaymentId of, Money amount, bool ofAuthorization = true) =>
        new() { Tenant = TenantId.Default, Gateway = Stripe, Reference = NewReference(), Amount = amount, Of = of, OfAuthorization = ofAuthorization };

    internal static GatewayCommand.Refund Refund(GatewayPaymentId of, Money amount, string? reason = null) =>
        new() { Tenant = TenantId.Default, Gateway = Stripe, Reference = NewReference(), Amount = amount, Of = of, Reason = reason };

    internal static OperationTrace TraceOf(GatewayCommand command, GatewayPaymentId? id = null) =>
        new(command.Reference, command, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, id);

    internal T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    internal Task<GatewayOutcome> AskAsync(GatewayCommand command) => Gateway.ExecuteAsync(command, Token);

    internal async Task<T> MustAsync<T>(GatewayCommand command)
        where T : GatewayOutcome => Assert.IsType<T>(await AskAsync(command));

    internal Task<GatewayResolution> LookAsync(GatewayCommand command, GatewayPaymentId? id = null) => Gateway.ResolveAsync(TraceOf(command, id), Token);

    /// <summary>What moved for a reference in Stripe's units, recipients' transfers aside.</summary>
    internal long Moved(GatewayReference reference) =>
        World.Movements.Where(m => m.Kind is "charge" or "capture" or "refund" && m.Carries(reference.Value)).Sum(m => m.Amount);

    /// <summary>How many invoices were issued.</summary>
    internal int Issued => _issued;

    internal async Task<Invoice> IssueAsync(string id, long total = 1_250, InvoiceDetails? details = null)
    {
        Interlocked.Increment(ref _issued);
        return Assert.IsType<InvoiceResult.Done>(
            await Service.IssueAsync(new() { InvoiceId = new(id), Account = Ada, Total = Eur(total), Details = details ?? InvoiceDetails.None }, Token)).Invoice;
    }

    internal Task<PaymentResult> PayAsync(string id, string token = "pm_card_visa", string key = "k1", Uri? back = null, bool captureLater = false) => Service.PayAsync(
        new() { InvoiceId = new(id), Key = key, Gateway = Stripe, Token = new(token), ReturnUrl = back, CaptureLater = captureLater }, Token);

    /// <summary>Delivers an event as Stripe does.</summary>
    internal Task<NotificationReceipt> DeliverAsync(JsonObject told, string secret = WebhookSecret, DateTimeOffset? at = null)
    {
        var body = Encoding.UTF8.GetBytes(told.ToJsonString());
        return Service.ReceiveAsync(Stripe, new(body, new Dictionary<string, string> { ["stripe-signature"] = Signing.HeaderOf(body, secret, at ?? DateTimeOffset.UtcNow) }), Token);
    }

    /// <summary>Delivers everything of these types that happened so far.</summary>
    internal async Task<IReadOnlyList<NotificationReceipt>> DeliverAllAsync(params string[] types)
    {
        var receipts = new List<NotificationReceipt>();
        foreach (var told in Events.ToList())
            if (types.Length == 0 || types.Contains(told["type"]!.GetValue<string>())) receipts.Add(await DeliverAsync(told));
        return receipts;
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await Server.DisposeAsync();
        Assert.Empty(Server.Misshapen);
    }
}

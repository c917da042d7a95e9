using Microsoft.Extensions.DependencyInjection;

namespace InvoicePayments.Tests;

/// <summary>A host of the library over the books and the gateway of a run: workers are one, and so is the suite when it looks at what they left.</summary>
internal static class ChaosHost
{
    /// <summary>How long a worker has an operation or a stream to itself. Whoever is paused for longer wakes up too late.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    public static ServiceProvider Open(ChaosSettings settings, string worker, Flaw flaw = Flaw.None)
    {
        var services = new ServiceCollection();
        var builder = services.AddInvoicePayments(Configure)
            .UseGateway("http", _ => new HttpGateway(new(settings.Gateway), flaw))
            .UseBackgroundWork(work => (work.Pause, work.LongestPause, work.PurgeEvery) = (TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)))
            .UseEventPublisher(_ => new DeliveryFile(settings.DeliveriesOf(worker), flaw));
        if (settings.Store == "postgresql") builder.UsePostgreSql(settings.ConnectionString);
        else builder.UseSqlite(settings.ConnectionString);
        return services.BuildServiceProvider();
    }

    // One machine has one clock. Everything else is as it is shipped, only sooner.
    private static void Configure(InvoicePaymentsOptions options)
    {
        options.Policy = PaymentPolicy.Default with
        {
            ClockTolerance = TimeSpan.Zero,
            RecoverySchedule = [TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(0.6), .. Enumerable.Repeat(TimeSpan.FromSeconds(1), 200)],
        };
        options.Gateway.Timeout = TimeSpan.FromSeconds(0.7);
        options.Gateway.Resends = 1;
        options.Gateway.ResendDelay = TimeSpan.FromMilliseconds(100);
        options.Gateway.Patience = Lease;
        options.Gateway.BreakerPause = TimeSpan.FromSeconds(1);
        options.Outbox.Lease = Lease;
        options.Outbox.Waits = [TimeSpan.FromSeconds(0.3)];
        options.Outbox.MaxFailures = 1_000;
    }
}

using System.Diagnostics;

namespace InvoicePayments;

/// <content>What gateways send by themselves.</content>
internal sealed partial class InvoicePaymentService
{
    public async Task<NotificationReceipt> ReceiveAsync(GatewayName gateway, RawNotification notification, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(notification);
        ObjectDisposedException.ThrowIf(runtime.IsDisposed, typeof(IInvoicePaymentService));
        using var watch = runtime.Telemetry.Serving("receive");
        var reading = await runtime.Gateways.ReaderOf(gateway).ReadAsync(notification, cancellationToken).ConfigureAwait(false);
        var results = new List<PaymentResult>();
        if (reading is NotificationReading.Told told)
        {
            foreach (var news in told.What)
            {
                if (await RecordAsync(gateway, news, cancellationToken).ConfigureAwait(false) is not { } result) continue;
                results.Add(result);

                // Somebody else is just asking, and may have asked before this happened: the gateway is to send it again.
                if (news is GatewayNews.AskAgain && result.Operation is { IsFinal: false } open && result.IsReplay && open.IsBusyAt(runtime.Time.GetUtcNow()))
                    reading = new NotificationReading.NotNow(new("operation_busy", "The operation is being asked about at this moment."));
            }
        }

        runtime.Telemetry.Received(gateway, reading);
        watch.Answered(reading.GetType().Name);
        return new(reading, results);
    }

    private async Task<PaymentResult?> RecordAsync(GatewayName gateway, GatewayNews news, CancellationToken cancellationToken) => news switch
    {
        GatewayNews.Outcome outcome => await RecordOutcomeAsync(
            new() { Tenant = outcome.Tenant, Gateway = gateway, Operation = new(outcome.Reference.Value), Outcome = outcome.What }, cancellationToken).ConfigureAwait(false),
        GatewayNews.Notice notice => await RecordDisputeAsync(
            new() { Tenant = notice.Tenant, Gateway = gateway, GatewayPaymentId = notice.Of, Notice = notice.What }, cancellationToken).ConfigureAwait(false),
        GatewayNews.AskAgain ask => await ResumeAsync(new() { Tenant = ask.Tenant, Operation = new(ask.Reference.Value) }, cancellationToken).ConfigureAwait(false),
        GatewayNews.ForPerson => null,
        _ => throw new UnreachableException(),
    };
}

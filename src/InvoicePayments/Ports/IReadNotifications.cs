namespace InvoicePayments;

/// <summary>
/// What a gateway may be able to do beside <see cref="IPaymentGateway"/>: read what it sends by itself. Hand what arrives to
/// <see cref="IOperatePayments.ReceiveAsync"/>, which asks this and records what it read.
/// </summary>
public interface IReadNotifications
{
    /// <summary>
    /// Proves that a notification is the gateway's own, on the bytes as they came and before anything of them is understood, and says what it
    /// tells. Where the notification alone does not prove what happened the gateway is asked; that must not move money.
    /// </summary>
    ValueTask<NotificationReading> ReadAsync(RawNotification notification, CancellationToken cancellationToken);
}

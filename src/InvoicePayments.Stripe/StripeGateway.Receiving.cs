using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace InvoicePayments;

/// <content>
/// Webhooks: proved on the raw bytes, then read. Where the object in it says all there is to say it is taken at its word; where it says that
/// something happened, but not how things stand, Stripe is asked.
/// </content>
internal sealed partial class StripeGateway
{
    /// <inheritdoc/>
    public async ValueTask<NotificationReading> ReadAsync(RawNotification notification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notification);
        var problem = _signature.Problem(notification.Body.ToArray(), notification.Header(StripeSignature.Header), time.GetUtcNow());
        if (problem is not null) return new NotificationReading.Rejected(problem);
        if (Parse(notification.Body.Span) is not { } told) return new NotificationReading.Rejected(new("event_unreadable", "It is Stripe's own, and is no event of its API."));
        if (WhyNotOurs(told) is { } why) return new NotificationReading.Ignored(told.Type, why);
        try
        {
            return await ReadAsync(told, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception escaped) when (StripeFailures.OutcomeOf(escaped) is not null)
        {
            return NotNow();
        }
    }

    private Task<NotificationReading> ReadAsync(StripeEvent told, CancellationToken cancellationToken) => told.Type switch
    {
        "payment_intent.succeeded" or "payment_intent.requires_action" or "payment_intent.processing" or "payment_intent.canceled"
            or "payment_intent.amount_capturable_updated" or "payment_intent.payment_failed" or "payment_intent.partially_funded" =>
            With(told, StripeJson.Default.StripeIntent, intent => OfIntentAsync(told.Type, intent, cancellationToken)),
        "refund.created" or "refund.updated" or "refund.failed" or "charge.refund.updated" =>
            With(told, StripeJson.Default.StripeRefund, refund => OfRefundAsync(told.Type, refund, cancellationToken)),
        "charge.refunded" => With(told, StripeJson.Default.StripeCharge, charge => OfRefundedChargeAsync(told.Type, charge, cancellationToken)),
        "charge.dispute.created" or "charge.dispute.updated" or "charge.dispute.closed" or "charge.dispute.funds_withdrawn" or "charge.dispute.funds_reinstated" =>
            With(told, StripeJson.Default.StripeDispute, dispute => OfDisputeAsync(told.Type, dispute, cancellationToken)),
        "transfer.reversed" => With(told, StripeJson.Default.StripeTransfer, transfer => OfTransferAsync(told.Type, transfer, cancellationToken)),
        "checkout.session.completed" or "checkout.session.async_payment_succeeded" or "checkout.session.async_payment_failed" or "checkout.session.expired" =>
            With(told, StripeJson.Default.StripeSession, session => Task.FromResult(OfSession(told.Type, session))),
        "charge.succeeded" or "charge.failed" or "charge.captured" or "charge.pending" or "charge.updated" or "charge.expired" or "payment_intent.created" =>
            Nothing(told.Type, "What it tells is told by the payment intent."),
        _ => Nothing(told.Type, "Events of this type move no money here."),
    };

    // Whoever plays in test mode, or owns a connected account, can write our reference into a payment of his own.
    private string? WhyNotOurs(StripeEvent told)
    {
        if (told.Account is { Length: > 0 }) return "It is of a connected account; what is paid here is paid on the platform's own.";
        return told.Livemode is { } isLive && options.IsLive is { } expected && isLive != expected
            ? $"It is of Stripe's {(isLive ? "live" : "test")} mode, and the API key is of {(expected ? "live" : "test")} mode."
            : null;
    }

    private static StripeEvent? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, StripeJson.Default.StripeEvent) is { Data.Object.ValueKind: JsonValueKind.Object } told
                && StripeTexts.Code(told.Type, "") == told.Type ? told : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Task<NotificationReading> With<T>(StripeEvent told, JsonTypeInfo<T> type, Func<T, Task<NotificationReading>> read)
        where T : class
    {
        try
        {
            if (told.Data.Object.Deserialize(type) is { } found) return read(found);
        }
        catch (JsonException)
        {
            // Signed, and yet without the fields that its type must have.
        }

        return Task.FromResult<NotificationReading>(new NotificationReading.Rejected(new("event_unreadable", $"The object of {told.Type} cannot be read.")));
    }

    private static Task<NotificationReading> Nothing(string type, string why) => Task.FromResult<NotificationReading>(new NotificationReading.Ignored(type, why));

    private static NotificationReading.NotNow NotNow() => new(new("not_asked", "Stripe could not be asked how things stand."));
}

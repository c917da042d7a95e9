namespace InvoicePayments;

/// <content>What each kind of event tells.</content>
internal sealed partial class StripeGateway
{
    private async Task<NotificationReading> OfIntentAsync(string type, StripeIntent intent, CancellationToken cancellationToken)
    {
        if (StripeNames.ReferenceOf(intent.Metadata) is not { } reference) return NotOurs(type);
        var tenant = StripeNames.TenantOf(intent.Metadata);
        if (intent.Metadata.Is(StripeNames.Link) && intent.Status is "requires_payment_method" or "requires_action" or "requires_confirmation")
            return new NotificationReading.Ignored(type, "The payer may try again on the page of the payment link.");

        // With recipients to be paid, or an attempt to be called off, the operation knows what is left to do.
        if (intent.Metadata.Is(StripeNames.Split) || IntentReading.IsLeftOpen(intent)) return Told(new GatewayNews.AskAgain(tenant, reference));
        if (intent.Status == "requires_capture")
        {
            // Until when it is held, and what the risk check says, stands in the charge, which an event does not carry.
            var reply = await desk.GetIntentAsync(intent.Id, cancellationToken).ConfigureAwait(false);
            if (!reply.IsOk || reply.Read(StripeJson.Default.StripeIntent) is not { } now) return NotNow();
            intent = now;
        }

        return Told([.. NewsOf(intent, tenant, reference)]);
    }

    private static IEnumerable<GatewayNews> NewsOf(StripeIntent intent, TenantId tenant, GatewayReference reference)
    {
        if (StripeNames.ReferenceOf(intent.Metadata, StripeNames.Capture) is { } capture && IntentReading.CaptureOf(intent, capture) is { } taken)
            yield return new GatewayNews.Outcome(tenant, capture, taken);
        else yield return new GatewayNews.Outcome(tenant, reference, IntentReading.OutcomeOf(intent));
    }

    private async Task<NotificationReading> OfRefundAsync(string type, StripeRefund told, CancellationToken cancellationToken)
    {
        // A refund that succeeded may fail later: what an event carries may be old by now.
        var reply = await desk.GetRefundAsync(told.Id, cancellationToken).ConfigureAwait(false);
        if (!reply.IsOk || reply.Read(StripeJson.Default.StripeRefund) is not { } refund) return NotNow();
        if (await NewsOfAsync(refund, cancellationToken).ConfigureAwait(false) is not { } news) return NotNow();
        return news.Count == 0 ? Nothing(type, refund) : Told([.. news]);
    }

    private async Task<NotificationReading> OfRefundedChargeAsync(string type, StripeCharge charge, CancellationToken cancellationToken)
    {
        if (charge.PaymentIntent is not { } intent) return NotOurs(type);
        var (refunds, isComplete) = await desk.RefundsAsync(intent, options.LookUpPages, cancellationToken).AllAsync(_ => true).ConfigureAwait(false);
        if (!isComplete) return NotNow();
        var told = new List<GatewayNews>();
        foreach (var refund in refunds)
        {
            if (await NewsOfAsync(refund, cancellationToken).ConfigureAwait(false) is not { } news) return NotNow();
            told.AddRange(news);
        }

        return told.Count == 0 ? NotOurs(type) : Told([.. told]);
    }

    /// <summary>What a refund tells; nothing when it is of a payment that was not made here, and null when that cannot be found out now.</summary>
    private async Task<IReadOnlyList<GatewayNews>?> NewsOfAsync(StripeRefund refund, CancellationToken cancellationToken)
    {
        if (StripeNames.ReferenceOf(refund.Metadata) is { } reference)
        {
            var tenant = StripeNames.TenantOf(refund.Metadata);
            GatewayNews stands = refund.Metadata.Is(StripeNames.Split)
                ? new GatewayNews.AskAgain(tenant, reference)
                : new GatewayNews.Outcome(tenant, reference, RefundReading.OutcomeOf(refund));
            return [stands, .. refund.Status == "failed" ? OfFailed(refund, tenant, reference) : []];
        }

        if (refund.PaymentIntent is not { } paid) return [];
        var reply = await desk.GetIntentAsync(paid, cancellationToken).ConfigureAwait(false);
        if (!reply.IsOk || reply.Read(StripeJson.Default.StripeIntent) is not { } intent) return null;
        if (StripeNames.ReferenceOf(intent.Metadata) is null || LetsGo(refund, intent)) return [];
        var of = StripeNames.TenantOf(intent.Metadata);
        return refund.Status switch
        {
            "succeeded" => [OfElsewhere(refund, of)],
            "failed" => [.. OfFailed(refund, of, reference: null)],
            _ => [],
        };
    }

    // What was blocked and not taken Stripe calls refunded, too, when it lets it go; of that no money had come.
    private static bool LetsGo(StripeRefund refund, StripeIntent intent) =>
        intent.AmountReceived == 0 || (refund.BalanceTransaction is null && intent.AmountReceived < intent.Amount && refund.Amount == intent.Amount - intent.AmountReceived);

    // Somebody gave it back at Stripe's own site, or with a program of his own.
    private static GatewayNews OfElsewhere(StripeRefund refund, TenantId tenant) =>
        StripeAmounts.FromWire(refund.Amount, refund.Currency) is { IsPositive: true } amount
            ? new GatewayNews.Notice(tenant, new(refund.PaymentIntent!), new GatewayNotice.RefundedElsewhere(new(refund.Id), amount))
            : new GatewayNews.ForPerson(new("refund_unreadable", $"Refund {refund.Id} of {refund.PaymentIntent} was made at Stripe and not here, of an amount that cannot be read."));

    // It may have been told as given back before, and that is final: the money is here again, and only a person can give it otherwise.
    private static IEnumerable<GatewayNews> OfFailed(StripeRefund refund, TenantId tenant, GatewayReference? reference)
    {
        if (refund.PaymentIntent is { } paid && StripeAmounts.FromWire(refund.Amount, refund.Currency) is { IsPositive: true } amount)
            yield return new GatewayNews.Notice(tenant, new(paid), new GatewayNotice.RefundFailed(new(refund.Id), amount, reference));
        yield return new GatewayNews.ForPerson(new("refund_failed", $"Refund {refund.Id} of {refund.PaymentIntent} did not reach the payer. Give the money back in another way."));
    }

    private async Task<NotificationReading> OfDisputeAsync(string type, StripeDispute dispute, CancellationToken cancellationToken)
    {
        var paid = dispute.PaymentIntent;
        if (paid is null && dispute.Charge is { } charge)
        {
            var reply = await desk.GetChargeAsync(charge, cancellationToken).ConfigureAwait(false);
            if (!reply.IsOk) return NotNow();
            paid = reply.Read(StripeJson.Default.StripeCharge)?.PaymentIntent;
        }

        if (paid is null) return NotOurs(type);
        var (known, tenant) = await OriginOfAsync(paid, cancellationToken).ConfigureAwait(false);
        if (!known) return NotNow();
        if (tenant is null) return NotOurs(type);
        return DisputeReading.NoticeOf(dispute) is { } notice
            ? Told(new GatewayNews.Notice(tenant.Value, new(paid), notice))
            : new NotificationReading.Ignored(type, DisputeReading.WhyNothing(dispute));
    }

    // A recipient's part that we take back stands in the refund; one that somebody else takes back is on the platform's balance, and in no book.
    private async Task<NotificationReading> OfTransferAsync(string type, StripeTransfer transfer, CancellationToken cancellationToken)
    {
        if (StripeNames.ReferenceOf(transfer.Metadata) is not { } reference) return NotOurs(type);
        var (elsewhere, isComplete) = await desk.ReversalsAsync(transfer.Id, options.LookUpPages, cancellationToken)
            .AllAsync(reversal => StripeNames.ReferenceOf(reversal.Metadata) is null).ConfigureAwait(false);
        if (!isComplete) return NotNow();
        return elsewhere.Count == 0
            ? new NotificationReading.Ignored(type, "What it tells is told by the refund.")
            : Told(new GatewayNews.ForPerson(new("transfer_reversed", $"Of {transfer.Id}, the part of {transfer.Destination} in {reference}, money was taken back at Stripe and not here. Refund the payer, or transfer it again.")));
    }

    // The operation behind a session is asked about: whether its money moved stands in the intent, and until when the page is open in the session.
    private static NotificationReading OfSession(string type, StripeSession session) =>
        StripeNames.ReferenceOf(session.Metadata) is { } reference ? Told(new GatewayNews.AskAgain(StripeNames.TenantOf(session.Metadata), reference)) : NotOurs(type);

    /// <summary>The tenant in whose name a payment was made here; null when it was made elsewhere. Not known when Stripe does not say.</summary>
    private async Task<(bool IsKnown, TenantId? Tenant)> OriginOfAsync(string intent, CancellationToken cancellationToken)
    {
        var reply = await desk.GetIntentAsync(intent, cancellationToken).ConfigureAwait(false);
        if (!reply.IsOk || reply.Read(StripeJson.Default.StripeIntent) is not { } found) return (false, null);
        return (true, StripeNames.ReferenceOf(found.Metadata) is null ? null : StripeNames.TenantOf(found.Metadata));
    }

    private static NotificationReading.Told Told(params IReadOnlyList<GatewayNews> what) => new(what);

    private static NotificationReading.Ignored Nothing(string type, StripeRefund refund) => new(type, refund.Status == "succeeded"
        ? "It is about something that was not made here, or lets go what was blocked and not taken."
        : "A refund that was made at Stripe has not moved money.");

    private static NotificationReading.Ignored NotOurs(string type) => new(type, "It is about something that was not made here.");
}

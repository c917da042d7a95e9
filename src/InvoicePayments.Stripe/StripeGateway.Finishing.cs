namespace InvoicePayments;

/// <content>What has to be done beside the one request, so that nothing is left behind that somebody could still pay.</content>
internal sealed partial class StripeGateway
{
    // An intent of this very conversation is no older than this; a replay of an older failure is looked for by recovery, which knows when it was sent.
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(15);

    /// <summary>
    /// After a 5xx nobody knows whether money moved, and the same request would be answered the same for ever: what was stored is a failure. So
    /// Stripe is asked what it has.
    /// </summary>
    private async Task<GatewayOutcome> AfterServerErrorAsync(GatewayCommand command, StripeReply reply, CancellationToken cancellationToken)
    {
        var unknown = StripeFailures.OutcomeOf(reply);
        var now = time.GetUtcNow();
        try
        {
            return await LookAsync(command, now - JustNow, now + JustNow, known: null, cancellationToken).ConfigureAwait(false) is GatewayResolution.Found found ? found.Outcome : unknown;
        }
        catch (Exception escaped) when (StripeFailures.OutcomeOf(escaped) is not null)
        {
            return unknown;
        }
    }

    private async Task<GatewayOutcome> FinishAsync(GatewayCommand command, StripeIntent intent, CancellationToken cancellationToken)
    {
        var error = intent.LastPaymentError;
        if (IntentReading.IsLeftOpen(intent))
        {
            if (await CallOffAsync(intent, cancellationToken).ConfigureAwait(false) is not { } closed)
                return new GatewayOutcome.Unknown(new("not_called_off", "It was declined, and Stripe has not confirmed yet that nobody can pay it any more."));
            intent = closed.LastPaymentError is null && closed.Status == "canceled" ? closed with { LastPaymentError = error } : closed;
        }

        var outcome = IntentReading.OutcomeOf(intent);
        if (outcome is not GatewayOutcome.Succeeded || command.Funding is not { } split) return outcome;
        return await PassOnAsync(command, split, intent, cancellationToken).ConfigureAwait(false) is { } unfinished ? unfinished : outcome;
    }

    private async Task<GatewayOutcome> FinishAsync(GatewayCommand.RequestLink command, StripeSession session, CancellationToken cancellationToken)
    {
        var id = new GatewayPaymentId(session.Id);
        if (session is { Status: "open" } && Uri.TryCreate(session.Url, UriKind.Absolute, out var url))
        {
            // Stripe's own end is a day away; the link is called off when our time for it is over.
            var ends = session.ExpiresAt is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : command.Until;
            return new GatewayOutcome.ActionRequired(id, new PendingAction.PaymentLink(url), ends < command.Until ? ends : command.Until);
        }

        if (session.Status == "expired") return new GatewayOutcome.Expired(id);
        if (session.PaymentIntent is not { } paid) return new GatewayOutcome.Processing(id);
        var reply = await desk.GetIntentAsync(paid, cancellationToken).ConfigureAwait(false);
        return reply.IsOk && reply.Read(StripeJson.Default.StripeIntent) is { } intent
            ? await FinishAsync(command, intent, cancellationToken).ConfigureAwait(false)
            : new GatewayOutcome.Processing(id);
    }

    private async Task<GatewayOutcome> FinishAsync(GatewayCommand.Refund command, StripeRefund refund, CancellationToken cancellationToken)
    {
        var outcome = RefundReading.OutcomeOf(refund);
        if (outcome is not GatewayOutcome.Succeeded || command.Funding is not { } split) return outcome;
        return await TakeBackAsync(command, split, cancellationToken).ConfigureAwait(false) is { } unfinished ? unfinished : outcome;
    }

    /// <summary>The intent as it stands once it was called off, or went its own way before that; null when Stripe did not say.</summary>
    private async Task<StripeIntent?> CallOffAsync(StripeIntent intent, CancellationToken cancellationToken)
    {
        var reply = await desk.CancelAsync(intent.Id, key: null, cancellationToken).ConfigureAwait(false);
        if (reply.IsOk) return reply.Read(StripeJson.Default.StripeIntent);

        // It cannot be called off: it was before, or its money has moved meanwhile.
        var now = await desk.GetIntentAsync(intent.Id, cancellationToken).ConfigureAwait(false);
        return now.IsOk && now.Read(StripeJson.Default.StripeIntent) is { } stands && !IntentReading.IsLeftOpen(stands) ? stands : null;
    }
}

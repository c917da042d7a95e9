namespace InvoicePayments;

/// <summary>What a payment intent says of the operation that made it, and of the capture that took it.</summary>
internal static class IntentReading
{
    /// <summary>Whether nothing more can come of it by itself, and yet whoever has its secret could still pay it: it is called off before anything is said.</summary>
    internal static bool IsLeftOpen(StripeIntent intent) =>
        intent.Status is "requires_payment_method" or "requires_confirmation" && !intent.Metadata.Is(StripeNames.Link);

    /// <summary>What became of the charge, authorization or payment link that made it.</summary>
    internal static GatewayOutcome OutcomeOf(StripeIntent intent)
    {
        var id = new GatewayPaymentId(intent.Id);
        return intent.Status switch
        {
            "succeeded" when StripeNames.ReferenceOf(intent.Metadata, StripeNames.Capture) is not null => Captured(intent, id),
            "succeeded" => Moved(intent, id),
            "requires_capture" => Blocked(intent, id),
            "requires_action" or "requires_source_action" => Challenge(intent, id),
            "processing" => new GatewayOutcome.Processing(id),
            "canceled" => Ended(intent, id),
            "requires_payment_method" when intent.LastPaymentError is { } error => new GatewayOutcome.Declined(StripeDeclines.Of(error), id),
            _ => new GatewayOutcome.Processing(id),
        };
    }

    /// <summary>What became of the capture with this reference; null when the intent knows nothing of it and could still be captured.</summary>
    internal static GatewayOutcome? CaptureOf(StripeIntent intent, GatewayReference reference)
    {
        var id = new GatewayPaymentId(intent.Id);
        var isOurs = StripeNames.ReferenceOf(intent.Metadata, StripeNames.Capture) == reference;
        return intent.Status switch
        {
            "succeeded" when isOurs => Moved(intent, id),
            "processing" when isOurs => new GatewayOutcome.Processing(id),
            "requires_capture" => null,
            "succeeded" or "processing" => new GatewayOutcome.Refused(new("already_captured", "It was captured before, and an authorization at Stripe is captured once.")),
            _ => new GatewayOutcome.Refused(new("authorization_ended", "Nothing is held any more: the authorization was called off or ran out.")),
        };
    }

    /// <summary>What became of a void; null when what it undoes still stands.</summary>
    internal static GatewayOutcome? VoidOf(StripeIntent intent, Money asked) => intent.Status switch
    {
        "canceled" => new GatewayOutcome.Succeeded(new(intent.Id), asked),
        "succeeded" or "processing" => new GatewayOutcome.Refused(OperationError.AlreadySettled),
        _ => null,
    };

    private static GatewayOutcome Moved(StripeIntent intent, GatewayPaymentId id) =>
        StripeAmounts.FromWire(intent.AmountReceived, intent.Currency) is { } money ? new GatewayOutcome.Succeeded(id, money) : Unreadable();

    // What a capture has taken is told under the capture's own reference; of the authorization there is nothing new to say.
    private static GatewayOutcome Captured(StripeIntent intent, GatewayPaymentId id) =>
        StripeAmounts.FromWire(intent.Amount, intent.Currency) is { } money ? new GatewayOutcome.Authorized(id, money) : Unreadable();

    private static GatewayOutcome Blocked(StripeIntent intent, GatewayPaymentId id)
    {
        if (StripeAmounts.FromWire(intent.AmountCapturable, intent.Currency) is not { } money) return Unreadable();
        var until = intent.LatestCharge?.PaymentMethodDetails?.Card?.CaptureBefore is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : (DateTimeOffset?)null;
        return new GatewayOutcome.Authorized(id, money, until, Fraud: RiskOf(intent.LatestCharge?.Outcome));
    }

    private static FraudStatus RiskOf(StripeChargeOutcome? outcome) => outcome switch
    {
        { RiskLevel: "highest" } => FraudStatus.Fraudulent,

        // What is suspicious is never captured here, for ever; an elevated risk, and one that somebody at Stripe will review, is not that yet.
        { RiskLevel: "normal", Type: not "manual_review" } => FraudStatus.Safe,
        _ => FraudStatus.NotChecked,
    };

    private static GatewayOutcome Challenge(StripeIntent intent, GatewayPaymentId id)
    {
        if (Uri.TryCreate(intent.NextAction?.RedirectToUrl?.Url, UriKind.Absolute, out var url))
            return new GatewayOutcome.ActionRequired(id, new PendingAction.Redirect(url));
        return PaymentToken.TryCreate(intent.ClientSecret, out var secret)
            ? new GatewayOutcome.ActionRequired(id, new PendingAction.ClientSecret(secret))
            : new GatewayOutcome.Processing(id);
    }

    private static GatewayOutcome Ended(StripeIntent intent, GatewayPaymentId id) => intent switch
    {
        { LastPaymentError: { } error } => new GatewayOutcome.Declined(StripeDeclines.Of(error), id),
        { LatestCharge: { Status: "failed" } charge } => new GatewayOutcome.Declined(StripeDeclines.Of(charge), id),
        { CancellationReason: "automatic" } => new GatewayOutcome.Expired(id),
        _ => new GatewayOutcome.Canceled(id),
    };

    private static GatewayOutcome.Unknown Unreadable() =>
        new(new("amount_unreadable", "Stripe reports an amount that cannot be read in its currency."), DoNotResend: true);
}

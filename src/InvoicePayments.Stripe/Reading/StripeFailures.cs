namespace InvoicePayments;

/// <summary>What an answer that is no success means. The question is always the same: does it prove that nothing happened?</summary>
internal static class StripeFailures
{
    internal static OperationError ConnectionLost { get; } = new("connection_lost", "The connection to Stripe was lost before its answer was here.");

    private static readonly TimeSpan WhileInFlight = TimeSpan.FromSeconds(1);

    internal static GatewayOutcome OutcomeOf(StripeReply reply)
    {
        var error = reply.Error;
        return reply.Status switch
        {
            402 when error is not null => new GatewayOutcome.Declined(StripeDeclines.Of(error), error.PaymentIntent is { } intent ? new(intent.Id) : null),
            401 or 403 => new GatewayOutcome.NotSent(Say(reply, error, "not_authorized", "Stripe does not accept the API key for this.")),

            // Our reference was used with other fields. What was asked first may have moved money, so this is no refusal: it is looked for.
            400 when error is { Type: "idempotency_error" } =>
                Unknown(reply, Say(reply, error, "key_reused", "Stripe knows this reference with another request.")) with { DoNotResend = true },

            // The same request is still being carried out, or somebody else holds what it is about.
            409 => Unknown(reply, Say(reply, error, "in_flight", "Stripe is still busy with the same request.")) with { AskAgainAfter = reply.RetryAfter ?? WhileInFlight },
            429 when error is { Code: "lock_timeout" } => Unknown(reply, Say(reply, error, "lock_timeout", "Somebody else changes the same payment at Stripe.")),
            429 => Unknown(reply, Say(reply, error, "rate_limit", "Stripe is asked too often.")),
            400 or 404 when error is { Type: "invalid_request_error" } => new GatewayOutcome.Refused(Say(reply, error, "invalid_request", "Stripe does not accept the request.")),
            >= 500 => Unknown(reply, Say(reply, error, "api_error", "Stripe failed.")),
            200 => new GatewayOutcome.Unknown(new("broken_answer", "Stripe's answer could not be read."), DoNotResend: false),
            _ => Unknown(reply, Say(reply, error, "unexpected_answer", $"Stripe, or something before it, answered with HTTP {reply.Status}.")),
        };
    }

    /// <summary>What escaped while Stripe was asked, where that can be said; null for what is not about the network.</summary>
    internal static GatewayOutcome? OutcomeOf(Exception escaped) => escaped switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } =>
            new GatewayOutcome.NotSent(new("not_connected", "It was not sent: Stripe could not be reached.")),
        HttpRequestException or IOException => new GatewayOutcome.Unknown(ConnectionLost),
        _ => null,
    };

    // A stored failure is answered to every repetition: there is nothing to be had by sending it again.
    private static GatewayOutcome.Unknown Unknown(StripeReply reply, OperationError why) =>
        new(why, reply.RetryAfter, reply.ShouldRetry is false || (reply.IsServerError && reply.IsReplay));

    private static OperationError Say(StripeReply reply, StripeError? error, string code, string fallback) => new(
        StripeTexts.Code(error?.Code, code),
        StripeTexts.Clean(error?.Message, fallback) + (StripeTexts.Code(reply.RequestId, "") is { Length: > 0 } id ? $" ({id})" : ""));
}

namespace InvoicePayments;

/// <summary>What a refund at Stripe says of the operation that made it.</summary>
internal static class RefundReading
{
    internal static GatewayOutcome OutcomeOf(StripeRefund refund)
    {
        var id = new GatewayPaymentId(refund.Id);
        return refund.Status switch
        {
            "succeeded" => StripeAmounts.FromWire(refund.Amount, refund.Currency) is { } money
                ? new GatewayOutcome.Succeeded(id, money)
                : new GatewayOutcome.Unknown(new("amount_unreadable", "Stripe reports an amount that cannot be read in its currency."), DoNotResend: true),
            "failed" => new GatewayOutcome.Refused(new(StripeTexts.Code(refund.FailureReason, "refund_failed"), "The bank did not take the refund; the money is back on the balance at Stripe.")),
            "canceled" => new GatewayOutcome.Canceled(id),
            _ => new GatewayOutcome.Processing(id),
        };
    }
}

namespace InvoicePayments;

/// <summary>What a dispute at Stripe means for the money. A debit that the bank returned comes as a dispute, too.</summary>
internal static class DisputeReading
{
    // Reasons of direct debits whose bank took the money back: there is nobody to convince.
    private static readonly HashSet<string> Returned = ["bank_cannot_process", "debit_not_authorized", "incorrect_account_details", "insufficient_funds"];

    /// <summary>What is to be recorded; null when no money is held or taken.</summary>
    internal static GatewayNotice? NoticeOf(StripeDispute dispute)
    {
        if (StripeAmounts.FromWire(dispute.Amount, dispute.Currency) is not { IsPositive: true } amount) return null;

        // By its reason alone, so that every event about one dispute is read the same way.
        if (dispute.Reason is { } reason && Returned.Contains(reason))
            return dispute.Status == "lost" ? new GatewayNotice.DebitReturned(amount, reason, "The payer's bank took the debit back.") : null;

        var id = new GatewayPaymentId(dispute.Id);
        return dispute.Status switch
        {
            "needs_response" or "under_review" => new GatewayNotice.DisputeOpened(
                id, amount, StripeTexts.Code(dispute.Reason, "general"),
                dispute.EvidenceDetails?.DueBy is { } due ? DateTimeOffset.FromUnixTimeSeconds(due) : null),
            "won" => new GatewayNotice.DisputeWon(id, amount),
            "lost" => new GatewayNotice.DisputeLost(id, amount),
            _ => null,
        };
    }

    internal static string WhyNothing(StripeDispute dispute) => dispute.Status switch
    {
        "warning_needs_response" or "warning_under_review" or "warning_closed" => "It is an inquiry, and no money is held. Answer it at Stripe.",
        "lost" => "Its amount cannot be read.",
        _ => "Nothing is held or taken.",
    };
}

namespace StripeDouble;

/// <summary>What becomes of a payment with a card.</summary>
/// <param name="Code">The error's code when it is declined; null when it is not.</param>
/// <param name="DeclineCode">The decline code beside it.</param>
/// <param name="Message">What Stripe says of it.</param>
public sealed record Card(string? Code = null, string? DeclineCode = null, string Message = "Your card was declined.")
{
    /// <summary>Whether the payer has to prove who he is first.</summary>
    public bool Challenges { get; init; }

    /// <summary>Whether its bank answers later.</summary>
    public bool IsSlow { get; init; }

    /// <summary>Whether its payer disputes what was paid: the reason, or null.</summary>
    public string? DisputeReason { get; init; }

    /// <summary>Whether a refund fails after it was given.</summary>
    public bool FailsRefunds { get; init; }

    /// <summary>What the risk check says.</summary>
    public string Risk { get; init; } = "normal";

    /// <summary>Stripe's advice about a decline; none when null.</summary>
    public string? Advice { get; init; }

    /// <summary>The test cards by the part of their name that payment methods (<c>pm_card_…</c>) and tokens (<c>tok_…</c>) share.</summary>
    private static readonly Dictionary<string, Card> Known = new()
    {
        ["visa"] = new(), ["mastercard"] = new(), ["amex"] = new(),
        ["chargeDeclined"] = new("card_declined", "generic_decline"),
        ["chargeDeclinedInsufficientFunds"] = new("card_declined", "insufficient_funds", "Your card has insufficient funds."),
        ["chargeDeclinedLostCard"] = new("card_declined", "lost_card"),
        ["chargeDeclinedStolenCard"] = new("card_declined", "stolen_card"),
        ["chargeDeclinedFraudulent"] = new("card_declined", "fraudulent"),
        ["chargeDeclinedVelocityLimitExceeded"] = new("card_declined", "card_velocity_exceeded"),
        ["chargeDeclinedExpiredCard"] = new("expired_card", "expired_card", "Your card has expired."),
        ["chargeDeclinedIncorrectCvc"] = new("incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect."),
        ["chargeDeclinedProcessingError"] = new("processing_error", "processing_error", "An error occurred while processing your card. Try again in a little bit."),
        ["riskLevelElevated"] = new() { Risk = "elevated" },
        ["riskLevelHighest"] = new("card_declined", "fraudulent") { Risk = "highest" },
        ["authenticationRequired"] = new() { Challenges = true },
        ["threeDSecure2Required"] = new() { Challenges = true },
        ["threeDSecureRequired"] = new() { Challenges = true },
        ["authenticationRequiredChargeDeclinedInsufficientFunds"] = new("card_declined", "insufficient_funds", "Your card has insufficient funds.") { Challenges = true },
        ["createDispute"] = new() { DisputeReason = "fraudulent" },
        ["createDisputeInquiry"] = new() { DisputeReason = "inquiry" },
        ["refundFail"] = new() { FailsRefunds = true },
        ["slow"] = new() { IsSlow = true },
    };

    /// <summary>The card that a payment method or token stands for; null when there is none. <c>pm_decline_x</c> is declined with the code x, <c>pm_decline_x_advised_y</c> with advice y too.</summary>
    public static Card? Of(string name)
    {
        var short1 = name.Replace("pm_card_", "", StringComparison.Ordinal).Replace("tok_", "", StringComparison.Ordinal).Replace("visa_", "", StringComparison.Ordinal);
        if (Known.TryGetValue(short1, out var card)) return card;
        if (!name.StartsWith("pm_decline_", StringComparison.Ordinal)) return null;
        var parts = name["pm_decline_".Length..].Split("_advised_");
        return new("card_declined", parts[0]) { Advice = parts.Length > 1 ? parts[1] : null };
    }
}

namespace InvoicePayments;

/// <summary>What the gateway's risk check says of an authorization (Chargebee: fraud status), from harmless to worst. Of several words the worst counts.</summary>
public enum FraudStatus
{
    /// <summary>Nobody looked, or the gateway does not say.</summary>
    NotChecked,

    /// <summary>It looks right.</summary>
    Safe,

    /// <summary>Something is odd: it is not captured, only voided.</summary>
    Suspicious,

    /// <summary>It is fraud: it is not captured, only voided.</summary>
    Fraudulent,
}

/// <summary>What an authorization has in hand. It reserves <paramref name="Held"/> for as long as it lives; a capture or void takes its part over.</summary>
/// <param name="Held">What it still holds of each invoice, without what captures and voids have taken over.</param>
/// <param name="Approved">What the bank has approved: less than asked after a partial approval. No more than this is ever captured.</param>
/// <param name="ExpiresAt">When it ends at the gateway, UTC, as the gateway says or else by the policy; null until it is authorized. After it the gateway is asked; the time alone frees nothing.</param>
/// <param name="Fraud">What the gateway's risk check says.</param>
public sealed record AuthorizationHold(
    PaymentAllocation Held, Money Approved, DateTimeOffset? ExpiresAt = null, FraudStatus Fraud = FraudStatus.NotChecked);

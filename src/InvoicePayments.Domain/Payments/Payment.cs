using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>How a payment came.</summary>
public enum PaymentMode
{
    /// <summary>Through a gateway.</summary>
    Online,

    /// <summary>It moved elsewhere and was recorded by hand.</summary>
    Offline,

    /// <summary>With the account's credit.</summary>
    Credit,
}

/// <summary>What one invoice has of a payment, as running sums in minor units.</summary>
/// <param name="Invoice">Which invoice.</param>
/// <param name="Captured">What arrived for it.</param>
/// <param name="Refunded">What was given back of it.</param>
/// <param name="RefundReserved">What refunds that are under way would give back.</param>
/// <param name="Request">The payment request through which it was paid, if any.</param>
/// <param name="Disputed">What open disputes hold back.</param>
/// <param name="Taken">What lost disputes and returned debits have taken.</param>
/// <param name="TakenReopened">The part of <paramref name="Taken"/> that is due again.</param>
public sealed record PaymentShare(
    InvoiceId Invoice, long Captured, long Refunded, long RefundReserved, InvoiceId? Request = null, long Disputed = 0, long Taken = 0, long TakenReopened = 0)
{
    /// <summary>What may still be given back: captured, less refunded, less refunds under way, less disputed or taken; never below zero.</summary>
    [JsonIgnore]
    public long Refundable => Math.Max(0, checked(Captured - Refunded - RefundReserved - Disputed - Taken));
}

/// <summary>A gateway reported another amount or currency than was asked: shown to a person, not taken as a success.</summary>
/// <param name="Operation">The operation it was reported for.</param>
/// <param name="GatewayPaymentId">The gateway's id of what it reports.</param>
/// <param name="Reported">What it says it moved.</param>
public sealed record Discrepancy(OperationId Operation, GatewayPaymentId GatewayPaymentId, Money Reported);

/// <summary>A dispute about a payment, or a direct debit that was returned, in minor units of the payment's currency.</summary>
/// <param name="Operation">The operation that stands for it.</param>
/// <param name="Held">What it holds back while it is open.</param>
/// <param name="Taken">What it has taken, late reports included.</param>
/// <param name="IsOver">Whether it is decided.</param>
public sealed record PaymentDispute(OperationId Operation, long Held, long Taken, bool IsOver);

/// <summary>Money given for invoices. Its operations say how that went; its sums say what is here. It is never changed by a caller: refunds and voids are operations of their own (Stax).</summary>
public sealed record Payment
{
    /// <summary>The tenant it belongs to.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Its id, derived from the operation that began it.</summary>
    public required PaymentId Id { get; init; }

    /// <summary>The account whose invoices it pays.</summary>
    public required AccountId Account { get; init; }

    /// <summary>What was asked for.</summary>
    public required Money Amount { get; init; }

    /// <summary>Through a gateway, or recorded by hand.</summary>
    public required PaymentMode Mode { get; init; }

    /// <summary>How the paying operation stands.</summary>
    public required OperationStatus Status { get; init; }

    /// <summary>What each invoice has of it.</summary>
    public required IReadOnlyList<PaymentShare> Shares { get; init; }

    /// <summary>What each recipient account has of it, when it is split (Stax: split funding); empty when all of it is the tenant's.</summary>
    public IReadOnlyList<FundingShare> Funding { get; init; } = [];

    /// <summary>The gateway that was asked; null for an offline payment.</summary>
    public GatewayName? Gateway { get; init; }

    /// <summary>The gateway's id of the payment, once known.</summary>
    public GatewayPaymentId? GatewayPaymentId { get; init; }

    /// <summary>For a capture: the payment that blocked the money (Chargebee: reference_authorization_id); null for everything else.</summary>
    public PaymentId? Authorization { get; init; }

    /// <summary>The stored method it was paid with; null for a single-use token or an offline payment.</summary>
    public PaymentMethodId? PaymentMethod { get; init; }

    /// <summary>How the money moved; null unless offline.</summary>
    public OfflineMethod? OfflineMethod { get; init; }

    /// <summary>The host's reference for it, kept as it came.</summary>
    public string? Reference { get; init; }

    /// <summary>A description a customer may see.</summary>
    public string? Description { get; init; }

    /// <summary>The host's own key/value pairs.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Reports that differ from what was asked, each once. A payment with any is waiting for a person's eye.</summary>
    public IReadOnlyList<Discrepancy> Discrepancies { get; init; } = [];

    /// <summary>Disputes about it and returns of it, each once.</summary>
    public IReadOnlyList<PaymentDispute> Disputes { get; init; } = [];

    /// <summary>When it was begun, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the money moved, UTC; for an offline payment as the caller said.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>Grows by one with every commit that touches it.</summary>
    public long Version { get; init; }

    /// <summary>What arrived.</summary>
    [JsonIgnore]
    public Money Captured => Sum(s => s.Captured);

    /// <summary>What was given back.</summary>
    [JsonIgnore]
    public Money Refunded => Sum(s => s.Refunded);

    /// <summary>What open disputes hold back.</summary>
    [JsonIgnore]
    public Money Disputed => Sum(s => s.Disputed);

    /// <summary>What lost disputes and returned debits have taken.</summary>
    [JsonIgnore]
    public Money Taken => Sum(s => s.Taken);

    /// <summary>
    /// What may still be given back: captured, less refunded, less refunds under way, less disputed or taken; never below zero. What one
    /// document has less than nothing of, no other has either.
    /// </summary>
    [JsonIgnore]
    public Money Refundable => Money.Max(Money.Zero(Amount.Currency), Sum(s => checked(s.Captured - s.Refunded - s.RefundReserved - s.Disputed - s.Taken)));

    /// <summary>Every document whose sums it changes: the invoices, each followed by the payment request through which it was paid.</summary>
    [JsonIgnore]
    public IEnumerable<InvoiceId> Documents => Shares.SelectMany<PaymentShare, InvoiceId>(s => s.Request is { } request ? [s.Invoice, request] : [s.Invoice]);

    /// <summary>What each invoice has of it before any money has moved.</summary>
    internal static IReadOnlyList<PaymentShare> SharesOf(PaymentAllocation allocation)
    {
        var shares = new PaymentShare[allocation.Parts.Count];
        for (var i = 0; i < shares.Length; i++) shares[i] = new(allocation.Parts[i].Invoice, 0, 0, 0, allocation.Parts[i].Request);
        return shares;
    }

    private Money Sum(Func<PaymentShare, long> of)
    {
        var sum = 0L;
        foreach (var share in Shares) sum = checked(sum + of(share));
        return Money.FromMinorUnits(sum, Amount.Currency);
    }
}

using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>What one recipient has of a split payment, as running sums in minor units.</summary>
/// <param name="Recipient">Who.</param>
/// <param name="Captured">What arrived for it.</param>
/// <param name="Refunded">What was given back of it.</param>
/// <param name="RefundReserved">What refunds that are under way would give back.</param>
public sealed record FundingShare(RecipientId Recipient, long Captured, long Refunded, long RefundReserved)
{
    /// <summary>What may still be given back: captured, less refunded, less refunds under way; never below zero.</summary>
    [JsonIgnore]
    public long Refundable => Math.Max(0, checked(Captured - Refunded - RefundReserved));

    /// <summary>
    /// How a refund of <paramref name="amount"/> is split: by what is left of each share, largest remainder. A part is never more than what is
    /// left, so no recipient gives back more than it got; and whoever gives back all that is left gives back each share to the unit, in
    /// whatever steps it came to that. (Rounding the sum of all refunds anew would not do: with three recipients a part can then shrink while
    /// the sum grows.) Null when nothing is left to split it by.
    /// </summary>
    public static FundingSplit? Return(IReadOnlyList<FundingShare> shares, Money amount)
    {
        ArgumentNullException.ThrowIfNull(shares);
        if (!shares.Any(s => s.Refundable > 0)) return null;

        var parts = amount.Split([.. shares.Select(s => s.Refundable)]);
        return new([.. shares.Select((share, i) => new FundingPart(share.Recipient, parts[i])).Where(p => p.Amount.IsPositive)]);
    }
}

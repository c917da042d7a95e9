using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>What one recipient has of a split payment, as running sums in minor units.</summary>
/// <param name="Recipient">Who.</param>
/// <param name="Captured">What arrived for it.</param>
/// <param name="Refunded">What was given back of it.</param>
/// <param name="RefundReserved">What refunds that are under way would give back.</param>
public sealed record FundingShare(RecipientId Recipient, long Captured, long Refunded, long RefundReserved)
{
    /// <summary>What lost disputes and returned debits took of it. Losses are borne as refunds are: by what each recipient still has.</summary>
    public long Taken { get; init; }

    /// <summary>What may still be given back: captured, less refunded, less refunds under way, less what was taken; never below zero.</summary>
    [JsonIgnore]
    public long Refundable => Math.Max(0, checked(Captured - Refunded - RefundReserved - Taken));

    /// <summary>
    /// The shares after so much more of the payment was taken, or so much less when it is negative, in minor units: divided by what each still has, or by what was
    /// taken of each. No more is taken of anybody than he has; what is beyond that is the merchant's own.
    /// </summary>
    internal static IReadOnlyList<FundingShare> Take(IReadOnlyList<FundingShare> shares, long more)
    {
        long[] weights = [.. shares.Select(s => more > 0 ? Math.Max(0, s.Captured - s.Refunded - s.Taken) : s.Taken)];
        var amount = Math.Min(Math.Abs(more), weights.Sum());
        if (amount == 0) return shares;

        var parts = LargestRemainder.Weighted(amount, weights);
        return [.. shares.Select((share, i) => share with { Taken = share.Taken + (more > 0 ? parts[i] : -parts[i]) })];
    }

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

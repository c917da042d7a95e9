using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>One recipient's part of a payment.</summary>
/// <param name="Recipient">Who.</param>
/// <param name="Amount">How much.</param>
public sealed record FundingPart(RecipientId Recipient, Money Amount);

/// <summary>Which recipient accounts the money of an operation goes to, or comes back from. The parts always sum to the whole, to the unit (Stax).</summary>
public sealed record FundingSplit
{
    /// <summary>A split with exactly these parts.</summary>
    /// <exception cref="ArgumentException">There is no part, one is null or negative, or a recipient is named twice.</exception>
    /// <exception cref="CurrencyMismatchException">The parts are in different currencies.</exception>
    /// <exception cref="OverflowException">The sum of the parts does not fit in a <see cref="long"/>.</exception>
    public FundingSplit(IReadOnlyList<FundingPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0) throw new ArgumentException("A split names at least one recipient.", nameof(parts));
        if (parts.Any(p => p is null)) throw new ArgumentException("A part of a split is never null.", nameof(parts));
        if (parts.Select(p => p.Recipient).Distinct().Count() != parts.Count) throw new ArgumentException("A split names each recipient once.", nameof(parts));
        if (parts.Any(p => p.Amount.IsNegative)) throw new ArgumentException("A part of a split is zero or more.", nameof(parts));

        Parts = [.. parts];
        Total = parts.Skip(1).Aggregate(parts[0].Amount, (sum, part) => sum + part.Amount);
    }

    /// <summary>The parts, in the order in which the recipients were named.</summary>
    public IReadOnlyList<FundingPart> Parts { get; }

    /// <summary>The whole: the sum of the parts.</summary>
    [JsonIgnore]
    public Money Total { get; }

    /// <summary>The part of one recipient; zero when it has none.</summary>
    public Money PartOf(RecipientId recipient) => Parts.FirstOrDefault(p => p.Recipient == recipient)?.Amount ?? Money.Zero(Total.Currency);

    /// <summary>The same recipients in the same proportion, summing to <paramref name="moved"/>: for a partial approval. No part grows.</summary>
    /// <exception cref="ArgumentException"><paramref name="moved"/> is negative or more than the whole.</exception>
    public FundingSplit ScaledTo(Money moved)
    {
        if (moved == Total) return this;
        if (moved.IsNegative || moved > Total) throw new ArgumentException($"{moved} is not between zero and {Total}.", nameof(moved));

        var amounts = moved.Split([.. Parts.Select(p => p.Amount.MinorUnits)]);
        return new([.. Parts.Select((part, i) => part with { Amount = amounts[i] })]);
    }

    /// <summary>Equal when the same parts come in the same order.</summary>
    public bool Equals(FundingSplit? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts[0].GetHashCode();
}

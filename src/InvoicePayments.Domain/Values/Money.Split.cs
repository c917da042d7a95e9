namespace InvoicePayments;

public readonly partial record struct Money
{
    /// <summary>
    /// Splits into equal parts, for instalments. The parts sum to the whole, to the unit, and differ by at most one minor unit;
    /// the first ones are the larger. No part has another sign than the whole.
    /// </summary>
    /// <param name="parts">How many parts, at least one.</param>
    /// <exception cref="ArgumentException"><paramref name="parts"/> is less than one.</exception>
    public Money[] Split(int parts)
    {
        var units = MinorUnits;
        if (parts < 1) throw new ArgumentOutOfRangeException(nameof(parts), "Money is split into at least one part.");
        return InCurrency(LargestRemainder.Equal(units, parts), _currency);
    }

    /// <summary>
    /// Splits in proportion to weights, for shares and fees. The parts sum to the whole, to the unit; each lies within one minor unit of
    /// its exact share; what is left after rounding down goes to the largest remainders, ties to the first. The same input always
    /// gives the same parts, and no part has another sign than the whole.
    /// </summary>
    /// <param name="weights">One for each part: <c>[50, 30, 20]</c>. A weight of zero gets zero. At least one is above zero.</param>
    /// <exception cref="ArgumentException">There are no weights, one is negative, or all are zero.</exception>
    public Money[] Split(ReadOnlySpan<long> weights)
    {
        var units = MinorUnits;
        if (weights.IsEmpty) throw new ArgumentException("Give a weight for each part, at least one.", nameof(weights));
        if (weights.ContainsAnyInRange(long.MinValue, -1)) throw new ArgumentException("A weight is never negative.", nameof(weights));
        if (!weights.ContainsAnyExcept(0)) throw new ArgumentException("At least one weight is above zero.", nameof(weights));
        return InCurrency(LargestRemainder.Weighted(units, weights), _currency);
    }

    private static Money[] InCurrency(long[] units, Currency currency) => Array.ConvertAll(units, part => new Money(part, currency));
}

namespace InvoicePayments;

public readonly partial record struct Money
{
    /// <summary>The sum.</summary>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The sum in minor units does not fit in a <see cref="long"/>.</exception>
    public static Money operator +(Money left, Money right) =>
        new(checked(left.MinorUnits + right.In(left._currency)), left._currency);

    /// <summary>The difference.</summary>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The difference in minor units does not fit in a <see cref="long"/>.</exception>
    public static Money operator -(Money left, Money right) =>
        new(checked(left.MinorUnits - right.In(left._currency)), left._currency);

    /// <summary>The same amount with the other sign.</summary>
    /// <exception cref="OverflowException">The amount is the smallest there is, which has no positive counterpart.</exception>
    public static Money operator -(Money value) => new(checked(-value.MinorUnits), value._currency);

    /// <summary>Whether the left amount is smaller.</summary>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left amount is greater.</summary>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left amount is smaller or the same.</summary>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left amount is greater or the same.</summary>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>The smaller of two amounts.</summary>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    public static Money Min(Money left, Money right) => right < left ? right : left;

    /// <summary>The greater of two amounts.</summary>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    public static Money Max(Money left, Money right) => right > left ? right : left;

    /// <summary>Orders amounts of one currency by size.</summary>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    public int CompareTo(Money other) => MinorUnits.CompareTo(other.In(_currency));

    /// <summary>
    /// The amount times a factor, for taxes, fees and percentages. The product is computed exactly and rounded once, as the caller says.
    /// </summary>
    /// <param name="factor">A plain factor: 0.19m is nineteen percent.</param>
    /// <param name="rounding">What becomes of fractions of a minor unit.</param>
    /// <exception cref="ArgumentException"><paramref name="rounding"/> is not a defined value.</exception>
    /// <exception cref="OverflowException">The product in minor units does not fit in a <see cref="long"/>.</exception>
    public Money Multiply(decimal factor, MidpointRounding rounding) => new(ExactUnits.Multiply(MinorUnits, factor, rounding), _currency);

    private long In(Currency expected)
    {
        var units = MinorUnits;
        return _currency == expected ? units : throw new CurrencyMismatchException(expected, _currency);
    }
}

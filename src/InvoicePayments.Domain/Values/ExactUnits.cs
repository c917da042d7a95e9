using System.Numerics;

namespace InvoicePayments;

/// <summary>Turns decimals into minor units and back without ever losing a digit unasked.</summary>
internal static class ExactUnits
{
    // More than this cannot fit a long even without decimal digits; below it, times 10^4 is far inside the range of decimal.
    private const decimal Beyond = 10_000_000_000_000_000_000m;

    private static readonly decimal[] Powers = [1m, 10m, 100m, 1_000m, 10_000m];

    internal static long From(decimal amount, Currency currency)
    {
        var digits = currency.DecimalDigits;
        if (decimal.Round(amount, digits) != amount)
        {
            throw new ArgumentException(
                $"{MoneyText.TooManyDigits(currency)} Money.Round rounds it.", nameof(amount));
        }

        var units = Math.Abs(amount) < Beyond ? amount * Powers[digits] : amount;
        return units is >= long.MinValue and <= long.MaxValue
            ? (long)units
            : throw new ArgumentOutOfRangeException(
                nameof(amount), $"This amount of {currency} is out of range: its minor units must fit in 64 bits.");
    }

    internal static decimal ToDecimal(long units, int digits)
    {
        // Built from its parts, so that the scale stays and 12.50 does not become 12.5. The cast is right for long.MinValue too.
        var magnitude = unchecked((ulong)(units < 0 ? -units : units));
        return new decimal(unchecked((int)magnitude), unchecked((int)(magnitude >> 32)), 0, units < 0, (byte)digits);
    }

    internal static long Multiply(long units, decimal factor, MidpointRounding rounding)
    {
        // A decimal product would be rounded to 28 digits before our own rounding: 63 + 96 bits need a bigger number.
        var mantissa = new BigInteger(WithoutScale(factor));
        return (long)Divide(units * mantissa, BigInteger.Pow(10, factor.Scale), rounding);
    }

    private static decimal WithoutScale(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return new decimal(bits[0], bits[1], bits[2], decimal.IsNegative(value), 0);
    }

    private static BigInteger Divide(BigInteger dividend, BigInteger divisor, MidpointRounding rounding)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var rest);
        var away = rest.Sign;
        var half = (BigInteger.Abs(rest) * 2).CompareTo(divisor);

        return rounding switch
        {
            MidpointRounding.ToEven => half > 0 || (half == 0 && !quotient.IsEven) ? quotient + away : quotient,
            MidpointRounding.AwayFromZero => half >= 0 ? quotient + away : quotient,
            MidpointRounding.ToZero => quotient,
            MidpointRounding.ToNegativeInfinity => away < 0 ? quotient - 1 : quotient,
            MidpointRounding.ToPositiveInfinity => away > 0 ? quotient + 1 : quotient,
            _ => throw new ArgumentException("This is not a defined way to round.", nameof(rounding)),
        };
    }
}

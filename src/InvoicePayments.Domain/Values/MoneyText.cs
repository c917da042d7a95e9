using System.Globalization;

namespace InvoicePayments;

/// <summary>The one text form of money: <c>EUR 12.50</c>.</summary>
internal static class MoneyText
{
    /// <summary>Code and space (4), minus, nineteen digits and the point.</summary>
    internal const int MaxLength = 25;

    private const string Expected =
        "Money is written like 'EUR 12.50': code, one space, digits, and a point where the currency has decimals.";

    private const string ExpectedCode = "Money starts with the ISO 4217 code of a currency, in capital letters.";

    internal static string TooManyDigits(Currency currency) => string.Create(
        CultureInfo.InvariantCulture, $"{currency} has {currency.DecimalDigits} decimal digits and this amount has more.");

    internal static void RequireFormat(ReadOnlySpan<char> format)
    {
        if (format is "" or "G" or "g" or "R" or "r") return;
        throw new FormatException("Money has one text form: use the format G, R or none.");
    }

    internal static int Write(Money money, Span<char> text)
    {
        var (units, currency) = (money.MinorUnits, money.Currency);
        currency.Code.CopyTo(text);
        text[3] = ' ';

        // The decimal carries its scale, and its invariant text shows exactly that many digits.
        ExactUnits.ToDecimal(units, currency.DecimalDigits).TryFormat(text[4..], out var written, default, CultureInfo.InvariantCulture);
        return 4 + written;
    }

    /// <summary>Reads money; what is wrong with the text, or null when it was read.</summary>
    internal static string? Read(ReadOnlySpan<char> text, out Money money)
    {
        money = default;
        if (text.Length < 5 || text[3] != ' ') return Expected;
        if (!Currency.TryFromCode(text[..3], out var currency)) return ExpectedCode;

        var negative = text[4] == '-';
        var number = text[(negative ? 5 : 4)..];
        var point = number.IndexOf('.');
        var whole = point < 0 ? number : number[..point];
        var fraction = point < 0 ? default : number[(point + 1)..];

        if (!IsDigits(whole) || (point >= 0 && !IsDigits(fraction))) return Expected;
        if (fraction.Length > currency.DecimalDigits) return TooManyDigits(currency);
        if (!TryUnits(whole, fraction, currency.DecimalDigits, negative, out var units)) return "This amount is out of range.";

        money = Money.FromMinorUnits(units, currency);
        return null;
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    private static bool TryUnits(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, int digits, bool negative, out long units)
    {
        units = 0;
        var magnitude = Int128.Zero;
        if (!Append(whole, ref magnitude) || !Append(fraction, ref magnitude)) return false;
        for (var i = fraction.Length; i < digits; i++) magnitude *= 10;

        var signed = negative ? -magnitude : magnitude;
        if (signed < long.MinValue || signed > long.MaxValue) return false;
        units = (long)signed;
        return true;
    }

    private static bool Append(ReadOnlySpan<char> digits, ref Int128 magnitude)
    {
        foreach (var digit in digits)
        {
            magnitude = (magnitude * 10) + (digit - '0');
            if (magnitude > (Int128)ulong.MaxValue) return false;
        }

        return true;
    }
}

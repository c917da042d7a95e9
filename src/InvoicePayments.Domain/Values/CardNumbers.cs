using System.Globalization;

namespace InvoicePayments;

/// <summary>
/// Recognises card numbers, so that none is ever stored, logged or passed on. Digits alone prove nothing (one number in ten passes the
/// Luhn check by chance), so an issuer's prefix and that issuer's length are asked for as well.
/// </summary>
public static class CardNumbers
{
    private const int MaxDigits = 19;

    /// <summary>
    /// Whether the text contains what looks like a card number: digits of any script, as one run or in groups with single spaces or hyphens
    /// between them, with the prefix and the length of an issuer and a valid Luhn digit. A number beside other groups is found too
    /// (<c>4111 1111 1111 1111 12/27</c>); a part of an unbroken run is not a number. Allocates nothing.
    /// </summary>
    public static bool Contains(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var startsGroup = char.IsDigit(text[i]) && (i == 0 || !char.IsDigit(text[i - 1]));
            if (startsGroup && StartsWithNumber(text[i..])) return true;
        }

        return false;
    }

    private static bool StartsWithNumber(ReadOnlySpan<char> text)
    {
        Span<byte> digits = stackalloc byte[MaxDigits];
        var count = 0;

        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsDigit(text[i]))
            {
                if (count == MaxDigits) return false;
                digits[count++] = (byte)CharUnicodeInfo.GetDecimalDigitValue(text[i]);
                continue;
            }

            // A group ends here: the number may end with it, or go on behind one separator.
            if (IsNumber(digits[..count])) return true;
            var goesOn = IsSeparator(text[i]) && i + 1 < text.Length && char.IsDigit(text[i + 1]);
            if (!goesOn) return false;
        }

        return IsNumber(digits[..count]);
    }

    private static bool IsNumber(ReadOnlySpan<byte> digits) => CardIssuers.Know(digits) && PassesLuhn(digits);

    private static bool IsSeparator(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation;

    private static bool PassesLuhn(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var isDoubled = (digits.Length - i) % 2 == 0;
            var value = isDoubled ? digits[i] * 2 : digits[i];
            sum += value > 9 ? value - 9 : value;
        }

        return sum % 10 == 0;
    }
}

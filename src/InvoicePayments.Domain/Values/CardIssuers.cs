namespace InvoicePayments;

/// <summary>Which prefixes the card networks use, and how long a number with such a prefix is.</summary>
internal static class CardIssuers
{
    private static readonly Range[] Ranges =
    [
        new(4, 4, Digits(13) | Digits(16) | Digits(19)), // Visa
        new(51, 55, Digits(16)), // Mastercard
        new(2221, 2720, Digits(16)),
        new(34, 34, Digits(15)), // American Express
        new(37, 37, Digits(15)),
        new(6011, 6011, Digits(16, 19)), // Discover
        new(644, 649, Digits(16, 19)),
        new(65, 65, Digits(16, 19)),
        new(622126, 622925, Digits(16, 19)),
        new(3528, 3589, Digits(16, 19)), // JCB
        new(300, 305, Digits(14)), // Diners Club
        new(309, 309, Digits(14)),
        new(36, 36, Digits(14, 19)),
        new(38, 39, Digits(14)),
        new(62, 62, Digits(16, 19)), // UnionPay

        // Maestro: only its well-known prefixes. All of 50, 56-58, 6x with 12 to 19 digits would catch too many plain references.
        new(5018, 5018, Digits(12, 19)),
        new(5020, 5020, Digits(12, 19)),
        new(5038, 5038, Digits(12, 19)),
        new(5893, 5893, Digits(12, 19)),
        new(6304, 6304, Digits(12, 19)),
        new(6759, 6759, Digits(12, 19)),
        new(6761, 6763, Digits(12, 19)),
    ];

    internal static bool Know(ReadOnlySpan<byte> digits)
    {
        if (digits.Length is < 12 or > 19) return false;
        foreach (var range in Ranges)
        {
            if (range.Includes(digits)) return true;
        }

        return false;
    }

    private static uint Digits(int length) => 1u << length;

    private static uint Digits(int from, int to)
    {
        var lengths = 0u;
        for (var length = from; length <= to; length++) lengths |= Digits(length);
        return lengths;
    }

    private readonly record struct Range(int From, int To, uint Lengths)
    {
        internal bool Includes(ReadOnlySpan<byte> digits)
        {
            if ((Lengths & Digits(digits.Length)) == 0) return false;

            var prefix = 0;
            var i = 0;
            for (var rest = From; rest > 0; rest /= 10) prefix = (prefix * 10) + digits[i++];
            return prefix >= From && prefix <= To;
        }
    }
}

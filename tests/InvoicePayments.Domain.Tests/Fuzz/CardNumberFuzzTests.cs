using System.Globalization;

namespace InvoicePayments.Tests;

/// <summary>The scanner of card numbers, beside a slow one that takes the text apart in another way.</summary>
public sealed class CardNumberFuzzTests
{
    [Fact]
    public Task ACardNumberIsFoundExactlyWhereTheSlowScannerFindsOne() => Fuzzer.Texts(
        "CardNumbers",
        [
            "4111111111111111", "4111 1111 1111 1111 12/27", "7 3782-822463-10005", "٤١١١١١١١١١١١١١١١", "501800000009",
            "DE89 3704 0044 0532 0130 00",
            "20240115000012345", "4000000000000000006", "6200 0000 0000 0005", "12 34 56 78", "no digits",
        ],
        text =>
        {
            var found = CardNumbers.Contains(text);
            Assert.Equal(Slow(text), found);
            Assert.Equal(found, CardNumbers.Contains($"x{text}x"));
            Assert.Equal(found, CardNumbers.Contains($"{text}, {text}"));
            return found ? "found" : "clean";
        });

    // All runs of digits first; then every row of neighbours that one separator keeps apart.
    private static bool Slow(string text)
    {
        var groups = new List<(int From, int To)>();
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsDigit(text[i])) continue;
            var from = i;
            while (i < text.Length && char.IsDigit(text[i])) i++;
            groups.Add((from, i));
        }

        for (var first = 0; first < groups.Count; first++)
        {
            var digits = "";
            for (var last = first; last < groups.Count && digits.Length <= 19; last++)
            {
                if (last > first && !AreNeighbours(text, groups[last - 1].To, groups[last].From)) break;
                digits += text[groups[last].From..groups[last].To];
                if (IsNumber(digits)) return true;
            }
        }

        return false;
    }

    private static bool AreNeighbours(string text, int end, int start) => start == end + 1
        && char.GetUnicodeCategory(text[end]) is UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation;

    private static bool IsNumber(string digits)
    {
        if (digits.Length is < 12 or > 19) return false;
        var values = digits.Select(c => (byte)char.GetNumericValue(c)).ToArray();
        var sum = values.Reverse().Select((value, i) => i % 2 == 0 ? value : (value * 2 / 10) + (value * 2 % 10)).Sum();
        return sum % 10 == 0 && CardIssuers.Know(values);
    }
}

using System.Text.RegularExpressions;

namespace InvoicePayments;

/// <summary>Takes out of Stripe's messages what should go no further: keys, tokens, secrets, and rows of digits.</summary>
internal static partial class StripeTexts
{
    private const int Longest = 400;

    /// <summary>The message without secrets, in one line; the fallback when there is none.</summary>
    internal static string Clean(string? message, string fallback)
    {
        if (string.IsNullOrWhiteSpace(message)) return fallback;
        var text = Digits().Replace(Secrets().Replace(Breaks().Replace(message, " "), "***"), "***").Trim();
        return text.Length <= Longest ? text : text[..Longest];
    }

    /// <summary>A code that is a short word and nothing else.</summary>
    internal static string Code(string? code, string fallback) => code is { Length: > 0 and <= 100 } && Word().IsMatch(code) ? code : fallback;

    [GeneratedRegex(@"\b(?:(?:sk|rk|pk|ek)_(?:test|live)_|whsec_|tok_|pm_|src_|card_|ba_|btok_|ctoken_|cus_|\w+_secret_)[\w*]+", RegexOptions.CultureInvariant)]
    private static partial Regex Secrets();

    [GeneratedRegex(@"\d(?:[ -]?\d){7,}", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"[\p{Cc}\s]+", RegexOptions.CultureInvariant)]
    private static partial Regex Breaks();

    [GeneratedRegex(@"^[A-Za-z0-9_.-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}

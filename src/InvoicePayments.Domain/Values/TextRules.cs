using System.Globalization;

namespace InvoicePayments;

/// <summary>
/// The rules that texts share. Each answers what is wrong, as a sentence to show, or null. A sentence never repeats the text: whatever
/// was put there by mistake might be a secret.
/// </summary>
internal static class TextRules
{
    /// <summary>Free text: a comment, a reference, a description, metadata.</summary>
    /// <param name="text">The text; null is no text, which is fine unless it is required.</param>
    /// <param name="name">What it is called in the answer, without article: <c>comment</c>.</param>
    /// <param name="maxLength">From <see cref="TextLimits"/>.</param>
    /// <param name="allowCardNumbers">Whether the host's policy allows what looks like a card number.</param>
    /// <param name="required">Whether there has to be something beside white space.</param>
    /// <param name="multiline">Whether line breaks and tabs are allowed.</param>
    internal static string? Problem(
        string? text, string name, int maxLength, bool allowCardNumbers = false, bool required = false, bool multiline = false)
    {
        if (required && string.IsNullOrWhiteSpace(text)) return $"The {name} is missing.";
        if (text is null) return null;
        if (text.Length > maxLength) return Invariant($"The {name} has at most {maxLength} characters; this one has {text.Length}.");
        if (HasControl(text, multiline)) return $"The {name} has no control characters{(multiline ? " but line breaks and tabs" : "")}.";
        if (HasLoneSurrogate(text)) return $"The {name} is not valid text: it has half a surrogate pair.";
        if (!allowCardNumbers && CardNumbers.Contains(text)) return $"The {name} has what looks like a card number, which is not accepted.";
        return null;
    }

    /// <summary>An identifier: 1 to <paramref name="maxLength"/> characters that survive every store, log and form.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What it is called in the answer, with article: <c>An invoice id</c>.</param>
    /// <param name="maxLength">In characters.</param>
    internal static string? Id(string? text, string name, int maxLength)
    {
        if (Opaque(text, name, maxLength) is { } problem) return problem;
        return char.IsWhiteSpace(text![0]) || char.IsWhiteSpace(text[^1]) ? $"{name} does not start or end with white space." : null;
    }

    /// <summary>A text that is compared exactly and otherwise left alone: length, no control characters, whole characters.</summary>
    internal static string? Opaque(string? text, string name, int maxLength)
    {
        var length = text?.Length ?? 0;
        if (length < 1 || length > maxLength) return Invariant($"{name} has 1 to {maxLength} characters; this one has {length}.");
        if (HasControl(text, multiline: false)) return $"{name} has no control characters.";
        return HasLoneSurrogate(text) ? $"{name} is not valid text: it has half a surrogate pair." : null;
    }

    private static bool HasControl(ReadOnlySpan<char> text, bool multiline)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsControl(text[i])) continue;
            if (!multiline) return true;

            // Browsers send a line break as CR LF, so the pair counts as one; a lone CR is junk.
            var isBreak = text[i] is '\n' or '\t' || (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n');
            if (!isBreak) return true;
        }

        return false;
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }

        return false;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Diagnostics.CodeAnalysis;

namespace InvoicePayments;

/// <summary>
/// What the identifiers have in common: each is one text, and its own type, so that an account id is never taken for an invoice id.
/// An identifier states its rule and how it is made; creating, parsing and JSON follow from that.
/// </summary>
internal interface ITextId<TSelf> : IParsable<TSelf>
    where TSelf : struct, ITextId<TSelf>
{
    /// <summary>What is wrong with a text, or null.</summary>
    static abstract string? Problem(string? text);

    /// <summary>The identifier with a text that has been checked.</summary>
    static abstract TSelf Trust(string text);

    static TSelf IParsable<TSelf>.Parse(string s, IFormatProvider? provider) =>
        TSelf.Problem(s) is { } problem ? throw new FormatException(problem) : TSelf.Trust(s);

    static bool IParsable<TSelf>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TSelf result) =>
        TextIds.TryCreate(s, out result);
}

using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace InvoicePayments;

public readonly partial record struct Money
{
    /// <summary>
    /// The amount as text in the one form that <see cref="Parse(string, IFormatProvider?)"/> reads: <c>EUR 12.50</c>, <c>EUR -0.01</c>,
    /// <c>JPY 500</c>. It is the same in every culture; showing money to people in their language is the host's matter.
    /// </summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[MoneyText.MaxLength];
        return new string(text[..MoneyText.Write(this, text)]);
    }

    /// <inheritdoc cref="ToString()"/>
    /// <param name="format"><c>G</c>, <c>R</c> or nothing, which all mean the one form there is.</param>
    /// <param name="formatProvider">Not used: the form is invariant.</param>
    /// <exception cref="FormatException">Another format was asked for.</exception>
    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        MoneyText.RequireFormat(format);
        return ToString();
    }

    /// <summary>Writes the text of <see cref="ToString()"/>; false when it does not fit (25 characters always suffice).</summary>
    /// <exception cref="FormatException">Another format than <c>G</c>, <c>R</c> or nothing was asked for.</exception>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        MoneyText.RequireFormat(format);
        Span<char> text = stackalloc char[MoneyText.MaxLength];
        var length = MoneyText.Write(this, text);
        var fits = text[..length].TryCopyTo(destination);
        charsWritten = fits ? length : 0;
        return fits;
    }

    /// <summary>Writes the text of <see cref="ToString()"/> as UTF-8; false when it does not fit (25 bytes always suffice).</summary>
    /// <exception cref="FormatException">Another format than <c>G</c>, <c>R</c> or nothing was asked for.</exception>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        MoneyText.RequireFormat(format);
        Span<char> text = stackalloc char[MoneyText.MaxLength];
        var length = MoneyText.Write(this, text);
        bytesWritten = utf8Destination.Length >= length ? Encoding.UTF8.GetBytes(text[..length], utf8Destination) : 0;
        return bytesWritten != 0;
    }

    /// <summary>
    /// Reads the form that <see cref="ToString()"/> writes: code, one space, perhaps a minus, digits, and perhaps a point with at most
    /// the currency's decimal digits. Nothing else is read: no symbols, no separators of thousands, no culture.
    /// </summary>
    /// <param name="s">For example <c>EUR 12.50</c>, <c>EUR 12</c> or <c>KWD 1.250</c>.</param>
    /// <param name="provider">Not used: the form is invariant.</param>
    /// <exception cref="FormatException">The text has another form or does not fit; the message says what is wrong.</exception>
    public static Money Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static Money Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        MoneyText.Read(s, out var money) is { } problem ? throw new FormatException(problem) : money;

    /// <summary>Reads the form that <see cref="ToString()"/> writes; false when the text has another. Never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, out Money result) => TryParse(s.AsSpan(), null, out result);

    /// <inheritdoc cref="TryParse(string?, out Money)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Money result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc cref="TryParse(string?, out Money)"/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Money result) => MoneyText.Read(s, out result) is null;
}

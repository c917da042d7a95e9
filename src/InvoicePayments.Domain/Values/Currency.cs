using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// A currency that can be paid with, from ISO 4217. Two bytes small, so that money stays a small value and comparing currencies is
/// comparing two numbers. The default value is no currency at all and throws when it is used.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<Currency>))]
public readonly record struct Currency : IParsable<Currency>
{
    // The ISO numeric code: 1 to 999, so that zero is free to mean "none".
    private readonly ushort _number;

    private Currency(ushort number) => _number = number;

    /// <summary>Bahraini dinar, three decimal digits.</summary>
    public static Currency BHD => new(48);

    /// <summary>Swiss franc, two decimal digits.</summary>
    public static Currency CHF => new(756);

    /// <summary>Unidad de fomento (Chile), four decimal digits.</summary>
    public static Currency CLF => new(990);

    /// <summary>Euro, two decimal digits.</summary>
    public static Currency EUR => new(978);

    /// <summary>Pound sterling, two decimal digits.</summary>
    public static Currency GBP => new(826);

    /// <summary>Yen, no decimal digits.</summary>
    public static Currency JPY => new(392);

    /// <summary>Kuwaiti dinar, three decimal digits.</summary>
    public static Currency KWD => new(414);

    /// <summary>Swedish krona, two decimal digits.</summary>
    public static Currency SEK => new(752);

    /// <summary>US dollar, two decimal digits.</summary>
    public static Currency USD => new(840);

    /// <summary>True for <c>default(Currency)</c>, which is no currency.</summary>
    public bool IsDefault => _number == 0;

    /// <summary>What ISO 4217 says about this currency: name, number, digits.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(Currency)</c>.</exception>
    public CurrencyInfo Info => IsDefault ? throw Unset() : IsoCurrencies.Get(_number);

    /// <summary>The alphabetic code, three capital letters: <c>EUR</c>.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(Currency)</c>.</exception>
    public string Code => Info.Code;

    /// <summary>Digits behind the decimal point, 0 to 4: 2 for euro, 0 for yen. One unit is ten to this power of minor units.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(Currency)</c>.</exception>
    public int DecimalDigits => Info.DecimalDigits;

    /// <summary>The currency with this ISO 4217 code.</summary>
    /// <param name="code">Three capital letters; lower case is refused, so that one currency has one spelling.</param>
    /// <exception cref="InvalidCurrencyException">
    /// There is no such code, or it cannot be paid with (gold, <c>XXX</c>); the message says what is expected.
    /// </exception>
    public static Currency FromCode(string code)
    {
        var info = CurrencyInfo.FromCode(code);
        return info.IsPayable ? Of(info) : throw InvalidCurrencyException.NotPayable(info);
    }

    /// <summary>The currency with this ISO 4217 code; false when there is none that can be paid with. Never throws.</summary>
    public static bool TryFromCode([NotNullWhen(true)] string? code, out Currency currency) => TryFromCode(code.AsSpan(), out currency);

    /// <summary>The same as <see cref="FromCode"/>; here for code that works with any <see cref="IParsable{TSelf}"/>.</summary>
    /// <exception cref="FormatException">There is no such code, or it cannot be paid with.</exception>
    static Currency IParsable<Currency>.Parse(string s, IFormatProvider? provider)
    {
        try
        {
            return FromCode(s);
        }
        catch (InvalidCurrencyException refused)
        {
            throw new FormatException(refused.Message, refused);
        }
    }

    /// <summary>The same as <see cref="TryFromCode(string?, out Currency)"/>.</summary>
    static bool IParsable<Currency>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Currency result) =>
        TryFromCode(s, out result);

    /// <summary>The alphabetic code. For <c>default(Currency)</c> a remark, so that printing never fails.</summary>
    public override string ToString() => IsDefault ? "(no currency)" : Code;

    internal static bool TryFromCode(ReadOnlySpan<char> code, out Currency currency)
    {
        currency = IsoCurrencies.Find(code) is { IsPayable: true } info ? Of(info) : default;
        return !currency.IsDefault;
    }

    private static Currency Of(CurrencyInfo info) => new(IsoCurrencies.NumberOf(info));

    private static InvalidOperationException Unset() =>
        new("This is default(Currency), which is no currency. Use Currency.FromCode(\"EUR\") or a property such as Currency.EUR.");
}

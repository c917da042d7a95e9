using System.Diagnostics.CodeAnalysis;

namespace InvoicePayments;

/// <summary>
/// What ISO 4217 says about a code. Use it to show a currency or to build a list to choose from; money itself carries the
/// smaller <see cref="Currency"/>.
/// </summary>
public sealed record CurrencyInfo
{
    internal CurrencyInfo(string code, string numericCode, string englishName, int? digits)
    {
        Code = code;
        NumericCode = numericCode;
        EnglishName = englishName;
        DecimalDigits = digits ?? 0;
        IsPayable = digits is not null;
        MinorUnit = digits is { } scale ? new decimal(1, 0, 0, isNegative: false, (byte)scale) : 0m;
    }

    /// <summary>The alphabetic code, three capital letters: <c>EUR</c>.</summary>
    public string Code { get; }

    /// <summary>The numeric code as three digits with leading zeros: <c>978</c>, <c>008</c>.</summary>
    public string NumericCode { get; }

    /// <summary>The name of the currency in English, as ISO writes it: <c>Euro</c>.</summary>
    public string EnglishName { get; }

    /// <summary>Digits behind the decimal point: 0 to 4. Also 0 where ISO assigns none; <see cref="IsPayable"/> tells them apart.</summary>
    public int DecimalDigits { get; }

    /// <summary>The smallest amount, in units of the currency: 0.01 for euro, 1 for yen. 0 where ISO assigns no minor unit.</summary>
    public decimal MinorUnit { get; }

    /// <summary>
    /// Whether somebody can pay with it. False for codes without a minor unit: gold, special drawing rights, <c>XTS</c>, <c>XXX</c>.
    /// </summary>
    public bool IsPayable { get; }

    /// <summary>Every current code of ISO 4217 in alphabetic order, payable or not.</summary>
    public static IReadOnlyList<CurrencyInfo> All => IsoCurrencies.All;

    /// <summary>What ISO 4217 says about <paramref name="code"/>, payable or not.</summary>
    /// <param name="code">Three capital letters.</param>
    /// <exception cref="InvalidCurrencyException">There is no such code; the message says what is expected.</exception>
    public static CurrencyInfo FromCode(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return IsoCurrencies.Find(code) ?? throw InvalidCurrencyException.Unknown(code);
    }

    /// <summary>What ISO 4217 says about <paramref name="code"/>; false when there is no such code. Never throws.</summary>
    public static bool TryFromCode(string? code, [NotNullWhen(true)] out CurrencyInfo? info) =>
        (info = IsoCurrencies.Find(code)) is not null;
}

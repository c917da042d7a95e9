using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// An exact amount of one currency, kept as a whole number of minor units (cents), so that nothing is ever rounded unseen.
/// Arithmetic is checked and refuses mixed currencies, even for zero. There is no division: use <see cref="Split(int)"/>, whose
/// parts always sum to the whole. <c>default(Money)</c> has no currency: it can be compared for equality, and throws
/// <see cref="InvalidOperationException"/> on every other use.
/// </summary>
[JsonConverter(typeof(MoneyJsonConverter))]
[TypeConverter(typeof(MoneyTypeConverter))]
[DebuggerDisplay("{DebugText,nq}")]
public readonly partial record struct Money : IComparable<Money>, ISpanParsable<Money>, ISpanFormattable, IUtf8SpanFormattable
{
    private readonly long _minorUnits;
    private readonly Currency _currency;

    /// <summary>Exactly <paramref name="amount"/>. Nothing is rounded; <see cref="Round"/> does that, on request.</summary>
    /// <param name="amount">In units of the currency: 12.50m is twelve euro and fifty cents. Trailing zeros do not count as digits.</param>
    /// <param name="currency">Its currency, which decides how many decimal digits there may be.</param>
    /// <exception cref="ArgumentException">The amount has more decimal digits than the currency, or no currency was given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The amount in minor units does not fit in a <see cref="long"/>.</exception>
    public Money(decimal amount, Currency currency)
        : this(ExactUnits.From(amount, Known(currency)), currency)
    {
    }

    /// <summary>Exactly <paramref name="amount"/> of the currency with this ISO 4217 code.</summary>
    /// <param name="amount">In units of the currency, with at most its decimal digits.</param>
    /// <param name="code">Three capital letters, for example <c>EUR</c>.</param>
    /// <exception cref="InvalidCurrencyException">There is no such currency.</exception>
    /// <exception cref="ArgumentException">The amount has more decimal digits than the currency.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The amount in minor units does not fit in a <see cref="long"/>.</exception>
    public Money(decimal amount, string code)
        : this(amount, Currency.FromCode(code))
    {
    }

    private Money(long minorUnits, Currency currency)
    {
        _minorUnits = minorUnits;
        _currency = currency;
    }

    /// <summary>True for <c>default(Money)</c>, which is no amount: not even zero, because it has no currency.</summary>
    public bool IsDefault => _currency.IsDefault;

    /// <summary>The currency of the amount.</summary>
    public Currency Currency => IsDefault ? throw Unset() : _currency;

    /// <summary>The amount in minor units, the smallest of the currency: 1250 for EUR 12.50, 500 for JPY 500.</summary>
    public long MinorUnits => IsDefault ? throw Unset() : _minorUnits;

    /// <summary>The amount in units of the currency, with all its decimal digits: 12.50m. For display and for other systems.</summary>
    public decimal Amount => ExactUnits.ToDecimal(MinorUnits, _currency.DecimalDigits);

    /// <summary>True when the amount is zero.</summary>
    public bool IsZero => MinorUnits == 0;

    /// <summary>True when the amount is more than zero.</summary>
    public bool IsPositive => MinorUnits > 0;

    /// <summary>True when the amount is less than zero.</summary>
    public bool IsNegative => MinorUnits < 0;

    private string DebugText => IsDefault ? "(no money)" : ToString();

    /// <summary>The amount with this number of minor units: 1250 of EUR is EUR 12.50. Every <see cref="long"/> is allowed.</summary>
    /// <exception cref="ArgumentException">No currency was given.</exception>
    public static Money FromMinorUnits(long minorUnits, Currency currency) => new(minorUnits, Known(currency));

    /// <summary>Nothing, of this currency: the start of a sum.</summary>
    /// <exception cref="ArgumentException">No currency was given.</exception>
    public static Money Zero(Currency currency) => new(0L, Known(currency));

    /// <summary>
    /// The amount nearest to <paramref name="amount"/>. The only door through which digits can be lost, and the caller says how.
    /// </summary>
    /// <param name="amount">In units of the currency, with any number of decimal digits.</param>
    /// <param name="currency">The currency, whose decimal digits remain.</param>
    /// <param name="rounding">What becomes of the rest; invoices mostly use <see cref="MidpointRounding.AwayFromZero"/>.</param>
    /// <exception cref="ArgumentException">No currency was given, or <paramref name="rounding"/> is not a defined value.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The amount in minor units does not fit in a <see cref="long"/>.</exception>
    public static Money Round(decimal amount, Currency currency, MidpointRounding rounding) =>
        new(decimal.Round(amount, Known(currency).DecimalDigits, rounding), currency);

    /// <summary>The amount in minor units; the same as <see cref="MinorUnits"/>, for symmetry with <see cref="FromMinorUnits"/>.</summary>
    public long ToMinorUnits() => MinorUnits;

    /// <summary>Takes the amount apart: <c>var (amount, currency) = money;</c>.</summary>
    public void Deconstruct(out decimal amount, out Currency currency) => (amount, currency) = (Amount, Currency);

    private static Currency Known(Currency currency) => currency.IsDefault
        ? throw new ArgumentException("Money needs a currency; this is default(Currency). Use for example Currency.EUR.", nameof(currency))
        : currency;

    private static InvalidOperationException Unset() =>
        new(
        "This is default(Money), which has no currency and no amount. Use new Money(…), Money.FromMinorUnits(…) or Money.Zero(…).");
}

using System.Numerics;

namespace InvoicePayments.Tests;

public sealed class MoneyTests
{
    private static readonly Money Euro = new(12.50m, Currency.EUR);

    [Fact]
    public void AnAmountIsKeptInMinorUnits()
    {
        Assert.Equal(1250, Euro.MinorUnits);
        Assert.Equal(1250, Euro.ToMinorUnits());
        Assert.Equal(Euro, Money.FromMinorUnits(1250, Currency.EUR));
        Assert.Equal(Euro, new Money(12.5m, "EUR"));
        Assert.Equal(500, new Money(500m, "JPY").MinorUnits);
        Assert.Equal(1250, new Money(1.25m, "KWD").MinorUnits);
        Assert.Equal(10000, new Money(1m, "CLF").MinorUnits);
    }

    [Fact]
    public void TrailingZerosAreNotDigits() => Assert.Equal(Euro, new Money(12.5000m, Currency.EUR));

    [Theory]
    [InlineData("0.5", "JPY", "JPY has 0 decimal digits")]
    [InlineData("12.505", "EUR", "EUR has 2 decimal digits")]
    [InlineData("0.0001", "KWD", "KWD has 3 decimal digits")]
    [InlineData("-0.00001", "CLF", "CLF has 4 decimal digits")]
    [InlineData("79228162514264.337593543950335", "EUR", "EUR has 2 decimal digits")]
    public void WhenAnAmountHasMoreDigitsThanItsCurrency_ItIsRefused(string amount, string code, string message)
    {
        var refused = Assert.Throws<ArgumentException>(() => new Money(Number(amount), code));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("92233720368547758.08", "EUR")]
    [InlineData("-92233720368547758.09", "EUR")]
    [InlineData("9223372036854775808", "JPY")]
    [InlineData("-9223372036854775809", "JPY")]
    [InlineData("922337203685477.5808", "CLF")]
    [InlineData("79228162514264337593543950335", "CLF")]
    [InlineData("-79228162514264337593543950335", "JPY")]
    public void WhenAnAmountDoesNotFit_ItIsRefused(string amount, string code) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(Number(amount), code));

    [Fact]
    public void TheAmountHasAllDigitsOfTheCurrency()
    {
        Assert.Equal("12.50", Text(Euro.Amount));
        Assert.Equal("-92233720368547758.08", Text(Money.FromMinorUnits(long.MinValue, Currency.EUR).Amount));
        Assert.Equal("500", Text(new Money(500m, "JPY").Amount));
    }

    [Fact]
    public void TheAmountMakesTheSameMoneyAgain() => Property.Holds(Property.AnyMoney, money =>
    {
        var (amount, currency) = money;
        Assert.Equal(money, new Money(amount, currency));
        Assert.Equal(money, Money.Round(amount, currency, MidpointRounding.ToZero));
    });

    [Theory]
    [InlineData("1.255", MidpointRounding.ToEven, 126)]
    [InlineData("1.245", MidpointRounding.ToEven, 124)]
    [InlineData("1.245", MidpointRounding.AwayFromZero, 125)]
    [InlineData("-1.245", MidpointRounding.AwayFromZero, -125)]
    [InlineData("1.249", MidpointRounding.ToZero, 124)]
    [InlineData("-1.241", MidpointRounding.ToNegativeInfinity, -125)]
    [InlineData("1.241", MidpointRounding.ToPositiveInfinity, 125)]
    public void RoundingIsAskedFor(string amount, MidpointRounding rounding, long expected)
    {
        Assert.Equal(expected, Money.Round(Number(amount), Currency.EUR, rounding).MinorUnits);
        Assert.Equal(expected, Money.FromMinorUnits(100, Currency.EUR).Multiply(Number(amount), rounding).MinorUnits);
    }

    [Fact]
    public void WhenCurrenciesDiffer_AddingIsRefused() => Refused((a, b) => a + b);

    [Fact]
    public void WhenCurrenciesDiffer_SubtractingIsRefused() => Refused((a, b) => a - b);

    [Fact]
    public void WhenCurrenciesDiffer_ComparingIsRefused()
    {
        Refused((a, b) => a < b);
        Refused((a, b) => a > b);
        Refused((a, b) => a <= b);
        Refused((a, b) => a >= b);
        Refused((a, b) => a.CompareTo(b));
        Refused((a, b) => Money.Min(a, b));
        Refused((a, b) => Money.Max(a, b));
    }

    [Fact]
    public void WhenCurrenciesDiffer_AmountsAreNotEqualEvenAtZero() =>
        Assert.NotEqual(Money.Zero(Currency.EUR), Money.Zero(Currency.USD));

    [Fact]
    public void ArithmeticIsExactOrThrows() => Property.Holds(Property.AnyLong, Property.AnyLong, (left, right) =>
    {
        var (a, b) = (Money.FromMinorUnits(left, Currency.EUR), Money.FromMinorUnits(right, Currency.EUR));
        ExactOrThrows((BigInteger)left + right, () => a + b);
        ExactOrThrows((BigInteger)left - right, () => a - b);
        ExactOrThrows(-(BigInteger)left, () => -a);
        ExactOrThrows((BigInteger)left * right, () => a.Multiply(right, MidpointRounding.ToZero));
    });

    [Fact]
    public void AProductIsRoundedOnceAndNotBefore()
    {
        // The exact product ends just below one half. As a decimal it is rounded to one half first, and would then go up.
        var money = Money.FromMinorUnits(1_000_000_000_000_000_003, Currency.EUR);
        const decimal Factor = 0.7222222222333333333333333333m;
        Assert.Equal(0.5m, (money.MinorUnits * Factor) % 1m);
        Assert.Equal(722_222_222_233_333_335, money.Multiply(Factor, MidpointRounding.AwayFromZero).MinorUnits);
    }

    [Fact]
    public void WhenTheRoundingIsNotDefined_MultiplyingIsRefused() =>
        Assert.Throws<ArgumentException>(() => Euro.Multiply(0.1m, (MidpointRounding)99));

    [Fact]
    public void ComparingComparesMinorUnits() => Property.Holds(Property.AnyLong, Property.AnyLong, (left, right) =>
    {
        var (a, b) = (Money.FromMinorUnits(left, Currency.EUR), Money.FromMinorUnits(right, Currency.EUR));
        Assert.Equal(left < right, a < b);
        Assert.Equal(left > right, a > b);
        Assert.Equal(left <= right, a <= b);
        Assert.Equal(left >= right, a >= b);
        Assert.Equal(left == right, a == b);
        Assert.Equal(left.CompareTo(right), a.CompareTo(b));
        Assert.Equal(Math.Min(left, right), Money.Min(a, b).MinorUnits);
        Assert.Equal(Math.Max(left, right), Money.Max(a, b).MinorUnits);
    });

    [Theory]
    [InlineData(-1, false, false, true)]
    [InlineData(0, true, false, false)]
    [InlineData(1, false, true, false)]
    public void TheSignIsToldApart(long units, bool isZero, bool isPositive, bool isNegative)
    {
        var money = Money.FromMinorUnits(units, Currency.EUR);
        Assert.Equal((isZero, isPositive, isNegative), (money.IsZero, money.IsPositive, money.IsNegative));
    }

    [Fact]
    public void TheDefaultThrowsOnEveryUseButEquality()
    {
        Money none = default;
        Assert.True(none.IsDefault);
        Assert.True(none == default);
        Assert.True(none != Money.Zero(Currency.EUR));
        Assert.Equal(none.GetHashCode(), default(Money).GetHashCode());

        Action[] uses =
        [
            () => _ = none.Amount, () => _ = none.Currency, () => _ = none.MinorUnits, () => none.ToMinorUnits(),
            () => _ = none.IsZero, () => _ = none.IsPositive, () => _ = none.IsNegative, () => none.Deconstruct(out _, out _),
            () => _ = none + Euro, () => _ = Euro + none, () => _ = none - none, () => _ = -none,
            () => _ = none < Euro, () => _ = Euro >= none, () => none.CompareTo(none),
            () => Money.Min(none, Euro), () => Money.Max(Euro, none),
            () => none.Split(1), () => none.Split([1]), () => none.Multiply(1, MidpointRounding.ToEven), () => none.ToString(),
            () => none.TryFormat(new char[30], out _, default, null), () => none.TryFormat(new byte[30], out _, default, null),
        ];
        Assert.All(uses, use => Assert.Matches("default\\(Money\\)", Assert.Throws<InvalidOperationException>(use).Message));
    }

    [Fact]
    public void WhenTheCurrencyIsTheDefault_MoneyIsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Money(1m, default(Currency)));
        Assert.Throws<ArgumentException>(() => Money.FromMinorUnits(1, default));
        Assert.Throws<ArgumentException>(() => Money.Zero(default));
        Assert.Throws<ArgumentException>(() => Money.Round(1m, default, MidpointRounding.ToEven));
    }

    private static void Refused<T>(Func<Money, Money, T> use)
    {
        var refused = Assert.Throws<CurrencyMismatchException>(() => { _ = use(Money.Zero(Currency.EUR), new Money(1m, Currency.USD)); });
        Assert.Matches("^(EUR and USD|USD and EUR) cannot", refused.Message);
        Assert.Throws<CurrencyMismatchException>(() => { _ = use(new Money(1m, Currency.USD), Money.Zero(Currency.EUR)); });
    }

    private static void ExactOrThrows(BigInteger expected, Func<Money> compute)
    {
        if (expected < long.MinValue || expected > long.MaxValue) Assert.Throws<OverflowException>(() => { compute(); });
        else Assert.Equal(expected, compute().MinorUnits);
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(decimal number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

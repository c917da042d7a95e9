using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InvoicePayments.Tests;

/// <summary>The edges of the values: the last number that fits, the shortest text, and what is said about the rest.</summary>
public sealed class ValueDetailTests
{
    [Fact]
    public void TheLargestAndTheSmallestAmountFit()
    {
        Assert.Equal(long.MaxValue, new Money(9_223_372_036_854_775_807m, Currency.JPY).MinorUnits);
        Assert.Equal(long.MinValue, new Money(-9_223_372_036_854_775_808m, Currency.JPY).MinorUnits);
        Assert.Equal(Money.FromMinorUnits(5, Currency.JPY), Money.Parse("JPY 5"));
    }

    [Fact]
    public void TheSmallestAmountHasNoOtherSign() =>
        Assert.Throws<OverflowException>(() => -Money.FromMinorUnits(long.MinValue, Currency.EUR));

    [Fact]
    public void EqualAmountsAreNeitherLessNorMore()
    {
        var (one, same) = (Money.FromMinorUnits(1, Currency.EUR), Money.FromMinorUnits(1, Currency.EUR));

        Assert.True(one >= same && one <= same);
        Assert.False(one > same || one < same);
    }

    [Fact]
    public void ZeroHasNoSign() => Assert.False(decimal.IsNegative(Money.Zero(Currency.EUR).Amount));

    [Theory]
    [InlineData(MidpointRounding.ToEven)]
    [InlineData(MidpointRounding.AwayFromZero)]
    [InlineData(MidpointRounding.ToZero)]
    [InlineData(MidpointRounding.ToNegativeInfinity)]
    [InlineData(MidpointRounding.ToPositiveInfinity)]
    public void AProductIsRoundedLikeADecimal(MidpointRounding rounding)
    {
        decimal[] factors = [0, 1, -1, 0.1m, 0.25m, 0.5m, 0.51m, 0.49m, 1.5m, 2.5m, 0.333m, 0.666m];
        foreach (var factor in factors)
        {
            foreach (var units in new long[] { 0, 1, 3, 5, -1, -3, -5, 10, -10 })
            {
                var product = Money.FromMinorUnits(units, Currency.EUR).Multiply(factor, rounding);
                Assert.Equal(decimal.Round(units * factor, 0, rounding), product.MinorUnits);
            }
        }
    }

    [Theory]
    [InlineData("C")]
    [InlineData("GG")]
    public void WhenAnotherFormatIsAskedFor_NothingIsWritten(string format)
    {
        var zero = Money.Zero(Currency.EUR);
        Assert.Throws<FormatException>(() => zero.TryFormat(new char[25], out _, format, null));
        Assert.Throws<FormatException>(() => zero.TryFormat(new byte[25], out _, format, null));
    }

    [Theory]
    [InlineData("1€2")]
    [InlineData("a1b")]
    [InlineData("1ab")]
    public void WhatIsNotMadeOfThreeLettersIsNotRepeated(string code) =>
        Assert.DoesNotContain(code, Assert.Throws<InvalidCurrencyException>(() => Currency.FromCode(code)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("ABC")]
    [InlineData("abc")]
    public void WhereNoCurrencyIsNear_NoneIsSuggested(string code) =>
        Assert.DoesNotContain("Did you mean", Assert.Throws<InvalidCurrencyException>(() => Currency.FromCode(code)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void TheDefaultCurrencySaysThatItIsTheDefault() => Assert.Contains(
        "default(Currency)", Assert.Throws<InvalidOperationException>(() => default(Currency).Info).Message, StringComparison.Ordinal);

    [Fact]
    public void EveryIdKnowsWhetherItIsTheDefault()
    {
        bool[] none =
        [
            default(TenantId).IsDefault, default(InvoiceId).IsDefault, default(AccountId).IsDefault, default(PaymentId).IsDefault,
            default(OperationId).IsDefault, default(PaymentMethodId).IsDefault, default(GatewayPaymentId).IsDefault,
            default(GatewayName).IsDefault, default(CollectionRunId).IsDefault,
            default(GatewayReference).IsDefault, default(Fingerprint).IsDefault, default(IdempotencyKey).IsDefault,
            default(PaymentToken).IsDefault,
        ];
        bool[] made =
        [
            new TenantId("a").IsDefault, new InvoiceId("a").IsDefault, new AccountId("a").IsDefault, new PaymentId("a").IsDefault,
            new OperationId("a").IsDefault, new PaymentMethodId("a").IsDefault, new GatewayPaymentId("a").IsDefault,
            new GatewayName("a").IsDefault, new CollectionRunId("a").IsDefault,
            new GatewayReference("a").IsDefault, new Fingerprint(new('a', 64)).IsDefault, new IdempotencyKey("a").IsDefault,
            new PaymentToken("a").IsDefault,
        ];

        Assert.All(none, Assert.True);
        Assert.All(made, Assert.False);
    }

    [Fact]
    public void ADebuggerShowsMoneyAndItsDefault()
    {
        var shown = typeof(Money).GetProperty("DebugText", BindingFlags.Instance | BindingFlags.NonPublic)!;

        Assert.Equal("EUR 0.01", shown.GetValue(Money.FromMinorUnits(1, Currency.EUR)));
        Assert.Equal("(no money)", shown.GetValue(default(Money)));
    }

    [Fact]
    public void AConverterWithoutAWriterSaysSo()
    {
        Assert.Throws<ArgumentNullException>(() =>
            new MoneyJsonConverter().Write(null!, Money.Zero(Currency.EUR), JsonSerializerOptions.Default));
        Refuses(new TextJsonConverter<InvoiceId>(), new("a"));
        Refuses(new PaymentTokenJsonConverter(), new("a"));
        Refuses(new RevealingPaymentTokenConverter(), new PaymentToken("a"));

        static void Refuses<T>(JsonConverter<T> converter, T value) =>
            Assert.Throws<ArgumentNullException>(() => converter.Write(null!, value, JsonSerializerOptions.Default));
    }

    [Fact]
    public void WhatIsSaidAboutControlCharactersNamesWhatIsAllowed()
    {
        Assert.Equal("The note has no control characters.", TextRules.Problem("\0", "note", 9));
        Assert.Equal("The note has no control characters but line breaks and tabs.", TextRules.Problem("\0", "note", 9, multiline: true));
    }

    [Theory]
    [InlineData("12 ")]
    [InlineData("4111-")]
    [InlineData("74111111111111111")]
    [InlineData("x 94111111111111111")]
    public void APartOfARunOrAnEndOfAGroupIsNoCardNumber(string text) => Assert.False(CardNumbers.Contains(text));

    [Fact]
    public void AnOddNumberOfUnitsIsWrittenAlikeInEveryCulture() =>
        Assert.Equal("EUR -92233720368547758.08",
            Money.FromMinorUnits(long.MinValue, Currency.EUR).ToString("R", CultureInfo.InvariantCulture));
}

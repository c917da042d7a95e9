using System.Text.Json;

namespace InvoicePayments.Tests;

public sealed class CurrencyTests
{
    [Fact]
    public void ACodeNamesACurrency()
    {
        var currency = Currency.FromCode("EUR");
        Assert.Equal(Currency.EUR, currency);
        Assert.Equal("EUR", currency.Code);
        Assert.Equal("EUR", currency.ToString());
        Assert.Equal(2, currency.DecimalDigits);
        Assert.Equal("Euro", currency.Info.EnglishName);
        Assert.Equal("978", currency.Info.NumericCode);
        Assert.Equal(0.01m, currency.Info.MinorUnit);
        Assert.True(Currency.TryFromCode("EUR", out var same));
        Assert.Equal(currency, same);
    }

    [Fact]
    public void TheWellKnownOnesAreWhatTheirNamesSay()
    {
        foreach (var property in typeof(Currency).GetProperties().Where(p => p.PropertyType == typeof(Currency)))
        {
            Assert.Equal(property.Name, ((Currency)property.GetValue(null)!).Code);
        }
    }

    [Fact]
    public void EveryPayableCodeIsACurrency() => Assert.All(CurrencyInfo.All, info =>
    {
        Assert.Equal(info.IsPayable, Currency.TryFromCode(info.Code, out var currency));
        if (info.IsPayable) Assert.Same(info, currency.Info);
    });

    [Theory]
    [InlineData("ABC", "'ABC' is not the code of a currency")]
    [InlineData("eur", "Did you mean EUR?")]
    [InlineData("", "three capital letters")]
    [InlineData("EURO", "three capital letters")]
    [InlineData("E\u0000R", "three capital letters")]
    public void WhenTheCodeIsUnknown_TheMessageSaysWhatIsExpected(string code, string message)
    {
        Assert.Contains(message, Assert.Throws<InvalidCurrencyException>(() => Currency.FromCode(code)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidCurrencyException>(() => CurrencyInfo.FromCode(code));
        Assert.False(Currency.TryFromCode(code, out var none));
        Assert.True(none.IsDefault);
    }

    [Fact]
    public void WhatIsNoCodeIsNotRepeatedInTheMessage()
    {
        var refused = Assert.Throws<InvalidCurrencyException>(() => Currency.FromCode("4111111111111111"));
        Assert.DoesNotContain("4111", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("XAU")]
    [InlineData("XTS")]
    [InlineData("XXX")]
    [InlineData("XDR")]
    [InlineData("XBA")]
    public void WhenACodeCannotBePaidWith_ItIsKnownAndRefused(string code)
    {
        Assert.True(CurrencyInfo.TryFromCode(code, out var info));
        Assert.False(info.IsPayable);
        Assert.Equal(0m, info.MinorUnit);
        var refused = Assert.Throws<InvalidCurrencyException>(() => Currency.FromCode(code));
        Assert.Contains($"{code} is not a currency that can be paid with", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoCodeIsNoCurrency()
    {
        Assert.False(Currency.TryFromCode(null, out _));
        Assert.False(CurrencyInfo.TryFromCode(null, out _));
        Assert.Throws<ArgumentNullException>(() => Currency.FromCode(null!));
    }

    [Fact]
    public void TheDefaultThrowsWhenItIsUsed()
    {
        Currency none = default;
        Assert.True(none.IsDefault);
        Assert.Throws<InvalidOperationException>(() => none.Code);
        Assert.Throws<InvalidOperationException>(() => none.DecimalDigits);
        Assert.Throws<InvalidOperationException>(() => none.Info);
        Assert.Throws<InvalidOperationException>(() => JsonSerializer.Serialize(none));
        Assert.Equal("(no currency)", none.ToString());
    }

    [Fact]
    public void JsonIsTheCode()
    {
        Assert.Equal("\"JPY\"", JsonSerializer.Serialize(Currency.JPY));
        Assert.Equal(Currency.JPY, JsonSerializer.Deserialize<Currency>("\"JPY\""));
        var refused = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Currency>("\"jpy\""));
        Assert.Contains("Did you mean JPY?", refused.Message, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Currency>("392"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Currency>("null"));
    }
}

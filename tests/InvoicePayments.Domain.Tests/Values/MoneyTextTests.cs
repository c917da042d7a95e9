using System.ComponentModel;
using System.Text;

namespace InvoicePayments.Tests;

public sealed class MoneyTextTests
{
    [Theory]
    [InlineData("EUR", 1250, "EUR 12.50")]
    [InlineData("EUR", -1, "EUR -0.01")]
    [InlineData("EUR", 0, "EUR 0.00")]
    [InlineData("JPY", 500, "JPY 500")]
    [InlineData("KWD", 1250, "KWD 1.250")]
    [InlineData("CLF", 10000, "CLF 1.0000")]
    [InlineData("CLF", long.MinValue, "CLF -922337203685477.5808")]
    [InlineData("JPY", long.MaxValue, "JPY 9223372036854775807")]
    public void MoneyHasOneText(string code, long units, string expected)
    {
        var money = Money.FromMinorUnits(units, Currency.FromCode(code));
        Assert.Equal(expected, money.ToString());
        Assert.Equal(expected, $"{money}");
        Assert.Equal(expected, $"{money:R}");
        Assert.Equal(expected, money.ToString("G", null));
        Assert.Equal(expected, money.ToString("", null));
        Assert.Equal(money, Money.Parse(expected));
    }

    [Fact]
    public void WhenAnotherFormatIsAskedFor_ItIsRefused() =>
        Assert.Throws<FormatException>(() => Money.Zero(Currency.EUR).ToString("C", null));

    [Fact]
    public void EveryAmountIsReadBackFromItsText() => Property.Holds(Property.AnyMoney, money =>
    {
        var text = money.ToString();
        Assert.Equal(money, Money.Parse(text));
        Assert.True(Money.TryParse(text, out var read));
        Assert.Equal(money, read);

        var utf8 = new byte[text.Length];
        Assert.True(money.TryFormat(utf8, out var bytes, default, null));
        Assert.Equal(text, Encoding.ASCII.GetString(utf8, 0, bytes));
        Assert.False(money.TryFormat(new byte[text.Length - 1], out _, default, null));
        Assert.True(money.TryFormat(new char[text.Length], out _, default, null));
        Assert.False(money.TryFormat(new char[text.Length - 1], out var none, default, null));
        Assert.Equal(0, none);
    });

    [Theory]
    [InlineData("EUR 12", 1200)]
    [InlineData("EUR 12.5", 1250)]
    [InlineData("EUR -0.00", 0)]
    [InlineData("EUR 0000000000000000000000000000000000000001.00", 100)]
    public void FewerDigitsThanTheCurrencyHasAreEnough(string text, long units) =>
        Assert.Equal(Money.FromMinorUnits(units, Currency.EUR), Money.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("EUR")]
    [InlineData("EUR ")]
    [InlineData("EUR -")]
    [InlineData("EUR .5")]
    [InlineData("EUR 5.")]
    [InlineData("EUR 1.234")]
    [InlineData("EUR 1.500")]
    [InlineData("JPY 1.0")]
    [InlineData("EUR 1,234.00")]
    [InlineData("EUR 1,50")]
    [InlineData("EUR +1.00")]
    [InlineData("EUR --1.00")]
    [InlineData("EUR  1.00")]
    [InlineData(" EUR 1.00")]
    [InlineData("EUR 1.00 ")]
    [InlineData("EUR\t1.00")]
    [InlineData("EUR\u00a01.00")]
    [InlineData("EUR1.00")]
    [InlineData("1.00 EUR")]
    [InlineData("€ 1.00")]
    [InlineData("eur 1.00")]
    [InlineData("XAU 1")]
    [InlineData("ABC 1.00")]
    [InlineData("EUR 1e2")]
    [InlineData("EUR ١.٠٠")]
    [InlineData("EUR 1.0.0")]
    [InlineData("EUR 1.-5")]
    [InlineData("EUR 92233720368547758.08")]
    [InlineData("EUR -92233720368547758.09")]
    [InlineData("EUR 99999999999999999999999999999999999999999999999999")]
    public void WhenTheTextHasAnotherForm_ItIsRefused(string text)
    {
        Assert.False(Money.TryParse(text, out var money));
        Assert.True(money.IsDefault);
        Assert.Throws<FormatException>(() => Money.Parse(text));
    }

    [Fact]
    public void NoTextIsNoMoney()
    {
        Assert.False(Money.TryParse(null, out _));
        Assert.Throws<ArgumentNullException>(() => Money.Parse(null!));
    }

    [Fact]
    public void TryingToReadNeverThrows_AndReadsOnlyItsOwnForm() => Property.Holds(Property.AnyText, text =>
    {
        if (!Money.TryParse(text, out var money)) return;
        Assert.Equal(money, Money.Parse(money.ToString()));
        Assert.Matches("^[A-Z]{3} -?[0-9]+(\\.[0-9]{1,4})?\\z", text);
    });

    [Fact]
    public void ATypeConverterReadsAndWritesTheText()
    {
        var converter = TypeDescriptor.GetConverter(typeof(Money));
        Assert.Equal(new Money(12.50m, "EUR"), converter.ConvertFromInvariantString("EUR 12.50"));
        Assert.Equal("EUR 12.50", converter.ConvertToInvariantString(new Money(12.50m, "EUR")));
        Assert.False(converter.CanConvertFrom(typeof(int)));
        Assert.False(converter.CanConvertTo(typeof(int)));
        Assert.Throws<NotSupportedException>(() => converter.ConvertFrom(1));
        Assert.ThrowsAny<FormatException>(() => converter.ConvertFromInvariantString("12.50"));
    }
}

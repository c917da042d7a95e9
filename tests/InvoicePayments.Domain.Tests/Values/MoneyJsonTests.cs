using System.Text.Json;

namespace InvoicePayments.Tests;

public sealed class MoneyJsonTests
{
    [Fact]
    public void MoneyIsAnObjectWithMinorUnits() =>
        Assert.Equal("""{"amount":1250,"currency":"EUR"}""", JsonSerializer.Serialize(new Money(12.50m, "EUR")));

    [Fact]
    public void EveryAmountIsReadBack() => Property.Holds(Property.AnyMoney, money =>
        Assert.Equal(money, JsonSerializer.Deserialize<Money>(JsonSerializer.Serialize(money))));

    [Fact]
    public void TheOrderOfPropertiesIsFree() =>
        Assert.Equal(new Money(500m, "JPY"), JsonSerializer.Deserialize<Money>("""{ "currency": "JPY", "amount": 500 }"""));

    [Theory]
    [InlineData("""{"amount":1,"amount":1,"currency":"EUR"}""", "each once")]
    [InlineData("""{"amount":1,"currency":"EUR","currency":"EUR"}""", "each once")]
    [InlineData("""{"amount":1,"currency":"EUR","scale":2}""", "no other property")]
    [InlineData("""{"Amount":1,"currency":"EUR"}""", "no other property")]
    [InlineData("""{"currency":"EUR"}""", "'amount' is missing")]
    [InlineData("""{"amount":1}""", "'currency' is missing")]
    [InlineData("""{}""", "missing")]
    [InlineData("""{"amount":1.5,"currency":"EUR"}""", "whole number")]
    [InlineData("""{"amount":1.0,"currency":"EUR"}""", "whole number")]
    [InlineData("""{"amount":1e2,"currency":"EUR"}""", "whole number")]
    [InlineData("""{"amount":"1","currency":"EUR"}""", "whole number")]
    [InlineData("""{"amount":null,"currency":"EUR"}""", "whole number")]
    [InlineData("""{"amount":9223372036854775808,"currency":"EUR"}""", "64 bits")]
    [InlineData("""{"amount":1,"currency":"ABC"}""", "'ABC' is not the code")]
    [InlineData("""{"amount":1,"currency":"XAU"}""", "not a currency that can be paid with")]
    [InlineData("""{"amount":1,"currency":"eur"}""", "Did you mean EUR?")]
    [InlineData("""{"amount":1,"currency":978}""", "is a text")]
    [InlineData("""{"amount":1,"currency":null}""", "is a text")]
    [InlineData("""{"amount":1,"currency":"\ud800"}""", "")]
    [InlineData("""{"amount":1,"currency":"EUR" """, "")]
    [InlineData("\"EUR 12.50\"", "is an object")]
    [InlineData("12.50", "is an object")]
    [InlineData("null", "is an object")]
    [InlineData("[]", "is an object")]
    public void WhenTheJsonIsNotExactlyMoney_ItIsRefused(string json, string message)
    {
        var refused = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Money>(json));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersInQuotesAreRefusedEvenWhenOptionsAllowThem()
    {
        var lenient = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Money>("""{"amount":"1","currency":"EUR"}""", lenient));
    }

    [Fact]
    public void NoMoneyIsNullForAnOptionalAmount() => Assert.Null(JsonSerializer.Deserialize<Money?>("null"));

    [Fact]
    public void TheDefaultIsNotWritten() => Assert.Throws<InvalidOperationException>(() => JsonSerializer.Serialize(default(Money)));
}

using System.Text;
using System.Text.Json;
using static InvoicePayments.Tests.Refusals;

namespace InvoicePayments.Tests;

/// <summary>Whatever text comes in, money is either read exactly or refused in the documented way.</summary>
public sealed class MoneyFuzzTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [Fact]
    public Task MoneyAsTextIsReadBackOrRefused() => Fuzzer.Texts(
        "Money text",
        ["EUR 12.50", "EUR -0.01", "JPY 500", "KWD 1.250", "CLF 0.0001", "EUR 92233720368547758.07", "EUR -92233720368547758.08",
            "EUR " + Secret],
        text =>
        {
            if (!Money.TryParse(text, out var money))
            {
                Assert.True(money.IsDefault);
                return Of<FormatException>(() => Money.Parse(text));
            }

            Assert.Equal(money, Money.Parse(text));
            Assert.Equal(money, Money.Parse(money.ToString()));
            Assert.Equal(money, new Money(money.Amount, money.Currency));
            Span<byte> utf8 = stackalloc byte[25];
            Assert.True(money.TryFormat(utf8, out var written, default, null));
            Assert.Equal(money.ToString(), Encoding.UTF8.GetString(utf8[..written]));
            return $"{money.Currency} {money.MinorUnits.ToString(System.Globalization.CultureInfo.InvariantCulture).Length}";
        });

    [Fact]
    public Task MoneyAsJsonIsReadBackOrRefused() => Fuzzer.Bytes(
        "Money JSON",
        [
            """{"amount":1250,"currency":"EUR"}""", """{"currency":"JPY","amount":-9223372036854775808}""",
            """{"amount":0,"currency":"CLF"}""",
            $$"""{"amount":1,"currency":"{{Secret}}"}""", $$"""{"amount":"{{Secret}}","currency":"EUR"}""", "null",
        ],
        json =>
        {
            Money money = default;
            try
            {
                money = JsonSerializer.Deserialize<Money>(json);
            }
            catch (JsonException)
            {
                Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Money>(json, Web));
                return OfJson(json, () => JsonSerializer.Deserialize<Money>(json));
            }

            Assert.Equal(money, JsonSerializer.Deserialize<Money>(JsonSerializer.Serialize(money)));
            Assert.Equal(money, JsonSerializer.Deserialize<Money>(json, Web));
            return money.Currency.Code;
        });

    [Fact]
    public Task ACurrencyIsReadBackOrRefused() => Fuzzer.Texts(
        "Currency",
        ["EUR", "JPY", "XAU", "eur", "ABC", Secret],
        text =>
        {
            var known = Currency.TryFromCode(text, out var currency);
            Assert.Equal(known, !currency.IsDefault);
            Assert.Equal(known, Parse<Currency>(text) is { } parsed && parsed == currency);
            if (known) Assert.Equal((text, currency),
                (currency.Code, JsonSerializer.Deserialize<Currency>(JsonSerializer.Serialize(currency))));
            else Of<JsonException>(() => JsonSerializer.Deserialize<Currency>(JsonSerializer.Serialize(text)));
            return known ? "known" : Kind(Of<InvalidCurrencyException>(() => Currency.FromCode(text)));
        });

    private static T? Parse<T>(string text)
        where T : struct, IParsable<T>
    {
        if (T.TryParse(text, null, out var value)) return T.Parse(text, null).Equals(value) ? value : null;
        Of<FormatException>(() => T.Parse(text, null));
        return null;
    }
}

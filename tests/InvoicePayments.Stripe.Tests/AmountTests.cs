using System.Globalization;
using System.Text.Json;

namespace InvoicePayments.Tests;

public sealed class AmountTests
{
    [Fact]
    public void EveryPublishedVector_GoesOutAsStripeWantsIt()
    {
        using var file = JsonDocument.Parse(string.Concat(ReferenceData.LinesOrSkip("stripe/minor_units.derived.json")));
        var told = 0;
        foreach (var vector in file.RootElement.GetProperty("vectors").EnumerateArray())
        {
            var amount = decimal.Parse(vector.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture);
            var currency = Currency.FromCode(vector.GetProperty("currency").GetString()!);
            if (decimal.Round(amount, currency.DecimalDigits) != amount) continue; // An amount that the currency does not have cannot even be made.

            var (wire, problem) = StripeAmounts.ToWire(new(amount, currency));
            var expected = vector.GetProperty("wire");
            Assert.Equal(expected.ValueKind == JsonValueKind.Null ? null : expected.GetInt64(), problem is null ? wire : (long?)null);
            told++;
        }

        Assert.InRange(told, 8, int.MaxValue);
    }

    [Theory]
    [InlineData("USD", 1099, 1099)]
    [InlineData("JPY", 500, 500)]
    [InlineData("UGX", 5, 500)]
    [InlineData("ISK", 5, 500)]
    [InlineData("MGA", 50_000, 500)]
    [InlineData("KWD", 5_120, 5_120)]
    [InlineData("HUF", 1_045, 1_045)]
    [InlineData("TWD", 1_045, 1_045)]
    public void AnAmount_GoesOutInStripesUnit_AndComesBackAsItWas(string code, long minorUnits, long wire)
    {
        var money = Money.FromMinorUnits(minorUnits, Currency.FromCode(code));

        Assert.Equal((wire, null), StripeAmounts.ToWire(money));
#pragma warning disable CA1308
        Assert.Equal(money, StripeAmounts.FromWire(wire, code.ToLowerInvariant()));
#pragma warning restore CA1308
    }

    [Theory]
    [InlineData("KWD", 5_124, "amount_not_expressible")]
    [InlineData("MGA", 50_010, "amount_not_expressible")]
    [InlineData("CLF", 10_000, "currency_not_supported")]
    [InlineData("IQD", 10_000, "currency_not_supported")]
    [InlineData("UGX", long.MaxValue, "amount_too_large")]
    public void WhatStripeCannotSay_IsRefusedWithWhatToDo(string code, long minorUnits, string expected)
    {
        var (_, problem) = StripeAmounts.ToWire(Money.FromMinorUnits(minorUnits, Currency.FromCode(code)));

        Assert.Equal(expected, problem?.Code);
    }

    [Theory]
    [InlineData("EUR", 49, "amount_too_small")]
    [InlineData("EUR", 50, null)]
    [InlineData("GBP", 29, "amount_too_small")]
    [InlineData("JPY", 49, "amount_too_small")]
    [InlineData("HUF", 17_499, "amount_too_small")]
    [InlineData("EUR", 99_999_999, null)]
    [InlineData("EUR", 100_000_000, "amount_too_large")]
    [InlineData("IDR", 100_000_000_000, null)]
    public void APayerIsChargedNoLessAndNoMoreThanStripeTakes(string code, long minorUnits, string? expected) =>
        Assert.Equal(expected, StripeAmounts.ToCharge(Money.FromMinorUnits(minorUnits, Currency.FromCode(code))).Problem?.Code);

    [Theory]
    [InlineData("isk", 4_010)]
    [InlineData("ugx", 501)]
    [InlineData("clf", 100)]
    [InlineData("xyz", 100)]
    public void AnAmountThatIsNone_IsNotGuessed(string currency, long wire) => Assert.Null(StripeAmounts.FromWire(wire, currency));

    [Fact]
    public void EveryCurrencyThatCanBeSent_ComesBackToTheUnit()
    {
        foreach (var code in new[] { "BIF", "CLP", "DJF", "GNF", "KMF", "KRW", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF", "BHD", "JOD", "OMR", "TND", "CHF", "INR" })
        {
            var money = Money.FromMinorUnits(123_450, Currency.FromCode(code));
            var (wire, problem) = StripeAmounts.ToWire(money);

            Assert.Null(problem);
            Assert.Equal(money, StripeAmounts.FromWire(wire, code));
        }
    }

    [Fact]
    public async Task AnAmountThatCannotBeSent_NeverLeavesTheProcess()
    {
        await using var host = await StripeHost.OpenAsync();

        var refused = await host.MustAsync<GatewayOutcome.Refused>(StripeHost.Charge(amount: Money.FromMinorUnits(5_124, Currency.KWD)));

        Assert.Contains("Round the amount", refused.Why.Message, StringComparison.Ordinal);
        Assert.Empty(host.Server.Requests);
    }
}

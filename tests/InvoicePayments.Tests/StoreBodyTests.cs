using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using static InvoicePayments.Tests.Refusals;

namespace InvoicePayments.Tests;

/// <summary>A body that was damaged on its disk is bad JSON, in whatever way it was damaged, and is never repeated: it may hold a token.</summary>
public sealed class StoreBodyTests
{
    private static readonly StoreSamples Rows = new();

    public static TheoryData<string> Notices { get; } = [.. typeof(GatewayNotice).GetNestedTypes().Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Notices))]
    public void EveryNoticeThatIsKept_ComesBackAsItWas(string kind)
    {
        var amount = Money.FromMinorUnits(500, Currency.EUR);
        GatewayNotice notice = kind switch
        {
            nameof(GatewayNotice.DisputeOpened) => new GatewayNotice.DisputeOpened(new("dp_1"), amount, "fraudulent", DateTimeOffset.UnixEpoch),
            nameof(GatewayNotice.DisputeWon) => new GatewayNotice.DisputeWon(new("dp_1"), amount),
            nameof(GatewayNotice.DisputeLost) => new GatewayNotice.DisputeLost(new("dp_1"), amount),
            nameof(GatewayNotice.DebitReturned) => new GatewayNotice.DebitReturned(amount, "R01", "Returned."),
            nameof(GatewayNotice.RefundedElsewhere) => new GatewayNotice.RefundedElsewhere(new("re_1"), amount),
            nameof(GatewayNotice.RefundFailed) => new GatewayNotice.RefundFailed(new("re_1"), amount, new("0123456789abcdefghjkmnpqrs")),
            _ => throw new InvalidOperationException($"{kind} has no sample here."),
        };

        Assert.Equal(notice, Json.Read(JsonSerializer.SerializeToUtf8Bytes(notice, StoreJson.Default.GatewayNotice), StoreJson.Default.GatewayNotice));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"type":"nothing"}""")]
    [InlineData("""{"type":"succeeded","id":"ch_1","moved":{"amount":1}}""")]
    public void ADamagedOutcomeIsBadJson(string body) =>
        Assert.Throws<JsonException>(() => Json.Read(Encoding.UTF8.GetBytes(body), StoreJson.Default.GatewayOutcome));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"parts":null}""")]
    [InlineData("""{"parts":[]}""")]
    [InlineData("""{"parts":[null]}""")]
    [InlineData("""{"parts":[{"invoice":"a"},{"invoice":"b"}]}""")]
    public void AnOperationWithADamagedAllocationIsBadJson(string allocation)
    {
        var good = JsonNode.Parse(JsonSerializer.Serialize(Rows.Operation(), StoreJson.Default.PaymentOperation))!;
        good["allocation"] = JsonNode.Parse(allocation);

        Assert.Throws<JsonException>(() => Json.Read(Encoding.UTF8.GetBytes(good.ToJsonString()), StoreJson.Default.PaymentOperation));
    }

    [Theory]
    [InlineData(long.MaxValue, "EUR")]
    [InlineData(1, "USD")]
    public void AnAllocationThatDoesNotAddUpIsBadJson(long amount, string currency) =>
        AnOperationWithADamagedAllocationIsBadJson("{\"parts\":[" + Part("a", amount, currency) + "," + Part("b", 1, "EUR") + "]}");

    [Fact]
    public void WhatABodyHoldsIsNotRepeated()
    {
        var good = JsonSerializer.Serialize(StoreFullSamples.Of(Rows).Operations[0].Command!, StoreJson.Default.GatewayCommand);
        var broken = good.Replace("\"token\":\"", "\"token\":n" + Secret, StringComparison.Ordinal);
        Assert.Contains(Secret, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(broken, StoreJson.Default.GatewayCommand)).Message,
            StringComparison.Ordinal);

        var refused = Assert.Throws<JsonException>(() => Json.Read(Encoding.UTF8.GetBytes(broken), StoreJson.Default.GatewayCommand));
        Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.Ordinal);
        Assert.True(refused.BytePositionInLine > 0);
    }

    [Fact]
    public void ABodyWhoseDetailsAreNullIsBadJson()
    {
        var good = JsonNode.Parse(JsonSerializer.Serialize(Rows.Invoice(), StoreJson.Default.Invoice))!;
        good["details"] = null;

        Assert.Throws<JsonException>(() => Json.Read(Encoding.UTF8.GetBytes(good.ToJsonString()), StoreJson.Default.Invoice));
    }

    private static string Part(string invoice, long amount, string currency) => JsonSerializer.Serialize(
        new { invoice, amount = new { amount, currency } });
}

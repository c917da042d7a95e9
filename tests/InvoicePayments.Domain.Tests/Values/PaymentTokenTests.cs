using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace InvoicePayments.Tests;

public sealed class PaymentTokenTests
{
    private const string Secret = "tok_1NvQ8f";
    private static readonly PaymentToken Token = new(Secret);
    private static readonly JsonSerializerOptions Revealing = new() { Converters = { new RevealingPaymentTokenConverter() } };

    private sealed record Holder(PaymentToken Token);

    [Fact]
    public void OnlyRevealingGivesTheTokenOut()
    {
        Assert.Equal(Secret, Token.Reveal());
        Assert.Equal("***", Token.ToString());
        Assert.Equal("***", $"{Token}");
        Assert.DoesNotContain(Secret, new Holder(Token).ToString(), StringComparison.Ordinal);
        Assert.Equal("***", typeof(PaymentToken).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value);
        Assert.DoesNotContain(typeof(PaymentToken).GetProperties(), property => property.PropertyType == typeof(string));
    }

    [Fact]
    public void JsonHidesTheTokenAndDoesNotReadIt()
    {
        Assert.Equal("\"***\"", JsonSerializer.Serialize(Token));
        Assert.Equal("""{"Token":"***"}""", JsonSerializer.Serialize(new Holder(Token)));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PaymentToken>("\"***\""));
    }

    [Fact]
    public void AStoreReadsAndWritesTheRealToken()
    {
        var json = JsonSerializer.Serialize(new Holder(Token), Revealing);
        Assert.Contains(Secret, json, StringComparison.Ordinal);
        Assert.Equal(Token, JsonSerializer.Deserialize<Holder>(json, Revealing)!.Token);
        Assert.Throws<InvalidOperationException>(() => JsonSerializer.Serialize(default(PaymentToken), Revealing));
    }

    [Theory]
    [InlineData("\"4111111111111111\"")]
    [InlineData("\"\"")]
    [InlineData("17")]
    [InlineData("null")]
    public void WhenAStoredTokenIsNotAllowed_ItIsRefusedAndNotRepeated(string json)
    {
        var refused = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PaymentToken>(json, Revealing));
        Assert.DoesNotContain("4111", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4111111111111111")]
    [InlineData("tok 4111 1111 1111 1111")]
    public void ACardNumberIsRefusedAndNotRepeated(string text)
    {
        Assert.DoesNotContain("1111", Assert.Throws<ArgumentException>(() => new PaymentToken(text)).ToString(), StringComparison.Ordinal);
        Assert.False(PaymentToken.TryCreate(text, out var none));
        Assert.True(none.IsDefault);
    }

    [Fact]
    public void ItsTextIsLimited()
    {
        Assert.True(PaymentToken.TryCreate(new string('x', 512), out _));
        Assert.False(PaymentToken.TryCreate(new string('x', 513), out _));
        Assert.False(PaymentToken.TryCreate("", out _));
        Assert.False(PaymentToken.TryCreate(null, out _));
        Assert.False(PaymentToken.TryCreate("tok_17\n", out _));

        var refused = Assert.Throws<ArgumentException>(() => new PaymentToken("tok_17\n"));
        Assert.DoesNotContain("tok_17", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TokensAreEqualByTheirText()
    {
        Assert.Equal(Token, new PaymentToken(string.Concat("tok_", "1NvQ8f")));
        Assert.Equal(Token.GetHashCode(), new PaymentToken(Secret).GetHashCode());
        Assert.NotEqual(Token, new PaymentToken("tok_2"));
        Assert.Equal(default(PaymentToken).GetHashCode(), default(PaymentToken).GetHashCode());
        Assert.Throws<InvalidOperationException>(() => default(PaymentToken).Reveal());
    }
}

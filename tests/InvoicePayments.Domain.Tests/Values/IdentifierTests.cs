using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InvoicePayments.Tests;

public sealed class IdentifierTests
{
    /// <summary>Name, make, try, the longest allowed length: the rules are the same for each, so each is asked the same.</summary>
    public static TheoryData<string, Func<string, object>, Func<string?, bool>, int> TextIds => new()
    {
        { "tenant id", text => new TenantId(text), text => TenantId.TryCreate(text, out _), 128 },
        { "invoice id", text => new InvoiceId(text), text => InvoiceId.TryCreate(text, out _), 128 },
        { "account id", text => new AccountId(text), text => AccountId.TryCreate(text, out _), 128 },
        { "collection run id", text => new CollectionRunId(text), text => CollectionRunId.TryCreate(text, out _), 128 },
        { "payment id", text => new PaymentId(text), text => PaymentId.TryCreate(text, out _), 128 },
        { "operation id", text => new OperationId(text), text => OperationId.TryCreate(text, out _), 128 },
        { "payment method id", text => new PaymentMethodId(text), text => PaymentMethodId.TryCreate(text, out _), 40 },
        { "recipient id", text => new RecipientId(text), text => RecipientId.TryCreate(text, out _), 128 },
        { "gateway payment id", text => new GatewayPaymentId(text), text => GatewayPaymentId.TryCreate(text, out _), 255 },
    };

    [Theory]
    [MemberData(nameof(TextIds), DisableDiscoveryEnumeration = true)]
    public void AnIdKeepsItsTextAndRefusesWhatDoesNotTravel(string name, Func<string, object> make, Func<string?, bool> tryMake, int max)
    {
        string[] allowed = ["a", new('x', max), "Ünïcode 中", "in_1 2", "𝟒"];
        string[] refused =
        [
            "", new('x', max + 1), " a", "a ", "\u00a0a", "a\n", "\t", "\u0000", "a\u0085b", "\ud800", "a\udc00", "\udc00\ud800",
        ];

        Assert.All(allowed, text => Assert.Equal(text, make(text).ToString()));
        Assert.All(allowed, text => Assert.True(tryMake(text)));
        Assert.All(refused, text => Assert.Matches($"^An? {name} ", Assert.Throws<ArgumentException>(() => make(text)).Message));
        Assert.All(refused, text => Assert.False(tryMake(text)));
        Assert.False(tryMake(null));
        Assert.Throws<ArgumentNullException>(() => make(null!));
    }

    [Fact]
    public void IdsCompareExactly()
    {
        Assert.Equal(new InvoiceId("in_1"), new InvoiceId(string.Concat("in", "_1")));
        Assert.NotEqual(new InvoiceId("in_1"), new InvoiceId("IN_1"));
        Assert.NotEqual(new InvoiceId("é"), new InvoiceId("e\u0301"));
    }

    [Fact]
    public void TheOnlyTenantOfAHostIsCalledDefault() => Assert.Equal("default", TenantId.Default.Value);

    [Fact]
    public void TheDefaultHasNoValueAndStillPrints()
    {
        InvoiceId none = default;
        Assert.True(none.IsDefault);
        Assert.False(new InvoiceId("a").IsDefault);
        Assert.Contains("default(InvoiceId)", Assert.Throws<InvalidOperationException>(() => none.Value).Message, StringComparison.Ordinal);
        Assert.Equal("(no InvoiceId)", none.ToString());
        Assert.Throws<InvalidOperationException>(() => JsonSerializer.Serialize(none));
    }

    [Fact]
    public void JsonIsTheText()
    {
        Assert.Equal("\"in_1\"", JsonSerializer.Serialize(new InvoiceId("in_1")));
        Assert.Equal(new InvoiceId("in_1"), JsonSerializer.Deserialize<InvoiceId>("\"in_1\""));
        Assert.Null(JsonSerializer.Deserialize<InvoiceId?>("null"));
    }

    [Theory]
    [InlineData("\"\"", "1 to 128 characters")]
    [InlineData("\" a\"", "white space")]
    [InlineData("1", "InvoiceId is a text")]
    [InlineData("null", "InvoiceId is a text")]
    [InlineData("\"\\ud800\"", "")]
    public void WhenJsonHasNoAllowedText_ItIsRefused(string json, string message) =>
        Assert.Matches(message, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<InvoiceId>(json)).Message);

    [Theory]
    [InlineData("stripe", true)]
    [InlineData("stripe-eu_2.test", true)]
    [InlineData("0123456789012345678901234567890123456789", true)]
    [InlineData("01234567890123456789012345678901234567890", false)]
    [InlineData("", false)]
    [InlineData("Stripe", false)]
    [InlineData("stripe eu", false)]
    [InlineData("strıpe", false)]
    public void AGatewayNameIsShortAndPlain(string name, bool allowed)
    {
        Assert.Equal(allowed, GatewayName.TryCreate(name, out var made));
        Assert.Equal(!allowed, made.IsDefault);
        if (!allowed) Assert.Throws<ArgumentException>(() => new GatewayName(name));
    }

    [Theory]
    [InlineData("0123456789ABCDEFGHIJabcdefghij", true)]
    [InlineData("0123456789ABCDEFGHIJabcdefghijk", false)]
    [InlineData("", false)]
    [InlineData("a-b", false)]
    [InlineData("é", false)]
    [InlineData("１", false)]
    public void AGatewayReferenceIsWhatEveryGatewayKeeps(string reference, bool allowed)
    {
        Assert.Equal(allowed, GatewayReference.TryCreate(reference, out var made));
        Assert.Equal(!allowed, made.IsDefault);
        if (!allowed) Assert.Throws<ArgumentException>(() => new GatewayReference(reference));
    }

    [Fact]
    public void ADerivedIdFitsAsGatewayReference() => Assert.True(GatewayReference.TryCreate(DerivedId.Base32("a"), out _));

    [Fact]
    public void TryingNeverThrows() => Property.Holds(Property.AnyText, text =>
    {
        if (InvoiceId.TryCreate(text, out var id)) Assert.Equal(text, id.Value);
        if (GatewayName.TryCreate(text, out var name)) Assert.Equal(text, name.Value);
        if (IdempotencyKey.TryCreate(text, out var key, out _)) Assert.Equal(text, key.Value);
        CardNumbers.Contains(text);
    });

    [Fact]
    public void HostsCanGenerateSerializersForEveryValue()
    {
        // A generated serializer lives in the host's assembly and creates the converter there.
        var converters = typeof(Money).Assembly.GetExportedTypes()
            .Select(type => type.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType)
            .OfType<Type>().ToList();
        Assert.True(converters.Count >= 12);
        Assert.All(converters, converter => Assert.True(converter.IsVisible && converter.GetConstructor([]) is not null, converter.Name));
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using static InvoicePayments.Tests.Refusals;

namespace InvoicePayments.Tests;

/// <summary>Whatever text comes in, a value made of text keeps it exactly or refuses it in the documented way.</summary>
public sealed class TextFuzzTests
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonSerializerOptions Revealing = new() { Converters = { new RevealingPaymentTokenConverter() } };

    private static readonly string[] Texts =
    [
        "in_1", "stripe-eu", "0123456789ABCDEFGHIJabcdefghij", new('x', 128), new('x', 255), new('0', 64), "Ünïcode 中 𝟒", "a b", Secret,
        " ",
    ];

    [Fact]
    public Task AnIdKeepsItsTextOrRefusesIt() => Fuzzer.Texts("Text ids", Texts, text => string.Concat(
        Read(text, t => new TenantId(t)), Read(text, t => new InvoiceId(t)), Read(text, t => new AccountId(t)),
        Read(text, t => new PaymentId(t)), Read(text, t => new CollectionRunId(t)), Read(text, t => new OperationId(t)), Read(text, t => new PaymentMethodId(t)),
        Read(text, t => new GatewayPaymentId(t)), Read(text, t => new GatewayName(t)), Read(text, t => new GatewayReference(t)),
        Read(text, t => new Fingerprint(t))));

    [Fact]
    public Task AnIdempotencyKeyKeepsItsTextOrRefusesIt() => Fuzzer.Texts("IdempotencyKey", Texts, text =>
    {
        var allowed = IdempotencyKey.TryCreate(text, out var key, out var problem);
        Assert.Equal((allowed, allowed), (problem is null, !key.IsDefault));
        if (allowed) Assert.Equal(text, key.Value);
        else Assert.DoesNotContain(Secret, problem!, StringComparison.OrdinalIgnoreCase);
        return Read(text, t => new IdempotencyKey(t));
    });

    [Fact]
    public Task APaymentTokenKeepsItsSecretOrRefusesItAndNeverRepeatsIt() => Fuzzer.Texts(
        "PaymentToken", [.. Texts, "tok_" + Secret, "4111111111111111", Secret + " 4111 1111 1111 1111", Secret + "\n", new('x', 512)],
            text =>
    {
        var allowed = PaymentToken.TryCreate(text, out var token);
        var json = JsonSerializer.Serialize(text);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PaymentToken>(json));
        if (!allowed)
        {
            if (IsWhole(text)) Of<JsonException>(() => JsonSerializer.Deserialize<PaymentToken>(json, Revealing));
            return Kind(Of<ArgumentException>(() => _ = new PaymentToken(text)));
        }

        Assert.False(CardNumbers.Contains(text));
        Assert.Equal((text, "***", "\"***\""), (token.Reveal(), token.ToString(), JsonSerializer.Serialize(token)));
        Assert.Equal(token, JsonSerializer.Deserialize<PaymentToken>(JsonSerializer.Serialize(token, Revealing), Revealing));
        return "allowed";
    });

    [Fact]
    public Task ATokenInJsonIsReadOrRefusedAndNeverRepeated() => Fuzzer.Bytes(
        "PaymentToken JSON", [$"\"{Secret}\"", "\"4111111111111111\"", "\"\\ud800\"", "17", "null", $$"""{"{{Secret}}":1}"""], json =>
    {
        try
        {
            var token = JsonSerializer.Deserialize<PaymentToken>(json, Revealing);
            return token.IsDefault ? throw new InvalidOperationException("No token was read.") : "allowed";
        }
        catch (JsonException)
        {
            return OfJson(json, () => JsonSerializer.Deserialize<PaymentToken>(json, Revealing));
        }
    });

    [Fact]
    public Task ATextRuleSaysWhatIsWrongAndAllowsOnlyWhatTravels() =>
        Fuzzer.Texts("TextRules", [.. Texts, "a\r\nb\tc", new('x', 500)], text =>
    {
        Assert.Null(TextRules.Problem(null, "comment", 300));
        foreach (var (required, multiline, cards) in ((bool, bool, bool)[])[(false, false, false), (true, true, false),
            (false, true, true)])
        {
            var problem = TextRules.Problem(text, "comment", 300, cards, required, multiline);
            if (problem is not null) Assert.DoesNotContain(Secret, problem, StringComparison.OrdinalIgnoreCase);
            else Assert.True(
                text.Length <= 300 && IsWhole(text) && (cards || !CardNumbers.Contains(text))
                    && !(required && string.IsNullOrWhiteSpace(text))
                && text.All(c => !char.IsControl(c) || (multiline && c is '\n' or '\r' or '\t')));
        }

        return Kind(TextRules.Problem(text, "comment", 300, multiline: true) ?? "allowed");
    });

    private static string Read<T>(string text, Func<string, T> make)
        where T : struct, ITextId<T>
    {
        if (!T.TryParse(text, null, out var id))
        {
            Assert.True(EqualityComparer<T>.Default.Equals(id, default));
            Of<FormatException>(() => T.Parse(text, null));
            Of<JsonException>(() => JsonSerializer.Deserialize<T>(IsWhole(text) ? JsonSerializer.Serialize(text) : "\"\\ud800\""));
            return Kind(Of<ArgumentException>(() => make(text)));
        }

        Assert.Equal((id, id), (make(text), T.Parse(text, null)));
        Assert.Equal(text, id.ToString());
        Assert.Equal(id, JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(id)));
        Assert.True(IsWhole(text));
        return "allowed";
    }

    private static bool IsWhole(string text)
    {
        try
        {
            return Strict.GetByteCount(text).ToString(CultureInfo.InvariantCulture).Length > 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}

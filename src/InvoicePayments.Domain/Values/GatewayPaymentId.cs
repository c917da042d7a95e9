using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// What the gateway calls the payment or its part; its own id, to find it there. Compared exactly.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<GatewayPaymentId>))]
public readonly record struct GatewayPaymentId : ITextId<GatewayPaymentId>
{
    private readonly string? _value;

    /// <summary>The id with this text.</summary>
    /// <param name="value">1 to 255 characters; no control characters, no white space at either end.</param>
    /// <exception cref="ArgumentException">The text is not allowed; the message says what is.</exception>
    public GatewayPaymentId(string value) => _value = TextIds.Require<GatewayPaymentId>(value);

    /// <summary>The text of the id.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(GatewayPaymentId)</c>.</exception>
    public string Value => _value ?? throw TextIds.Unset<GatewayPaymentId>();

    /// <summary>True for <c>default(GatewayPaymentId)</c>, which is no id.</summary>
    public bool IsDefault => _value is null;

    /// <summary>The id with this text; false when it is not allowed. Never throws.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? value, out GatewayPaymentId id) => TextIds.TryCreate(value, out id);

    /// <summary>The text of the id; a remark for <c>default(GatewayPaymentId)</c>.</summary>
    public override string ToString() => TextIds.Show<GatewayPaymentId>(_value);

    static string? ITextId<GatewayPaymentId>.Problem(string? text) => TextRules.Id(text, "A gateway payment id", 255);

    static GatewayPaymentId ITextId<GatewayPaymentId>.Trust(string text) => new(text);
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// Our name for an operation at the gateway: what it is given as its idempotency key or merchant reference. At most 30 ASCII letters and
/// digits, which every gateway keeps unchanged.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<GatewayReference>))]
public readonly record struct GatewayReference : ITextId<GatewayReference>
{
    private readonly string? _value;

    /// <summary>The reference with this text.</summary>
    /// <param name="value">1 to 30 ASCII letters and digits.</param>
    /// <exception cref="ArgumentException">The text is not allowed; the message says what is.</exception>
    public GatewayReference(string value) => _value = TextIds.Require<GatewayReference>(value);

    /// <summary>The text of the reference.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(GatewayReference)</c>.</exception>
    public string Value => _value ?? throw TextIds.Unset<GatewayReference>();

    /// <summary>True for <c>default(GatewayReference)</c>, which is no reference.</summary>
    public bool IsDefault => _value is null;

    /// <summary>The reference with this text; false when it is not allowed. Never throws.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? value, out GatewayReference id) => TextIds.TryCreate(value, out id);

    /// <summary>The text of the reference; a remark for <c>default(GatewayReference)</c>.</summary>
    public override string ToString() => TextIds.Show<GatewayReference>(_value);

    static string? ITextId<GatewayReference>.Problem(string? text) =>
        text is { Length: >= 1 and <= 30 } && text.All(char.IsAsciiLetterOrDigit)
            ? null
            : "A gateway reference has 1 to 30 ASCII letters and digits.";

    static GatewayReference ITextId<GatewayReference>.Trust(string text) => new(text);
}

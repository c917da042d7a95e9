using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// Which gateway, by the name it was registered with: <c>stripe</c>, <c>stripe-eu</c>. It is stored with every payment, so that an answer
/// is looked for where the question was asked.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<GatewayName>))]
public readonly record struct GatewayName : ITextId<GatewayName>
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    private readonly string? _value;

    /// <summary>The name with this text.</summary>
    /// <param name="value">1 to 40 characters of <c>a</c>–<c>z</c>, <c>0</c>–<c>9</c>, <c>-</c>, <c>_</c> and <c>.</c>.</param>
    /// <exception cref="ArgumentException">The text is not allowed; the message says what is.</exception>
    public GatewayName(string value) => _value = TextIds.Require<GatewayName>(value);

    /// <summary>The name.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(GatewayName)</c>.</exception>
    public string Value => _value ?? throw TextIds.Unset<GatewayName>();

    /// <summary>True for <c>default(GatewayName)</c>, which is no name.</summary>
    public bool IsDefault => _value is null;

    /// <summary>The name with this text; false when it is not allowed. Never throws.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? value, out GatewayName id) => TextIds.TryCreate(value, out id);

    /// <summary>The name; a remark for <c>default(GatewayName)</c>.</summary>
    public override string ToString() => TextIds.Show<GatewayName>(_value);

    static string? ITextId<GatewayName>.Problem(string? text) =>
        text is { Length: >= 1 and <= 40 } && !text.AsSpan().ContainsAnyExcept(Allowed)
            ? null
            : "A gateway name has 1 to 40 characters of a-z, 0-9, '-', '_' and '.', for example stripe-eu.";

    static GatewayName ITextId<GatewayName>.Trust(string text) => new(text);
}

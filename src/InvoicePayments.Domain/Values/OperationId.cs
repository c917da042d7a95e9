using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// Which operation: one conversation with a gateway about a payment. It is derived from tenant, scope and idempotency key, so the same
/// request always finds the same operation.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<OperationId>))]
public readonly record struct OperationId : ITextId<OperationId>
{
    private readonly string? _value;

    /// <summary>The id with this text.</summary>
    /// <param name="value">1 to 128 characters; no control characters, no white space at either end.</param>
    /// <exception cref="ArgumentException">The text is not allowed; the message says what is.</exception>
    public OperationId(string value) => _value = TextIds.Require<OperationId>(value);

    /// <summary>The text of the id.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(OperationId)</c>.</exception>
    public string Value => _value ?? throw TextIds.Unset<OperationId>();

    /// <summary>True for <c>default(OperationId)</c>, which is no id.</summary>
    public bool IsDefault => _value is null;

    /// <summary>The id with this text; false when it is not allowed. Never throws.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? value, out OperationId id) => TextIds.TryCreate(value, out id);

    /// <summary>The text of the id; a remark for <c>default(OperationId)</c>.</summary>
    public override string ToString() => TextIds.Show<OperationId>(_value);

    static string? ITextId<OperationId>.Problem(string? text) => TextRules.Id(text, "An operation id", 128);

    static OperationId ITextId<OperationId>.Trust(string text) => new(text);
}

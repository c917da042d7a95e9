using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// Which account at the gateway a part of the money goes to when a payment is split (Stax: funding account_id). The gateway's word, kept as
/// it came.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<RecipientId>))]
public readonly record struct RecipientId : ITextId<RecipientId>
{
    private readonly string? _value;

    /// <summary>The id with this text.</summary>
    /// <param name="value">1 to 128 characters; no control characters, no white space at either end.</param>
    /// <exception cref="ArgumentException">The text is not allowed; the message says what is.</exception>
    public RecipientId(string value) => _value = TextIds.Require<RecipientId>(value);

    /// <summary>The text of the id.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(RecipientId)</c>.</exception>
    public string Value => _value ?? throw TextIds.Unset<RecipientId>();

    /// <summary>True for <c>default(RecipientId)</c>, which is no id.</summary>
    public bool IsDefault => _value is null;

    /// <summary>The id with this text; false when it is not allowed. Never throws.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? value, out RecipientId id) => TextIds.TryCreate(value, out id);

    /// <summary>The text of the id; a remark for <c>default(RecipientId)</c>.</summary>
    public override string ToString() => TextIds.Show<RecipientId>(_value);

    static string? ITextId<RecipientId>.Problem(string? text) => TextRules.Id(text, "A recipient id", 128);

    static RecipientId ITextId<RecipientId>.Trust(string text) => new(text);
}

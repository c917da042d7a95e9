using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// Which invoice (or order, payment request, credit grant): the id the host knows it by. Compared exactly.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<InvoiceId>))]
public readonly record struct InvoiceId : ITextId<InvoiceId>
{
    private readonly string? _value;

    /// <summary>The id with this text.</summary>
    /// <param name="value">1 to 128 characters; no control characters, no white space at either end.</param>
    /// <exception cref="ArgumentException">The text is not allowed; the message says what is.</exception>
    public InvoiceId(string value) => _value = TextIds.Require<InvoiceId>(value);

    /// <summary>The text of the id.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(InvoiceId)</c>.</exception>
    public string Value => _value ?? throw TextIds.Unset<InvoiceId>();

    /// <summary>True for <c>default(InvoiceId)</c>, which is no id.</summary>
    public bool IsDefault => _value is null;

    /// <summary>The id with this text; false when it is not allowed. Never throws.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? value, out InvoiceId id) => TextIds.TryCreate(value, out id);

    /// <summary>The text of the id; a remark for <c>default(InvoiceId)</c>.</summary>
    public override string ToString() => TextIds.Show<InvoiceId>(_value);

    static string? ITextId<InvoiceId>.Problem(string? text) => TextRules.Id(text, "An invoice id", 128);

    static InvoiceId ITextId<InvoiceId>.Trust(string text) => new(text);
}

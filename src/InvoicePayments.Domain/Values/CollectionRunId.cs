using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// Which collection run, by the id the host gave it: the same id goes on where it was stopped. Compared exactly.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<CollectionRunId>))]
public readonly record struct CollectionRunId : ITextId<CollectionRunId>
{
    private readonly string? _value;

    /// <summary>The id with this text.</summary>
    /// <param name="value">1 to 128 characters; no control characters, no white space at either end.</param>
    /// <exception cref="ArgumentException">The text is not allowed; the message says what is.</exception>
    public CollectionRunId(string value) => _value = TextIds.Require<CollectionRunId>(value);

    /// <summary>The text of the id.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(CollectionRunId)</c>.</exception>
    public string Value => _value ?? throw TextIds.Unset<CollectionRunId>();

    /// <summary>True for <c>default(CollectionRunId)</c>, which is no id.</summary>
    public bool IsDefault => _value is null;

    /// <summary>The id with this text; false when it is not allowed. Never throws.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? value, out CollectionRunId id) => TextIds.TryCreate(value, out id);

    /// <summary>The text of the id; a remark for <c>default(CollectionRunId)</c>.</summary>
    public override string ToString() => TextIds.Show<CollectionRunId>(_value);

    static string? ITextId<CollectionRunId>.Problem(string? text) => TextRules.Id(text, "A collection run id", 128);

    static CollectionRunId ITextId<CollectionRunId>.Trust(string text) => new(text);
}

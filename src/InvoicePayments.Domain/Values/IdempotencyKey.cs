using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// The caller's name for one request, so that sending it again is recognised and never pays twice. A fresh one for every request
/// that is meant, the same one for every repetition of it. It is compared exactly: case and white space count.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<IdempotencyKey>))]
public readonly record struct IdempotencyKey : ITextId<IdempotencyKey>
{
    private readonly string? _value;

    /// <summary>The key with this text.</summary>
    /// <param name="value">1 to 255 characters (the limit of Stax) without control characters; any other text is allowed.</param>
    /// <exception cref="ArgumentException">The text is not allowed; the message says what to do.</exception>
    public IdempotencyKey(string value) => _value = TextIds.Require<IdempotencyKey>(value);

    /// <summary>The text of the key.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(IdempotencyKey)</c>.</exception>
    public string Value => _value ?? throw TextIds.Unset<IdempotencyKey>();

    /// <summary>True for <c>default(IdempotencyKey)</c>, which is no key.</summary>
    public bool IsDefault => _value is null;

    /// <summary>The key with this text; false, and a sentence to show, when it is not allowed. Never throws.</summary>
    /// <param name="text">What the caller sent, or null when nothing was sent.</param>
    /// <param name="key">The key, when the text is one.</param>
    /// <param name="problem">What is wrong and what to do, when it is not.</param>
    public static bool TryCreate(string? text, out IdempotencyKey key, [NotNullWhen(false)] out string? problem)
    {
        problem = Problem(text);
        key = problem is null ? new(text!) : default;
        return problem is null;
    }

    /// <summary>The text of the key; a remark for <c>default(IdempotencyKey)</c>.</summary>
    public override string ToString() => TextIds.Show<IdempotencyKey>(_value);

    static string? ITextId<IdempotencyKey>.Problem(string? text) => Problem(text);

    static IdempotencyKey ITextId<IdempotencyKey>.Trust(string text) => new(text);

    private static string? Problem(string? text) =>
        TextRules.Opaque(text, "An idempotency key", 255) is { } problem ? $"{problem} Use for example a GUID." : null;
}

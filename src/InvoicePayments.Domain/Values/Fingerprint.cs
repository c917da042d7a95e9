using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// What a request means, as a SHA-256 hash of its fields in canonical form. Two requests with the same idempotency key and different
/// fingerprints are different requests, and the second is refused.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<Fingerprint>))]
public readonly record struct Fingerprint : ITextId<Fingerprint>
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly string? _value;

    /// <summary>The fingerprint with this text, as a store has kept it.</summary>
    /// <param name="value">64 hexadecimal digits in lower case.</param>
    /// <exception cref="ArgumentException">The text is not a fingerprint.</exception>
    public Fingerprint(string value) => _value = TextIds.Require<Fingerprint>(value);

    /// <summary>64 hexadecimal digits in lower case.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(Fingerprint)</c>.</exception>
    public string Value => _value ?? throw TextIds.Unset<Fingerprint>();

    /// <summary>True for <c>default(Fingerprint)</c>, which is no fingerprint.</summary>
    public bool IsDefault => _value is null;

    /// <summary>The fingerprint with this text; false when it is none. Never throws.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? value, out Fingerprint fingerprint) =>
        TextIds.TryCreate(value, out fingerprint);

    /// <summary>The 64 digits; a remark for <c>default(Fingerprint)</c>.</summary>
    public override string ToString() => TextIds.Show<Fingerprint>(_value);

    static string? ITextId<Fingerprint>.Problem(string? text) => text is { Length: 64 } && !text.AsSpan().ContainsAnyExcept(Digits)
        ? null
        : "A fingerprint has 64 hexadecimal digits in lower case.";

    static Fingerprint ITextId<Fingerprint>.Trust(string text) => new(text);
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// Which payment: money given for payables, across all its operations. Compared exactly.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<PaymentId>))]
public readonly record struct PaymentId : ITextId<PaymentId>
{
    private readonly string? _value;

    /// <summary>The id with this text.</summary>
    /// <param name="value">1 to 128 characters; no control characters, no white space at either end.</param>
    /// <exception cref="ArgumentException">The text is not allowed; the message says what is.</exception>
    public PaymentId(string value) => _value = TextIds.Require<PaymentId>(value);

    /// <summary>The text of the id.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(PaymentId)</c>.</exception>
    public string Value => _value ?? throw TextIds.Unset<PaymentId>();

    /// <summary>True for <c>default(PaymentId)</c>, which is no id.</summary>
    public bool IsDefault => _value is null;

    /// <summary>The id with this text; false when it is not allowed. Never throws.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? value, out PaymentId id) => TextIds.TryCreate(value, out id);

    /// <summary>The text of the id; a remark for <c>default(PaymentId)</c>.</summary>
    public override string ToString() => TextIds.Show<PaymentId>(_value);

    static string? ITextId<PaymentId>.Problem(string? text) => TextRules.Id(text, "A payment id", 128);

    static PaymentId ITextId<PaymentId>.Trust(string text) => new(text);
}

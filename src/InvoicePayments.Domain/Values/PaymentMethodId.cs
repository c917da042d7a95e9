using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// Which stored payment method of an account. At most 40 characters, so that it fits systems with the narrowest field (Chargebee's
/// <c>payment_source_id</c>).
/// </summary>
[JsonConverter(typeof(TextJsonConverter<PaymentMethodId>))]
public readonly record struct PaymentMethodId : ITextId<PaymentMethodId>
{
    private readonly string? _value;

    /// <summary>The id with this text.</summary>
    /// <param name="value">1 to 40 characters; no control characters, no white space at either end.</param>
    /// <exception cref="ArgumentException">The text is not allowed; the message says what is.</exception>
    public PaymentMethodId(string value) => _value = TextIds.Require<PaymentMethodId>(value);

    /// <summary>The text of the id.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(PaymentMethodId)</c>.</exception>
    public string Value => _value ?? throw TextIds.Unset<PaymentMethodId>();

    /// <summary>True for <c>default(PaymentMethodId)</c>, which is no id.</summary>
    public bool IsDefault => _value is null;

    /// <summary>The id with this text; false when it is not allowed. Never throws.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? value, out PaymentMethodId id) => TextIds.TryCreate(value, out id);

    /// <summary>The text of the id; a remark for <c>default(PaymentMethodId)</c>.</summary>
    public override string ToString() => TextIds.Show<PaymentMethodId>(_value);

    static string? ITextId<PaymentMethodId>.Problem(string? text) => TextRules.Id(text, "A payment method id", 40);

    static PaymentMethodId ITextId<PaymentMethodId>.Trust(string text) => new(text);
}

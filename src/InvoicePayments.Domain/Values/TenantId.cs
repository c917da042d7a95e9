using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// Whose data this is: in a host that serves several businesses, one of them. Every key in a store starts with it, so that tenants never
/// meet. A host with one business uses <see cref="Default"/>.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<TenantId>))]
public readonly record struct TenantId : ITextId<TenantId>
{
    private readonly string? _value;

    /// <summary>The id with this text.</summary>
    /// <param name="value">1 to 128 characters; no control characters, no white space at either end.</param>
    /// <exception cref="ArgumentException">The text is not allowed; the message says what is.</exception>
    public TenantId(string value) => _value = TextIds.Require<TenantId>(value);

    /// <summary>The tenant of a host that has only one: <c>default</c>.</summary>
    public static TenantId Default { get; } = new("default");

    /// <summary>The text of the id.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(TenantId)</c>.</exception>
    public string Value => _value ?? throw TextIds.Unset<TenantId>();

    /// <summary>True for <c>default(TenantId)</c>, which is no id.</summary>
    public bool IsDefault => _value is null;

    /// <summary>The id with this text; false when it is not allowed. Never throws.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? value, out TenantId id) => TextIds.TryCreate(value, out id);

    /// <summary>The text of the id; a remark for <c>default(TenantId)</c>.</summary>
    public override string ToString() => TextIds.Show<TenantId>(_value);

    static string? ITextId<TenantId>.Problem(string? text) => TextRules.Id(text, "A tenant id", 128);

    static TenantId ITextId<TenantId>.Trust(string text) => new(text);
}

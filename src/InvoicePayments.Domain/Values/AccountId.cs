using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// Which account: the customer who pays, or a recipient of split funding, by the id the host knows. Compared exactly.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<AccountId>))]
public readonly record struct AccountId : ITextId<AccountId>
{
    private readonly string? _value;

    /// <summary>The id with this text.</summary>
    /// <param name="value">1 to 128 characters; no control characters, no white space at either end.</param>
    /// <exception cref="ArgumentException">The text is not allowed; the message says what is.</exception>
    public AccountId(string value) => _value = TextIds.Require<AccountId>(value);

    /// <summary>The text of the id.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(AccountId)</c>.</exception>
    public string Value => _value ?? throw TextIds.Unset<AccountId>();

    /// <summary>True for <c>default(AccountId)</c>, which is no id.</summary>
    public bool IsDefault => _value is null;

    /// <summary>The id with this text; false when it is not allowed. Never throws.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? value, out AccountId id) => TextIds.TryCreate(value, out id);

    /// <summary>The text of the id; a remark for <c>default(AccountId)</c>.</summary>
    public override string ToString() => TextIds.Show<AccountId>(_value);

    static string? ITextId<AccountId>.Problem(string? text) => TextRules.Id(text, "An account id", 128);

    static AccountId ITextId<AccountId>.Trust(string text) => new(text);
}

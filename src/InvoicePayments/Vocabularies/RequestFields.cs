using System.Globalization;
using System.Text.Json;

namespace InvoicePayments;

/// <summary>The fields of a request, each to be asked for by its name; what nobody asked for is not known to the vocabulary.</summary>
internal sealed class RequestFields
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private readonly Dictionary<string, string> _values;
    private readonly HashSet<string> _known = [];

    private RequestFields(Dictionary<string, string> values) => _values = values;

    /// <summary>The fields of one JSON object; an empty body has none. What is null is absent.</summary>
    public static RequestFields OfJson(string body)
    {
        if (string.IsNullOrWhiteSpace(body)) return new([]);
        using var document = Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new FormatException("The body is not one JSON object.");
        return new(document.RootElement.EnumerateObject()
            .Where(field => field.Value.ValueKind != JsonValueKind.Null)
            .ToDictionary(field => field.Name, field => field.Value.ToString()));
    }

    /// <summary>The fields of a form or of a query: <c>name=value&amp;…</c>.</summary>
    public static RequestFields OfForm(string form)
    {
        var values = new Dictionary<string, string>();
        foreach (var pair in form.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            if (!values.TryAdd(Decode(parts[0]), parts.Length == 2 ? Decode(parts[1]) : "")) throw new FormatException("A field is given twice.");
        }

        return new(values);
    }

    /// <summary>The text of a field; null when it is not given.</summary>
    public string? Text(string name)
    {
        _known.Add(name);
        return _values.GetValueOrDefault(name);
    }

    /// <summary>A whole number of minor units; null when it is not given.</summary>
    public Money? MinorUnits(string name, Currency? currency) => Text(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var units) ? Money.FromMinorUnits(units, Known(currency, name))
        : throw new FormatException($"{name} is not a whole number of minor units.");

    /// <summary>An amount in units of the currency, never rounded; null when it is not given.</summary>
    public Money? Units(string name, Currency? currency) => Text(name) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units)
            ? new Money(units, Known(currency, name))
        : throw new FormatException($"{name} is not an amount.");

    /// <summary>A list of objects; null when it is not given.</summary>
    public IReadOnlyList<RequestFields>? Objects(string name)
    {
        if (Text(name) is not { } text) return null;
        using var document = Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Array) throw new FormatException($"{name} is not a list.");
        return [.. document.RootElement.EnumerateArray().Select(item => OfJson(item.GetRawText()))];
    }

    /// <summary>Refuses what nobody asked for.</summary>
    public void NothingElse(string system)
    {
        if (_values.Keys.FirstOrDefault(name => !_known.Contains(name)) is { } unknown)
            throw new FormatException($"{TextOf(unknown)} is not a field of this request of {system} that is understood here.");
    }

    private static Currency Known(Currency? currency, string name) =>
        currency ?? throw new FormatException($"{name} is given without a currency: say which currency the invoice has.");

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static string TextOf(string name) => name.Length <= 40 ? name : string.Concat(name.AsSpan(0, 40), "…");

    // The parser's own message may quote the body, in which there may be a token.
    private static JsonDocument Parse(string body)
    {
        try
        {
            return JsonDocument.Parse(body, Strict);
        }
        catch (JsonException)
        {
            throw new FormatException("The body is not JSON, or names a field twice.");
        }
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StripeDouble;

/// <summary>Holds what was given to a schema of the description.</summary>
internal static class SchemaCheck
{
    internal static Answer? Problem(Params given, JsonObject schema, string name)
    {
        if (schema["anyOf"] is JsonArray any)
        {
            Answer? first = null;
            foreach (var one in any)
            {
                if (Problem(given, one!.AsObject(), name) is not { } problem) return null;
                first ??= problem;
            }

            return first;
        }

        return Text(schema["type"]) switch
        {
            "object" => OfObject(given, schema, name),
            "array" => given.Value is null ? given.Children.Values.Select(c => Problem(c, schema["items"]!.AsObject(), $"{name}[]")).FirstOrDefault(p => p is not null) : Invalid("array", name),
            "integer" => given.Value is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : Answer.Invalid("parameter_invalid_integer", $"Invalid integer: {given.Value}", name),
            "number" => decimal.TryParse(given.Value, CultureInfo.InvariantCulture, out _) ? null : Invalid("number", name),
            "boolean" => given.Value is "true" or "false" ? null : Invalid("boolean", name),
            "string" => OfText(given, schema, name),
            _ => null,
        };
    }

    /// <summary>Whether a value of an answer is what the description says of its field, as far as its kind and its words go.</summary>
    internal static bool Fits(JsonNode? value, JsonObject schema)
    {
        if (value is null) return schema["nullable"]?.GetValue<bool>() is true || schema["anyOf"] is not null || Text(schema["type"]) is null;
        if (schema["enum"] is JsonArray words && value.GetValueKind() == JsonValueKind.String && !words.Any(w => w!.GetValue<string>() == value.GetValue<string>())) return false;
        return Text(schema["type"]) switch
        {
            // Where a field may be expanded the description at hand knows the id alone.
            "string" => value.GetValueKind() == JsonValueKind.String || value["id"] is not null,
            "integer" => value.GetValueKind() == JsonValueKind.Number,
            "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            "array" => value.GetValueKind() == JsonValueKind.Array,
            "object" => value.GetValueKind() == JsonValueKind.Object,
            _ => true,
        };
    }

    private static Answer? OfObject(Params given, JsonObject schema, string name)
    {
        if (given.Value is not null) return Invalid("object", name);
        var properties = schema["properties"] as JsonObject;
        var open = schema["additionalProperties"] as JsonObject;
        foreach (var (field, value) in given.Children)
        {
            var full = name.Length == 0 ? field : $"{name}[{field}]";
            if ((properties?[field] ?? open) is not JsonObject described) return Answer.Invalid("parameter_unknown", $"Received unknown parameter: {full}", full);
            if (Problem(value, described, full) is { } problem) return problem;
        }

        var missing = (schema["required"] as JsonArray)?.Select(r => r!.GetValue<string>()).FirstOrDefault(r => given[r] is null);
        return missing is null ? null : Answer.Invalid("parameter_missing", $"Missing required param: {(name.Length == 0 ? missing : $"{name}[{missing}]")}.", missing);
    }

    private static Answer? OfText(Params given, JsonObject schema, string name)
    {
        if (given.Value is not { } text) return Invalid("string", name);
        if (schema["maxLength"]?.GetValue<int>() is { } longest && text.Length > longest) return Answer.Invalid("parameter_invalid_string_too_long", $"Invalid string: too long, at most {longest}", name);
        return schema["enum"] is JsonArray words && !words.Any(w => w!.GetValue<string>() == text)
            ? Answer.Error(400, "invalid_request_error", null, $"Invalid {name}: must be one of {string.Join(", ", words.Select(w => w!.GetValue<string>()))}", name)
            : null;
    }

    private static Answer Invalid(string kind, string name) => Answer.Error(400, "invalid_request_error", null, $"Invalid {kind} in {name}", name);

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}

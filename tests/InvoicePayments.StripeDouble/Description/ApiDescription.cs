using System.Text.Json;
using System.Text.Json.Nodes;

namespace StripeDouble;

/// <summary>
/// Stripe's published description of its API. Every request is held to it: parameters that it does not know, types, values, what is required. Where
/// the description is not on the machine nothing is held to anything, and <see cref="IsThere"/> says so.
/// </summary>
public sealed class ApiDescription
{
    private readonly JsonObject _paths = [];
    private readonly JsonObject _schemas = [];

    private ApiDescription()
    {
    }

    /// <summary>Whether there is a description.</summary>
    public bool IsThere => _paths.Count > 0;

    /// <summary>The objects that answers are shaped after, by their names.</summary>
    public JsonObject Shapes { get; private init; } = [];

    /// <summary>The description in a folder, or an empty one when it is not there.</summary>
    public static ApiDescription Load(string? folder)
    {
        if (folder is null || !File.Exists(Path.Combine(folder, "spec3.payments-pruned.derived.json"))) return new();
        var shapes = JsonNode.Parse(File.ReadAllText(Directory.EnumerateFiles(folder, "fixtures3*.json").First()))!["resources"]!.AsObject();
        var description = new ApiDescription { Shapes = shapes };
        var pruned = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "spec3.payments-pruned.derived.json")))!;
        foreach (var (path, operations) in pruned["paths"]!.AsObject()) description._paths[path] = operations!.DeepClone();
        foreach (var (name, schema) in pruned["components"]!["schemas"]!.AsObject()) description._schemas[name] = schema!.DeepClone();
        foreach (var (path, operations) in YamlPaths.Read(Directory.EnumerateFiles(folder, "spec3*.yaml").First(), "/v1/checkout/sessions", "/v1/transfers"))
            description._paths[path] = operations;
        return description;
    }

    /// <summary>What is wrong with a request; null when it is as described.</summary>
    public Answer? Problem(string method, string path, Params given)
    {
        if (!IsThere) return null;
        if (Find(method, path) is not { } operation) return Answer.Error(404, "invalid_request_error", null, $"Unrecognized request URL ({method}: {path}).");
        return SchemaCheck.Problem(given, SchemaOf(method, operation), "");
    }

    /// <summary>What of an answer is not as described, at its top level; null when nothing is.</summary>
    public string? ProblemOfAnswer(JsonObject answer)
    {
        if (answer["object"]?.GetValue<string>() is not { } name || _schemas[name] is not JsonObject schema) return null;
        foreach (var (field, value) in answer)
        {
            if (schema["properties"]![field] is not JsonObject described || SchemaCheck.Fits(value, described)) continue;
            return $"{name}.{field} is {value?.ToJsonString() ?? "null"}";
        }

        return null;
    }

    private static JsonObject SchemaOf(string method, JsonObject operation)
    {
        if (method != "GET")
        {
            return operation["requestBody"]?["content"]?["application/x-www-form-urlencoded"]?["schema"] as JsonObject
                ?? new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() };
        }

        var properties = new JsonObject();
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
            if (parameter!["in"]!.GetValue<string>() == "query") properties[parameter["name"]!.GetValue<string>()] = parameter["schema"]!.DeepClone();
        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }

    private JsonObject? Find(string method, string path)
    {
        var asked = path.Split('/');
        foreach (var (template, operations) in _paths.OrderBy(p => p.Key.Contains('{', StringComparison.Ordinal)))
        {
            var steps = template.Split('/');
            if (steps.Length == asked.Length && steps.Zip(asked).All(s => s.First == s.Second || s.First.StartsWith('{')))
#pragma warning disable CA1308
                if (operations![method.ToLowerInvariant()] is JsonObject operation) return operation;
#pragma warning restore CA1308
        }

        return null;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace InvoicePayments.Tests;

/// <summary>
/// Changes JSON as JSON, so that it is still well-formed and reaches what lies behind the parser: values of another kind, missing, moved
/// or twice.
/// </summary>
internal static class JsonReshaper
{
    private static readonly string[] Values =
    [
        "null", "{}", "[]", "[null]", "[{}]", "\"\"", "\"x\"", "0", "1", "-1", "1.5", "1e400", "true", "false", "9223372036854775807",
        "2147483648",
        "79228162514264337593543950335", "1e-28", "\"2026-01-01\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"http:\"", "\"//host\"",
        "\"other\"",
        "\"-10675199.02:48:05.4775808\"", "\"4111111111111111\"", "\"s3cr3tToken\\u0001\"", "\"succeeded\"", "\"unknown\"",
        "\"Unknown, Paid\"",
        """{"amount":9223372036854775807,"currency":"EUR"}""", """{"amount":-1,"currency":"JPY"}""",
        """[{"invoice":"a","amount":{"amount":1,"currency":"EUR"}}]""",
    ];

    internal static string Change(Random random, string json)
    {
        try
        {
            var root = JsonNode.Parse(json);
            for (var i = random.Next(1, 4); i > 0 && root is not null; i--) root = Step(random, root);
            return root?.ToJsonString() ?? "null";
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException or InvalidOperationException)
        {
            return json; // It is no JSON any more, or names a property twice: the other changes go on with it.
        }
    }

    private static JsonNode? Step(Random random, JsonNode root)
    {
        var nodes = Below(root).ToList();
        if (nodes.Count == 0) return Value(random);
        var node = nodes[random.Next(nodes.Count)];
        switch (node.Parent)
        {
            case JsonObject parent when random.Next(4) == 0:
                parent.Remove(node.GetPropertyName());
                break;
            case JsonObject parent when random.Next(6) == 0:
                parent.Insert(0, "extra" + random.Next(10), Value(random));
                break;
            case JsonArray array when random.Next(2) == 0:
                array.Add(node.DeepClone());
                break;
            case JsonArray array when random.Next(4) == 0:
                array.Remove(node);
                break;
            default:
                node.ReplaceWith(random.Next(4) == 0 ? nodes[random.Next(nodes.Count)].DeepClone() : Value(random));
                break;
        }

        return root;
    }

    private static JsonNode? Value(Random random) => JsonNode.Parse(Values[random.Next(Values.Length)]);

    private static IEnumerable<JsonNode> Below(JsonNode node) => node switch
    {
        JsonObject map => map.Select(pair => pair.Value).OfType<JsonNode>().SelectMany(child => Below(child).Prepend(child)),
        JsonArray list => list.OfType<JsonNode>().SelectMany(child => Below(child).Prepend(child)),
        _ => [],
    };
}

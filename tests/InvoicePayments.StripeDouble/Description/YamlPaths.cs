using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace StripeDouble;

/// <summary>Cuts single paths out of the whole description, which is four megabytes of YAML, and reads these alone.</summary>
internal static class YamlPaths
{
    internal static IEnumerable<(string Path, JsonObject Operations)> Read(string file, params string[] prefixes)
    {
        var block = new List<string>();
        var isIn = false;
        foreach (var line in File.ReadLines(file))
        {
            if (line.Length > 0 && line[0] != ' ') isIn = false;
            else if (line.StartsWith("  /", StringComparison.Ordinal) || line.StartsWith("  '/", StringComparison.Ordinal)) isIn = prefixes.Any(p => line.Trim().Trim('\'').StartsWith(p, StringComparison.Ordinal));
            if (isIn) block.Add(line);
        }

        var yaml = new YamlStream();
        yaml.Load(new StringReader(string.Join('\n', block)));
        foreach (var (path, operations) in (YamlMappingNode)yaml.Documents[0].RootNode) yield return (((YamlScalarNode)path).Value!, ToJson(operations)!.AsObject());
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(e => KeyValuePair.Create(((YamlScalarNode)e.Key).Value!, ToJson(e.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } plain => Scalar(plain.Value!),
        YamlScalarNode text => JsonValue.Create(text.Value),
        _ => null,
    };

    private static JsonValue? Scalar(string text) => text switch
    {
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        "null" or "" => null,
        _ => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(text),
    };
}

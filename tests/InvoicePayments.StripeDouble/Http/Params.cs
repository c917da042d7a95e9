using System.Globalization;

namespace StripeDouble;

/// <summary>The fields of a request as a tree: <c>a[b][]=c</c> is a list in b in a.</summary>
public sealed class Params
{
    private readonly Dictionary<string, Params> _children = [];

    /// <summary>The text of a leaf; null for a branch.</summary>
    public string? Value { get; private init; }

    /// <summary>What is below.</summary>
    public IReadOnlyDictionary<string, Params> Children => _children;

    /// <summary>A field below; null when it was not given.</summary>
    public Params? this[string name] => _children.GetValueOrDefault(name);

    /// <summary>The tree of a form or query string.</summary>
    public static Params Parse(string text)
    {
        var root = new Params();
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(at < 0 ? pair : pair[..at]);
            root.Put(PathOf(name), at < 0 ? "" : Decode(pair[(at + 1)..]));
        }

        return root;
    }

    /// <summary>The text of a field below; null when it was not given.</summary>
    public string? Text(string name) => this[name]?.Value;

    /// <summary>The number of a field below; null when it was not given.</summary>
    public long? Number(string name) => long.TryParse(Text(name), CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether a field below says yes.</summary>
    public bool Is(string name) => Text(name) == "true";

    /// <summary>Whether a list below holds a text.</summary>
    public bool Lists(string name, string value) => this[name]?.Children.Values.Any(c => c.Value == value) ?? false;

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static List<string> PathOf(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        if (open < 0) return [name];
        return [name[..open], .. name[(open + 1)..].TrimEnd(']').Split("][")];
    }

    private void Put(List<string> path, string value)
    {
        var at = this;
        foreach (var step in path[..^1])
        {
            if (!at._children.TryGetValue(step, out var next)) at._children[step] = next = new();
            at = next;
        }

        var last = path[^1].Length > 0 ? path[^1] : at._children.Count.ToString(CultureInfo.InvariantCulture);
        at._children[last] = new() { Value = value };
    }
}

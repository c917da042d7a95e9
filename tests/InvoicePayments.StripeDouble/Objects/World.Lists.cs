using System.Text.Json.Nodes;

namespace StripeDouble;

/// <content>Lists: the newest first, in pages.</content>
public sealed partial class World
{
    internal JsonObject List(string kind, string url, Params asked, params ReadOnlySpan<(string Field, string? Value)> where)
    {
        var found = _objects.Where(o => Text(o, "object") == kind).Reverse();
        foreach (var (field, value) in where)
            if (value is not null) found = found.Where(o => Text(o, field) == value);
        if (asked["created"] is { } created)
        {
            if (created.Number("gte") is { } from) found = found.Where(o => Number(o, "created") >= from);
            if (created.Number("gt") is { } after1) found = found.Where(o => Number(o, "created") > after1);
            if (created.Number("lte") is { } until) found = found.Where(o => Number(o, "created") <= until);
            if (created.Number("lt") is { } before) found = found.Where(o => Number(o, "created") < before);
        }

        if (asked.Text("starting_after") is { } after) found = found.SkipWhile(o => Text(o, "id") != after).Skip(1);
        var limit = (int)(asked.Number("limit") ?? 10);
        if (limit is < 1 or > 100) throw Fail("parameter_invalid_integer", "Limit is between 1 and 100.", "limit");
        var page = found.Take(limit + 1).ToList();
        return new()
        {
            ["object"] = "list", ["url"] = url, ["has_more"] = page.Count > limit,
            ["data"] = new JsonArray([.. page.Take(limit).Select(o => Expanded(o, asked, "data.latest_charge"))]),
        };
    }

    /// <summary>A copy of an object, with the charge in it where that was asked for.</summary>
    internal JsonNode Expanded(JsonObject of, Params asked, string path)
    {
        var copy = (JsonObject)of.DeepClone();
        if (asked.Lists("expand", path) && Text(copy, "latest_charge") is { } charge) copy["latest_charge"] = Get("charge", charge).DeepClone();
        return copy;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace InvoicePayments;

/// <summary>What the kits expect. Each says in a half sentence what it saw instead.</summary>
internal static class Expect
{
    public static void That(bool holds, string otherwise)
    {
        if (!holds) throw new ConformanceException(otherwise);
    }

    public static void Equal<T>(T expected, T actual, string what) =>
        That(EqualityComparer<T>.Default.Equals(expected, actual), $"{what} is {actual}, not {expected}.");

    /// <summary>The same in every field. Compared as the JSON that stores keep, so the order of metadata does not count.</summary>
    public static void Same<T>(T expected, T? actual, JsonTypeInfo<T> type, string what)
        where T : class
    {
        That(actual is not null, $"{what} is not there.");
        var (left, right) = (JsonSerializer.SerializeToNode(expected, type), JsonSerializer.SerializeToNode(actual!, type));
        That(JsonNode.DeepEquals(left, right), $"{what} came back different: {Difference(left, right)}.");
    }

    public static T One<T>(IReadOnlyList<T> items, string what)
    {
        Equal(1, items.Count, $"the number of rows of {what}");
        return items[0];
    }

    public static void Committed(CommitResult result, string what) => Equal(CommitResult.Committed, result, $"the commit of {what}");

    public static void Conflict(CommitResult result, string what) => Equal(CommitResult.Conflict, result, $"the commit of {what}");

    public static async Task Throws<TException>(Func<Task> act, string what)
        where TException : Exception
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (TException)
        {
            return;
        }

        throw new ConformanceException($"{what} was accepted, where {typeof(TException).Name} was expected.");
    }

    // Only the names of the fields: what is in them might be a token.
    private static string Difference(JsonNode? left, JsonNode? right) =>
        left is JsonObject expected && right is JsonObject actual
            ? "it differs in " + string.Join(", ", expected.Select(p => p.Key).Union(actual.Select(p => p.Key))
                .Where(key => !JsonNode.DeepEquals(expected[key], actual[key])))
            : "it is something else";
}

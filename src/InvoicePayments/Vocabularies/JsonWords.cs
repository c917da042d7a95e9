using System.Globalization;
using System.Text.Json;

namespace InvoicePayments;

/// <summary>How the five systems write what JSON has no type for.</summary>
internal static class JsonWords
{
    /// <summary>Unix seconds, or null.</summary>
    public static void WriteEpoch(this Utf8JsonWriter writer, string name, DateTimeOffset? at)
    {
        if (at is { } known) writer.WriteNumber(name, known.ToUnixTimeSeconds());
        else writer.WriteNull(name);
    }

    /// <summary>A time in this format, UTC, or null.</summary>
    public static void WriteTime(this Utf8JsonWriter writer, string name, DateTimeOffset? at, string format) =>
        writer.WriteText(name, at?.UtcDateTime.ToString(format, CultureInfo.InvariantCulture));

    /// <summary>A text, or null.</summary>
    public static void WriteText(this Utf8JsonWriter writer, string name, string? text)
    {
        if (text is null) writer.WriteNull(name);
        else writer.WriteString(name, text);
    }

    /// <summary>An id; as a number when it is a plain whole number, as Pelcro's are.</summary>
    public static void WriteNumericId(this Utf8JsonWriter writer, string name, string? id)
    {
        if (id is not null && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == id)
            writer.WriteNumber(name, number);
        else writer.WriteText(name, id);
    }

    /// <summary>The host's own pairs, as an object.</summary>
    public static void WritePairs(this Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string> pairs)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in pairs) writer.WriteString(key, value);
        writer.WriteEndObject();
    }
}

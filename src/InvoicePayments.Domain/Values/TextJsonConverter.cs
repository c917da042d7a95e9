using System.Text.Json;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// A value that is one text, in JSON: a plain string. It serves the identifiers and <see cref="Currency"/>; public because
/// generated serializers of a host have to create it.
/// </summary>
/// <typeparam name="T">A value that reads itself from text and refuses what it does not allow.</typeparam>
public sealed class TextJsonConverter<T> : JsonConverter<T>
    where T : struct, IParsable<T>
{
    /// <summary>Reads a string.</summary>
    /// <exception cref="JsonException">There is no string, or the value does not allow it; the message says what is expected.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException($"{typeof(T).Name} is a text.");
        try
        {
            return T.Parse(reader.GetString()!, null);
        }
        catch (Exception refused) when (refused is FormatException or InvalidOperationException)
        {
            // InvalidOperationException is the reader's word for an escape that is half a surrogate pair.
            throw new JsonException(refused.Message, refused);
        }
    }

    /// <summary>Writes a string.</summary>
    /// <exception cref="InvalidOperationException">The value is the default one, which has no text.</exception>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (EqualityComparer<T>.Default.Equals(value, default)) throw TextIds.Unset<T>();
        writer.WriteStringValue(value.ToString());
    }
}

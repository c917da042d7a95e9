using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Npgsql;

namespace InvoicePayments;

/// <summary>Bodies back into records, straight from the bytes that came in.</summary>
internal static class Bodies
{
    internal static T Read<T>(NpgsqlDataReader row, int column, JsonTypeInfo<T> type)
    {
        var length = (int)row.GetBytes(column, 0, null, 0, 0);
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            row.GetBytes(column, 0, bytes, 0, length);
            return Read(bytes.AsSpan(0, length), type);
        }
        finally
        {
            // A body may hold a token.
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    /// <summary>The record of a body.</summary>
    /// <exception cref="JsonException">The body is damaged, in whatever way; the message repeats nothing of it.</exception>
    private static T Read<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException();
        }
        catch (JsonException broken)
        {
            // Without what the parser says: it repeats what it stumbles over, and that may be a token.
            throw new JsonException($"A body is no {typeof(T).Name}.", null, broken.LineNumber, broken.BytePositionInLine);
        }
        catch (Exception refused) when (refused is ArgumentException or InvalidOperationException or NotSupportedException or OverflowException)
        {
            // Well-formed JSON that no record can be made of: a kind that is missing, an allocation without parts, amounts that do not add up.
            throw new JsonException($"A body is no {typeof(T).Name}: it says what cannot be ({refused.GetType().Name}).");
        }
    }
}

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace InvoicePayments;

/// <summary>
/// What a host or a proxy may have made of a body before it came here. Only for the reason that is given for a refusal: a signature over any of
/// these never counts.
/// </summary>
/// <param name="Code">The reason, when the signature is over <paramref name="Body"/>.</param>
/// <param name="What">What was changed, in words.</param>
/// <param name="Body">The bytes as they may have been.</param>
internal sealed record Rewriting(string Code, string What, byte[] Body)
{
    // An event of Stripe's is far smaller; nobody can make us work on more.
    private const int LargestBody = 1 << 20;
    private const string Rewritten = "body_rewritten";

    /// <summary>The bodies that this one may have been, each with what would have been done to it.</summary>
    internal static IEnumerable<Rewriting> UndoneOf(byte[] body)
    {
        if (body.Length > LargestBody) yield break;
        var text = Encoding.Latin1.GetString(body);
        var lf = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        foreach (var other in new[] { lf, lf.Replace("\n", "\r\n", StringComparison.Ordinal) })
            if (other != text) yield return new("line_ends_changed", "with other line ends", Encoding.Latin1.GetBytes(other));

        var mark = Encoding.UTF8.GetPreamble();
        if (body.AsSpan().StartsWith(mark)) yield return new(Rewritten, "without the byte order mark", body[mark.Length..]);
        if (text.AsSpan().TrimEnd() is { Length: var length } && length < body.Length) yield return new(Rewritten, "without the blanks at its end", body[..length]);
        yield return new(Rewritten, "with a line end at its end", [.. body, (byte)'\n']);
        if (Read(body) is not { } json) yield break;
        using (json)
        {
            // Stripe writes one field a line; most libraries write all in one.
            foreach (var encoder in new[] { JavaScriptEncoder.UnsafeRelaxedJsonEscaping, JavaScriptEncoder.Default })
            {
                yield return new(Rewritten, "with every field on a line of its own", Write(json, new() { Encoder = encoder, Indented = true, IndentSize = 2, NewLine = "\n" }));
                yield return new(Rewritten, "in one line", Write(json, new() { Encoder = encoder }));
            }
        }
    }

    /// <summary>Whether it is JSON at all, as everything that Stripe signs.</summary>
    internal static bool IsJson(byte[] body)
    {
        using var json = Read(body);
        return json is not null;
    }

    private static JsonDocument? Read(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Write(JsonDocument json, JsonWriterOptions options)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, options)) json.WriteTo(writer);
        return bytes.WrittenSpan.ToArray();
    }
}

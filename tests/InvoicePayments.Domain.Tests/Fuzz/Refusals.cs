using System.Text.Json;
using System.Text.RegularExpressions;

namespace InvoicePayments.Tests;

/// <summary>What a reader may answer instead of a value, and what it may never say.</summary>
internal static partial class Refusals
{
    /// <summary>Stands in the corpus for what somebody put into the wrong field.</summary>
    internal const string Secret = "s3cr3tToken";

    /// <summary>The message of the one exception that is documented; anything else that is thrown is a finding.</summary>
    internal static string Of<TException>(Action read)
        where TException : Exception
    {
        var refused = Assert.ThrowsAny<TException>(read);
        Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(refused.Message);
        return refused.Message;
    }

    /// <summary>
    /// The message of the refused JSON. Where the text is no JSON at all the words are those of the parser, which repeats what it stumbles
    /// over; what our own converters say repeats nothing.
    /// </summary>
    internal static string OfJson(ReadOnlyMemory<byte> json, Action read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return Kind(Assert.Throws<JsonException>(read).Message);
        }

        return Kind(Of<JsonException>(read));
    }

    /// <summary>A message without what differs from input to input: places, lengths and the characters it repeats.</summary>
    internal static string Kind(string message) => Differing.Replace(message.Split(" Path:")[0], "");

    [GeneratedRegex("'.*?'|0x[0-9A-Fa-f]+|[0-9]+", RegexOptions.Singleline)]
    private static partial Regex Differing { get; }
}

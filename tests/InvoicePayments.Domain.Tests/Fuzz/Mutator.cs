namespace InvoicePayments.Tests;

/// <summary>Turns good input into input that is nearly good, or nothing like it. The same random numbers give the same texts.</summary>
internal sealed class Mutator(Random random)
{
    private const int MaxLength = 20_000;

    private static readonly string[] Pieces =
    [
        "", " ", "-", "+", ".", ",", ":", "\"", "\\", "{", "}", "[", "]", "\\u0000", "\\ud800", "\\udc00\\ud800", "\\u00", "null", "true",
        "0", "-0", "00", "1e999", "1E-999", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
        "79228162514264337593543950336", "18446744073709551616", "0.1", "NaN", "Infinity", "EUR", "eur", "XXX", "XAU", "CLF", "EUR 1.00",
        "\0", "\r", "\n", "\r\n", "\t", "\u0085", "\u00a0", "\u2028", "\u200f", "\ufeff", "\ufffd", "\uffff", "\ud800", "\udc00",
        "\ud83d\ude00",
        "e\u0301", "İ", "ß", "٣", "４", "𝟒", "4111111111111111", "4111 1111 1111 1111", "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999+14:00",
        "2026-02-30T00:00:00Z", "1.00:00:00", "10675199.02:48:05.4775808", "https://", "http://[::1", "\"type\":\"succeeded\"",
        "\"a\":1,\"a\":2",
    ];

    /// <summary>One to eight changes of the text; one in eight takes much of it from another.</summary>
    internal string Change(string text, string other)
    {
        if (random.Next(8) == 0) text = Splice(text, other);
        for (var i = random.Next(1, 9); i > 0; i--) text = Step(text);
        return text.Length <= MaxLength ? text : text[..MaxLength];
    }

    /// <summary>The text as UTF-8, in which one time in four some bytes are wrong.</summary>
    internal byte[] Bytes(byte[] bytes)
    {
        if (bytes.Length == 0 || random.Next(4) != 0) return bytes;
        for (var i = random.Next(1, 4); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private string Step(string text)
    {
        var (from, length) = Range(text);
        return random.Next(10) switch
        {
            0 => text.Insert(from, Piece()),
            1 => text.Remove(from, length),
            2 => text.Insert(from, text.Substring(from, length)),
            3 => string.Concat(text.AsSpan(0, from), Piece(), text.AsSpan(from + length)),
            4 => string.Concat(text.AsSpan(0, from), AnyChar().ToString(), text.AsSpan(Math.Min(from + 1, text.Length))),
            5 => Flip(text, from),
            6 => text[..from],
            7 => text.Insert(from, Repeat(Piece(), random.Next(1, 600))),
            8 => random.Next(20) == 0 ? Nest(text) : Swap(text, from),
            _ => text.Insert(from, AnyChar().ToString()),
        };
    }

    private (int From, int Length) Range(string text)
    {
        var from = random.Next(text.Length + 1);
        return (from, random.Next(Math.Min(text.Length - from, random.Next(2) == 0 ? 3 : 60) + 1));
    }

    private string Splice(string text, string other) =>
        string.Concat(text.AsSpan(0, random.Next(text.Length + 1)), other.AsSpan(random.Next(other.Length + 1)));

    private string Flip(string text, int at) => at == text.Length
        ? text
        : string.Concat(text.AsSpan(0, at), ((char)(text[at] ^ (1 << random.Next(16)))).ToString(), text.AsSpan(at + 1));

    private static string Swap(string text, int at) => at + 1 >= text.Length ? text : string.Concat(text.AsSpan(at), text.AsSpan(0, at));

    private string Nest(string text)
    {
        var depth = random.Next(1, 4_000);
        var (open, close) = random.Next(2) == 0 ? ("[", "]") : ("{\"a\":", "}");
        return Repeat(open, depth) + text + (random.Next(2) == 0 ? Repeat(close, depth) : "");
    }

    private static string Repeat(string piece, int times) => string.Concat(Enumerable.Repeat(piece, times));

    private string Piece() => Pieces[random.Next(Pieces.Length)];

    private char AnyChar() => random.Next(3) == 0 ? (char)random.Next(0x10000) : (char)random.Next(0x20, 0x7f);
}

using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace InvoicePayments;

/// <summary>
/// Identity that follows from what a thing is: the same parts always give the same id, on every host. That is how a
/// repeated request finds the operation that it started, without a second table.
/// </summary>
internal static class DerivedId
{
    // Crockford's base 32, in lower case: no i, l, o, u, so that ids survive being read aloud.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 26;

    // Ids are derived several times on the way of every payment.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_spare;

    /// <summary>
    /// The first 128 bits of the SHA-256 of the parts, as 26 letters and digits. Parts are told apart: ("ab","c") is not ("a","bc").
    /// </summary>
    internal static string Base32(params ReadOnlySpan<string> parts)
    {
        var bytes = s_spare ?? new();
        s_spare = null;
        bytes.ResetWrittenCount();
        foreach (var part in parts) CanonicalBytes.Write(bytes, part);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.WrittenSpan, hash);
        s_spare = bytes;
        return Encode(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    private static string Encode(UInt128 bits)
    {
        Span<char> text = stackalloc char[Length];
        for (var i = Length - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(bits & 31)];
            bits >>= 5;
        }

        return new string(text);
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace InvoicePayments;

/// <summary>Text as bytes that say where it ends: its length in characters, then its UTF-16 units, all big-endian.</summary>
internal static class CanonicalBytes
{
    // UTF-16 and not UTF-8, which has no bytes for half a surrogate pair: two texts that differ only there would become the same.
    internal static void Write(ArrayBufferWriter<byte> bytes, string text)
    {
        var size = sizeof(int) + (text.Length * sizeof(char));
        var target = bytes.GetSpan(size);
        BinaryPrimitives.WriteInt32BigEndian(target, text.Length);
        var units = MemoryMarshal.Cast<byte, ushort>(target[sizeof(int)..size]);
        if (BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<char, ushort>(text), units);
        else MemoryMarshal.Cast<char, ushort>(text).CopyTo(units);

        bytes.Advance(size);
    }
}

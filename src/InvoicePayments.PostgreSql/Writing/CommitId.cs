using System.Buffers.Binary;
using System.Security.Cryptography;

namespace InvoicePayments;

/// <summary>
/// What a commit leaves on its rows: unique without asking the system for randomness each time, because it is 64 bits of one store and a number.
/// Change sets that are stored in one go have numbers in a row.
/// </summary>
internal readonly struct CommitId(long store, long number)
{
    /// <summary>The id of the change set at a place in the row.</summary>
    internal Guid At(int place)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, store);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], number + place);
        return new(bytes);
    }

    /// <summary>Which place an id has; negative when it is somebody else's, or beyond <paramref name="count"/>.</summary>
    internal int PlaceOf(Guid id, int count)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        var place = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]) - number;
        return BinaryPrimitives.ReadInt64LittleEndian(bytes) == store && place >= 0 && place < count ? (int)place : -1;
    }

    /// <summary>Makes the ids of one store.</summary>
    internal sealed class Source
    {
        private readonly long _store = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
        private long _last;

        /// <summary>Ids in a row.</summary>
        internal CommitId Next(int count) => new(_store, Interlocked.Add(ref _last, count) - count);
    }
}

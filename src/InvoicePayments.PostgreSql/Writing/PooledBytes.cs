using System.Buffers;
using System.Collections.Concurrent;

namespace InvoicePayments;

/// <summary>Where bodies are written before they are sent: borrowed memory that grows, and is wiped when it goes back, because bodies may hold tokens.</summary>
internal sealed class PooledBytes : IBufferWriter<byte>
{
    private const int MostKept = 1_024;
    private const int LargestKept = 16 * 1_024;

    // The runtime's own pool keeps a few dozen arrays of a size; here hundreds of callers wait at once.
    private static readonly ConcurrentQueue<PooledBytes> Free = new();

    private byte[] _bytes = new byte[4 * 1_024];

    private PooledBytes()
    {
    }

    internal int Length { get; private set; }

    internal static PooledBytes Borrow() => Free.TryDequeue(out var free) ? free : new();

    internal ReadOnlyMemory<byte> Slice(int from, int to) => _bytes.AsMemory(from, to - from);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Require(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Require(sizeHint);
        return _bytes.AsSpan(Length);
    }

    /// <summary>Nothing of it may be used afterwards.</summary>
    internal void GiveBack()
    {
        _bytes.AsSpan(0, Length).Clear();
        Length = 0;
        if (_bytes.Length <= LargestKept && Free.Count < MostKept) Free.Enqueue(this);
    }

    private void Require(int more)
    {
        if (_bytes.Length - Length >= Math.Max(more, 1)) return;
        var larger = new byte[Math.Max(_bytes.Length * 2, Length + more)];
        _bytes.AsSpan(0, Length).CopyTo(larger);
        _bytes.AsSpan(0, Length).Clear();
        _bytes = larger;
    }
}

using System.Buffers;

namespace InvoicePayments;

/// <summary>Where bodies are written before they are sent: borrowed memory that grows, and is wiped when it goes back, because bodies may hold tokens.</summary>
internal sealed class PooledBytes : IBufferWriter<byte>
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4096);

    internal int Length { get; private set; }

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
        var bytes = _bytes;
        _bytes = [];
        if (bytes.Length > 0) GiveBack(bytes, Length);
    }

    private void Require(int more)
    {
        if (_bytes.Length - Length >= Math.Max(more, 1)) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + more));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        GiveBack(_bytes, Length);
        _bytes = larger;
    }

    private static void GiveBack(byte[] bytes, int used)
    {
        bytes.AsSpan(0, used).Clear();
        ArrayPool<byte>.Shared.Return(bytes);
    }
}

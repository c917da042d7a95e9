using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace StripeDouble;

/// <summary>Stands between the server and the socket, and lets go of the socket after so many bytes of an answer.</summary>
internal sealed class CuttingConnection(ConnectionContext connection)
{
    private const string Key = "cut";

    /// <summary>After how many bytes of the next answer the connection is cut; null when not.</summary>
    internal long? CutAt { get; set; }

    /// <summary>How many bytes the last answer had.</summary>
    internal long Written { get; private set; }

    internal static Task Wrap(ConnectionContext connection, Func<ConnectionContext, Task> next)
    {
        var cutting = new CuttingConnection(connection);
        connection.Items[Key] = cutting;
        connection.Transport = new Pair(connection.Transport.Input, new Writer(connection.Transport.Output, cutting));
        return next(connection);
    }

    internal static CuttingConnection Of(IDictionary<object, object?> items) => (CuttingConnection)items[Key]!;

    internal void BeginAnswer() => Written = 0;

    private async ValueTask<FlushResult> PassOnAsync(PipeWriter to, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var left = CutAt is { } at ? Math.Max(0, at - Written) : long.MaxValue;
        var length = (int)Math.Min(bytes.Length, left);
        Written += length;
        if (length > 0) await to.WriteAsync(bytes[..length], cancellationToken);
        if (length == bytes.Length && left > length) return await to.FlushAsync(cancellationToken);

        // What was written has to reach the other side before the line is cut.
        await to.FlushAsync(cancellationToken);
        await Task.Delay(5, cancellationToken);
        connection.Abort(new ConnectionAbortedException("Cut on purpose."));
        return new(isCanceled: false, isCompleted: true);
    }

    private sealed record Pair(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Writer(PipeWriter inner, CuttingConnection cutting) : PipeWriter
    {
        private readonly ArrayBufferWriter<byte> _buffer = new();

        public override bool CanGetUnflushedBytes => true;

        public override long UnflushedBytes => _buffer.WrittenCount;

        public override void Advance(int bytes) => _buffer.Advance(bytes);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            var bytes = _buffer.WrittenMemory.ToArray();
            _buffer.ResetWrittenCount();
            return bytes.Length == 0 ? await inner.FlushAsync(cancellationToken) : await cutting.PassOnAsync(inner, bytes, cancellationToken);
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => _buffer.GetSpan(sizeHint);
    }
}

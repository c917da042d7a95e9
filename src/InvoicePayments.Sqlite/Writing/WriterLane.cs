using System.Threading.Channels;

namespace InvoicePayments;

/// <summary>
/// The one who writes. The price of a commit is the flush of the disk, and SQLite has one writer anyway: so whatever is waiting goes
/// into one transaction. It never waits for company; a lone commit is written at once.
/// </summary>
internal sealed class WriterLane
{
    private const int MaxBatch = 256;

    private readonly Channel<PendingWrite> _waiting =
        Channel.CreateUnbounded<PendingWrite>(new() { SingleReader = true, AllowSynchronousContinuations = false });

    private readonly SqliteConnections _connections;
    private readonly Task _loop;
    private SqliteSession? _session;

    internal WriterLane(SqliteConnections connections)
    {
        _connections = connections;

        // The lane outlives the call that made it, so it takes nothing of that call's context along.
        using (ExecutionContext.SuppressFlow()) _loop = Task.Run(RunAsync);
    }

    /// <summary>Done once the lane was closed and everything it had accepted is answered.</summary>
    internal Task Closed => _loop;

    internal async ValueTask<CommitResult> WriteAsync(IPreparedWrite write, CancellationToken cancellationToken) =>
        await WriteAsync([write], cancellationToken).ConfigureAwait(false) == 1 ? CommitResult.Committed : CommitResult.Conflict;

    /// <summary>Writes several that build on each other, in one transaction; answers how many are stored.</summary>
    internal Task<int> WriteAsync(IReadOnlyList<IPreparedWrite> writes, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<int>(cancellationToken);
        var pending = new PendingWrite(writes, cancellationToken);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(pending), typeof(SqlitePaymentStore));
        return pending.Answer;
    }

    /// <summary>Accepts nothing more.</summary>
    internal void Close() => _waiting.Writer.TryComplete();

    private async Task RunAsync()
    {
        var batch = new List<PendingWrite>(MaxBatch);
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < MaxBatch && _waiting.Reader.TryRead(out var next))
            {
                if (next.TryTake()) batch.Add(next);
            }

            if (batch.Count > 0) await WriteAsync(batch).ConfigureAwait(false);
            batch.Clear();
        }

        _session?.Dispose();
    }

    private async Task WriteAsync(List<PendingWrite> batch)
    {
        try
        {
            _session ??= await _connections.OpenWriterAsync().ConfigureAwait(false);
            _session.Execute(Sql.BeginWrite);
            foreach (var pending in batch) pending.Attempt(_session, _connections.File);
            _session.Execute(Sql.Commit);
        }
        catch (Exception error)
        {
            // Whatever it is, every caller must hear of it and the lane must go on.
            Abandon();
            foreach (var pending in batch) pending.Fail(SqliteErrors.Translate(error, _connections.File));
            return;
        }

        foreach (var pending in batch) pending.Settle();
    }

    /// <summary>Rolls back by closing: the next batch opens the file as it is then.</summary>
    private void Abandon()
    {
        try
        {
            if (_session is { InTransaction: true }) _session.Execute(Sql.Rollback);
            _session?.Dispose();
        }
        catch (Exception)
        {
            // What is broken may be too broken to be rolled back; closing it does that, and the first error is the one to tell.
            // Nothing may escape: with the lane gone, every later caller would wait for ever.
            _session?.Dispose();
        }

        _session = null;
        _connections.StartOver();
    }
}

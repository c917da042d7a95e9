using System.Collections.Concurrent;

namespace InvoicePayments;

/// <summary>
/// The connections of one store: a few for reading, one for its writer lane. The file is made, and its schema brought up to date,
/// before the first is handed out, and again after a failure: the file may have been replaced meanwhile.
/// </summary>
internal sealed class SqliteConnections(SqliteFile file) : IDisposable
{
    private readonly ConcurrentStack<SqliteSession> _idle = new();
    private readonly SemaphoreSlim _slots = new(Math.Clamp(Environment.ProcessorCount, 2, 8));
    private readonly SemaphoreSlim _preparing = new(1);
    private volatile bool _ready;
    private volatile bool _disposed;
    private int _generation;

    internal SqliteFile File => file;

    /// <summary>Reads in one snapshot. SQLite reads from memory or a local disk, so the caller's thread does it.</summary>
    internal async ValueTask<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await PrepareAsync(cancellationToken).ConfigureAwait(false);
            return Read(read);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>A connection for the writer lane, which keeps it. May wait for another process that is making the same schema.</summary>
    internal SqliteSession OpenWriter()
    {
        if (_ready) return file.Open(forWriting: true);
        _preparing.Wait();
        try
        {
            if (!_ready) Prepare();
            _ready = true;
        }
        finally
        {
            _preparing.Release();
        }

        return file.Open(forWriting: true);
    }

    /// <summary>Forgets what is open, so that whatever comes next starts from the file as it is then.</summary>
    internal void StartOver()
    {
        Interlocked.Increment(ref _generation);
        _ready = false;
        CloseIdle();
    }

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, typeof(SqlitePaymentStore));

    public void Dispose()
    {
        // The semaphores stay: calls under way still release them, and without a wait handle there is nothing to free.
        _disposed = true;
        CloseIdle();
    }

    private T Read<T>(Func<SqliteSession, T> read)
    {
        var generation = Volatile.Read(ref _generation);
        SqliteSession? session = null;
        try
        {
            session = _idle.TryPop(out var idle) ? idle : file.Open(forWriting: false);
            session.Execute(Sql.BeginRead);
            var answer = read(session);
            session.Execute(Sql.Commit);
            GiveBack(session, generation);
            return answer;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            session?.Dispose();
            StartOver();
            throw SqliteErrors.Translate(error, file);
        }
    }

    private void GiveBack(SqliteSession session, int generation)
    {
        if (generation == Volatile.Read(ref _generation)) _idle.Push(session);
        else session.Dispose();
        if (_disposed) CloseIdle();
    }

    private async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        if (_ready) return;
        await _preparing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_ready) return;

            // May wait for another process that is making the same schema: not on the caller's thread.
            await Task.Run(Prepare, CancellationToken.None).ConfigureAwait(false);
            _ready = true;
        }
        catch (Exception error)
        {
            throw SqliteErrors.Translate(error, file);
        }
        finally
        {
            _preparing.Release();
        }
    }

    private void Prepare()
    {
        using var session = file.Open(forWriting: true);
        SqliteSchema.BringUpToDate(session, file);
    }

    private void CloseIdle()
    {
        while (_idle.TryPop(out var session)) session.Dispose();
    }
}

using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace InvoicePayments;

/// <summary>
/// The one who writes. The price of a commit is the flush of the disk, and SQLite has one writer anyway: so whatever is waiting goes
/// into one transaction. It never waits for company: a lone commit is written at once, and a batch is what arrived while the last one was under
/// way. It also loads, because it has in memory what it has just written; another connection would have to read it from the file again.
/// </summary>
internal sealed class WriterLane(SqliteConnections connections) : IThreadPoolWorkItem
{
    private const int MaxBatch = 256;
    private const int LongestPause = 5;

    private readonly Lock _gate = new();
    private readonly Queue<PendingLoad> _loads = new();
    private readonly Queue<PendingWrite> _writes = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isBusy;
    private bool _isClosing;

    // These belong to whoever is busy.
    private readonly List<PendingLoad> _reading = [];
    private readonly List<PendingWrite> _writing = [];
    private SqliteSession? _session;

    /// <summary>Done once the lane was closed and everything it had accepted is answered.</summary>
    internal Task Closed => _closed.Task;

    /// <summary>Loads in one snapshot: on the caller's thread when nobody is busy, and otherwise together with all who wait.</summary>
    internal ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<InvoiceState>(cancellationToken);
        var load = new PendingLoad(request);
        if (!IsFree(load, cancellationToken)) return load.Answer;
        _reading.Add(load);
        Read();
        if (!TryRest()) Start();
        return load.Answer;
    }

    internal async ValueTask<CommitResult> WriteAsync(IPreparedWrite write, CancellationToken cancellationToken) =>
        await WriteAsync(new PendingWrite([write]), cancellationToken).ConfigureAwait(false) == 1 ? CommitResult.Committed : CommitResult.Conflict;

    /// <summary>Writes several that build on each other, in one transaction; answers how many are stored.</summary>
    internal ValueTask<int> WriteAsync(PreparedChain chain, CancellationToken cancellationToken) => WriteAsync(new PendingWrite(chain.Links, chain), cancellationToken);

    private ValueTask<int> WriteAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancellationToken);
        bool isFirst;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosing, typeof(SqlitePaymentStore));
            write.MayGiveUp(cancellationToken);
            _writes.Enqueue(write);
            (isFirst, _isBusy) = (!_isBusy, true);
        }

        if (isFirst) Start();
        return write.Answer;
    }

    /// <summary>Accepts nothing more.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            if (_isClosing) return;
            _isClosing = true;
            if (_isBusy) return;
            _isBusy = true;
        }

        Start();
    }

    void IThreadPoolWorkItem.Execute()
    {
        do
        {
            Take();
            if (_reading.Count > 0) Read();
            if (_writing.Count > 0) Write();
        }
        while (!TryRest());
    }

    // On the thread of whoever comes first, as soon as that has nothing better to do: so a lone caller waits for no other thread.
    private void Start() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);

    /// <summary>Whether the caller may do it at once; otherwise it waits.</summary>
    private bool IsFree(PendingLoad load, CancellationToken cancellationToken)
    {
        bool isFirst;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosing, typeof(SqlitePaymentStore));
            isFirst = !_isBusy;
            _isBusy = true;

            // Opening the file may take long, so that is not for the caller's thread.
            if (isFirst && _session is not null) return true;
            load.MayGiveUp(cancellationToken);
            _loads.Enqueue(load);
        }

        if (isFirst) Start();
        return false;
    }

    /// <summary>Whether nothing is left to do.</summary>
    private bool TryRest()
    {
        lock (_gate)
        {
            if (_loads.Count + _writes.Count > 0) return false;
            if (!_isClosing)
            {
                _isBusy = false;
                return true;
            }
        }

        // Nobody is let in any more.
        try
        {
            _session?.Dispose();
            _closed.TrySetResult();
        }
        catch (Exception error)
        {
            _closed.TrySetException(error);
        }

        return true;
    }

    private void Take()
    {
        lock (_gate)
        {
            TakeLoads();
            while (_writing.Count < MaxBatch && _writes.TryDequeue(out var next))
                if (next.TryTake()) _writing.Add(next);
        }
    }

    private void TakeLoads()
    {
        while (_loads.TryDequeue(out var next))
            if (next.TryTake()) _reading.Add(next);
    }

    // Before anything is written, so that nobody is told what is not stored yet, and everybody can go on while the disk is flushed.
    private void Read()
    {
        var isReading = false;
        foreach (var load in _reading)
        {
            try
            {
                _session ??= connections.OpenWriter();
                if (!isReading) BeginReading(_session);
                isReading = true;
                load.Read(_session);
            }
            catch (Exception error)
            {
                // The others may fare better, with the file as it is then.
                isReading = false;
                Abandon();
                load.Fail(SqliteErrors.Translate(error, connections.File));
            }
        }

        _reading.Clear();
        if (!isReading) return;
        try
        {
            _session!.Execute(Sql.Commit);
        }
        catch (Exception)
        {
            // They are answered; whoever comes next starts anew.
            Abandon();
        }
    }

    private void Write()
    {
        try
        {
            var session = Begin();
            if (TryWriteAll(session))
            {
                Commit(session);
            }
            else
            {
                session.Execute(Sql.Rollback);
                if (_writing is not [{ IsAllOrNothing: true }]) WriteOneByOne();
            }
        }
        catch (Exception error)
        {
            // Whatever it is, every caller must hear of it and the lane must go on.
            Abandon();
            foreach (var write in _writing) write.Fail(SqliteErrors.Translate(error, connections.File));
            _writing.Clear();
            return;
        }

        foreach (var write in _writing) write.Settle();
        _writing.Clear();
    }

    private bool TryWriteAll(SqliteSession session)
    {
        foreach (var write in _writing)
            if (!write.TryWriteAll(session, connections.File)) return false;
        return true;
    }

    private void WriteOneByOne()
    {
        var session = Begin();
        foreach (var write in _writing) write.WriteWhatFits(session, connections.File);
        Commit(session);
    }

    private void Commit(SqliteSession session)
    {
        session.Execute(Sql.Commit);
        foreach (var write in _writing) write.Remember(session.Memory);
    }

    private static void BeginReading(SqliteSession session)
    {
        session.Execute(Sql.BeginRead);
        session.Memory.Require(session.Number(Sql.DataVersion));
    }

    // SQLite would wait by itself for another process that writes; meanwhile those who only want to read go on.
    private SqliteSession Begin()
    {
        var began = Stopwatch.GetTimestamp();
        for (var pause = 1; ; pause = Math.Min(pause + 1, LongestPause))
        {
            _session ??= connections.OpenWriter();
            if (_session.TryBeginWriting()) return _session;
            if (Stopwatch.GetElapsedTime(began) >= connections.File.BusyTimeout) throw new SqliteException("Another process writes.", SQLitePCL.raw.SQLITE_BUSY);
            Thread.Sleep(pause);
            lock (_gate) TakeLoads();
            if (_reading.Count > 0) Read();
        }
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
        connections.StartOver();
    }
}

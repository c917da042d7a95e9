namespace InvoicePayments;

/// <summary>
/// A caller waiting for the writer lane, with one write or several that build on each other; it is answered how many are stored. It may
/// give up only until the lane has taken its writes up.
/// </summary>
internal sealed class PendingWrite
{
    private const int Waiting = 0, Taken = 1, GivenUp = 2;

    // The lane must not run what its callers do next.
    private readonly TaskCompletionSource<int> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IReadOnlyList<IPreparedWrite> _writes;
    private readonly CancellationTokenRegistration _givingUp;
    private int _state;
    private int _stored;
    private Exception? _error;

    internal PendingWrite(IReadOnlyList<IPreparedWrite> writes, CancellationToken cancellationToken)
    {
        _writes = writes;
        _givingUp = cancellationToken.UnsafeRegister(static (self, token) => ((PendingWrite)self!).GiveUp(token), this);
    }

    internal Task<int> Answer => _answer.Task;

    internal bool TryTake()
    {
        if (Interlocked.CompareExchange(ref _state, Taken, Waiting) != Waiting) return false;
        _givingUp.Unregister();
        return true;
    }

    /// <summary>Writes as many as can be, up to the first that is a conflict or that the database refuses.</summary>
    internal void Attempt(SqliteSession session, SqliteFile file)
    {
        while (_stored < _writes.Count && TryWrite(_writes[_stored], session, file)) _stored++;
    }

    // Under a savepoint, so that a conflict, or a row the database refuses, undoes this write and no other.
    private bool TryWrite(IPreparedWrite write, SqliteSession session, SqliteFile file)
    {
        var isWritten = false;
        session.Execute(Sql.Savepoint);
        try
        {
            isWritten = write.Write(session);
        }
        catch (Microsoft.Data.Sqlite.SqliteException error) when (SqliteErrors.IsConflict(error))
        {
            // Somebody else was first.
        }
        catch (Microsoft.Data.Sqlite.SqliteException error) when (SqliteErrors.IsOneRowsFault(error))
        {
            _error = SqliteErrors.Translate(error, file);
        }

        if (!isWritten) session.Execute(Sql.Undo);
        session.Execute(Sql.Release);
        return isWritten;
    }

    /// <summary>Tells the caller, once the lane's transaction is committed.</summary>
    internal void Settle()
    {
        // One among several is left out like a conflict: alone it will hear why.
        if (_error is null || _writes.Count > 1) _answer.TrySetResult(_stored);
        else _answer.TrySetException(_error);
    }

    internal void Fail(Exception error) => _answer.TrySetException(error);

    private void GiveUp(CancellationToken token)
    {
        if (Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting) _answer.TrySetCanceled(token);
    }
}

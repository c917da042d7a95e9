namespace InvoicePayments;

/// <summary>A caller waiting for the writer lane. It may give up only until the lane has taken its write up.</summary>
internal sealed class PendingWrite
{
    private const int Waiting = 0, Taken = 1, GivenUp = 2;

    // The lane must not run what its callers do next.
    private readonly TaskCompletionSource<CommitResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IPreparedWrite _write;
    private readonly CancellationTokenRegistration _givingUp;
    private int _state;
    private CommitResult _result;
    private Exception? _error;

    internal PendingWrite(IPreparedWrite write, CancellationToken cancellationToken)
    {
        _write = write;
        _givingUp = cancellationToken.UnsafeRegister(static (self, token) => ((PendingWrite)self!).GiveUp(token), this);
    }

    internal Task<CommitResult> Answer => _answer.Task;

    internal bool TryTake()
    {
        if (Interlocked.CompareExchange(ref _state, Taken, Waiting) != Waiting) return false;
        _givingUp.Unregister();
        return true;
    }

    /// <summary>Writes under a savepoint, so that a conflict, or a row the database refuses, undoes this write and no other.</summary>
    internal void Attempt(SqliteSession session, SqliteFile file)
    {
        session.Execute(Sql.Savepoint);
        try
        {
            _result = _write.Write(session) ? CommitResult.Committed : CommitResult.Conflict;
        }
        catch (Microsoft.Data.Sqlite.SqliteException error) when (SqliteErrors.IsConflict(error))
        {
            _result = CommitResult.Conflict;
        }
        catch (Microsoft.Data.Sqlite.SqliteException error) when (SqliteErrors.IsOneRowsFault(error))
        {
            _error = SqliteErrors.Translate(error, file);
        }

        if (_error is not null || _result == CommitResult.Conflict) session.Execute(Sql.Undo);
        session.Execute(Sql.Release);
    }

    /// <summary>Tells the caller, once the lane's transaction is committed.</summary>
    internal void Settle()
    {
        if (_error is null) _answer.TrySetResult(_result);
        else _answer.TrySetException(_error);
    }

    internal void Fail(Exception error) => _answer.TrySetException(error);

    private void GiveUp(CancellationToken token)
    {
        if (Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting) _answer.TrySetCanceled(token);
    }
}

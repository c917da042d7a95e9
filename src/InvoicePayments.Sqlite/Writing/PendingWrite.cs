using Microsoft.Data.Sqlite;

namespace InvoicePayments;

/// <summary>A caller with one write or several that build on each other; it is answered how many are stored.</summary>
/// <param name="writes">Each for itself.</param>
/// <param name="together">All of them in one, for as long as everything fits; null when there is no better way than one by one.</param>
internal sealed class PendingWrite(IReadOnlyList<IPreparedWrite> writes, IPreparedWrite? together = null) : PendingCall<int>
{
    private int _stored;
    private Exception? _error;

    /// <summary>Whether there is nothing to be kept of it when it does not fit.</summary>
    internal bool IsAllOrNothing => writes.Count == 1;

    /// <summary>Writes everything; false when something is a conflict, or refused by the database. Then all of the transaction has to be taken back.</summary>
    internal bool TryWriteAll(SqliteSession session, SqliteFile file)
    {
        (_stored, _error) = (0, null);
        if (together is not null && !TryWrite(together, session, file)) return false;
        for (var i = 0; together is null && i < writes.Count; i++)
            if (!TryWrite(writes[i], session, file)) return false;
        _stored = writes.Count;
        return true;
    }

    /// <summary>Writes as many as can be, up to the first that is a conflict or that the database refuses.</summary>
    internal void WriteWhatFits(SqliteSession session, SqliteFile file)
    {
        (_stored, _error) = (0, null);
        while (_stored < writes.Count && TryWriteAlone(writes[_stored], session, file)) _stored++;
    }

    /// <summary>What is stored of it is committed now.</summary>
    internal void Remember(RowMemory memory)
    {
        for (var i = 0; i < _stored; i++) writes[i].Remember(memory);
    }

    /// <summary>Tells the caller, once the lane's transaction is committed.</summary>
    internal void Settle()
    {
        // One among several is left out like a conflict: alone it will hear why.
        if (_error is null || writes.Count > 1) Succeed(_stored);
        else Fail(_error);
    }

    // Under a savepoint, so that a conflict, or a row the database refuses, undoes this write and no other.
    private bool TryWriteAlone(IPreparedWrite write, SqliteSession session, SqliteFile file)
    {
        session.Execute(Sql.Savepoint);
        var isWritten = TryWrite(write, session, file);
        if (!isWritten) session.Execute(Sql.Undo);
        session.Execute(Sql.Release);
        return isWritten;
    }

    private bool TryWrite(IPreparedWrite write, SqliteSession session, SqliteFile file)
    {
        try
        {
            return write.Write(session);
        }
        catch (SqliteException error) when (SqliteErrors.IsConflict(error))
        {
            // Somebody else was first.
        }
        catch (SqliteException error) when (SqliteErrors.IsOneRowsFault(error))
        {
            _error = SqliteErrors.Translate(error, file);
        }

        return false;
    }
}

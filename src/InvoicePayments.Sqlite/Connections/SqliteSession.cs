using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace InvoicePayments;

/// <summary>One open connection with the statements it has prepared. Used by one caller at a time.</summary>
internal sealed class SqliteSession(SqliteConnection connection, TimeSpan busyTimeout) : IDisposable
{
    private const int PrimaryCode = 0xFF;

    // The statements are the constants of Sql: each is one and the same object wherever it is named.
    private readonly Dictionary<string, SqliteStatement> _prepared = new(ReferenceEqualityComparer.Instance);
    private readonly sqlite3 _database = connection.Handle ?? throw new ArgumentException("The connection is open.", nameof(connection));

    /// <summary>What was read and written over this connection.</summary>
    internal RowMemory Memory { get; } = new();

    /// <summary>Runs a statement and says how many rows it changed.</summary>
    internal int Execute(string sql, params ReadOnlySpan<(string Name, SqliteValue Value)> values)
    {
        var statement = Prepare(sql);
        try
        {
            statement.Bind(values);
            while (statement.Step())
            {
                // A statement that changes something answers no rows as a rule.
            }

            return raw.sqlite3_changes(_database);
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Runs a query and reads all of it.</summary>
    internal List<T> Query<T>(string sql, Func<SqliteRow, T> read, params ReadOnlySpan<(string Name, SqliteValue Value)> values)
    {
        var statement = Prepare(sql);
        var rows = new List<T>();
        try
        {
            statement.Bind(values);
            while (statement.Step()) rows.Add(read(statement.Row));
        }
        finally
        {
            statement.Reset();
        }

        SqliteDiagnostics.RowsRead.Add(rows.Count);
        return rows;
    }

    /// <summary>Runs a query that answers one number.</summary>
    internal long Number(string sql)
    {
        var statement = Prepare(sql);
        try
        {
            return statement.Step() ? statement.Row.GetInt64(0) : 0;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Runs a query that finds one row at most.</summary>
    internal T? One<T>(string sql, Func<SqliteRow, T> read, params ReadOnlySpan<(string Name, SqliteValue Value)> values)
        where T : class
    {
        var statement = Prepare(sql);
        try
        {
            statement.Bind(values);
            if (!statement.Step()) return null;
            SqliteDiagnostics.RowsRead.Add(1);
            return read(statement.Row);
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Runs what is no prepared statement: a pragma, a migration. Answers the first value, if there is one.</summary>
    internal object? Run(string sql)
    {
        SqliteDiagnostics.Statements.Add(1);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements are the constants of Sql and the migrations; values are always parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    /// <summary>Begins a transaction that writes, without waiting; false when another connection is writing.</summary>
    internal bool TryBeginWriting()
    {
        var begin = Prepare(Sql.BeginWrite);
        _ = raw.sqlite3_busy_timeout(_database, 0);
        var code = begin.TryStep();
        begin.Reset();
        _ = raw.sqlite3_busy_timeout(_database, (int)busyTimeout.TotalMilliseconds);
        if (code == raw.SQLITE_DONE) return true;
        if ((code & PrimaryCode) != raw.SQLITE_BUSY) SqliteException.ThrowExceptionForRC(code, _database);
        return false;
    }

    /// <summary>Whether a transaction is open; SQLite itself ends one when the disk is full or fails.</summary>
    internal bool InTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    public void Dispose()
    {
        foreach (var statement in _prepared.Values) statement.Dispose();
        connection.Dispose();
    }

    private SqliteStatement Prepare(string sql)
    {
        SqliteDiagnostics.Statements.Add(1);
        if (!_prepared.TryGetValue(sql, out var statement)) _prepared.Add(sql, statement = new(_database, sql));
        return statement;
    }
}

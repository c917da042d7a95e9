using Microsoft.Data.Sqlite;

namespace InvoicePayments;

/// <summary>One open connection with the statements it has prepared. Used by one caller at a time.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    /// <summary>Runs a statement and says how many rows it changed.</summary>
    internal int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        SqliteDiagnostics.Statements.Add(1);
        return Prepare(sql, values).ExecuteNonQuery();
    }

    /// <summary>Runs a query and reads all of it.</summary>
    internal List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        SqliteDiagnostics.Statements.Add(1);
        var rows = new List<T>();
        using var reader = Prepare(sql, values).ExecuteReader();
        while (reader.Read()) rows.Add(read(reader));
        SqliteDiagnostics.RowsRead.Add(rows.Count);
        return rows;
    }

    /// <summary>Runs what is no prepared statement: a pragma, a migration. Answers the first value, if there is one.</summary>
    internal object? Run(string sql)
    {
        SqliteDiagnostics.Statements.Add(1);
        using var command = Command(sql);
        return command.ExecuteScalar();
    }

    /// <summary>Whether a transaction is open; SQLite itself ends one when the disk is full or fails.</summary>
    internal bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    public void Dispose()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = Command(sql);
            foreach (var (name, _) in values) command.Parameters.Add(new SqliteParameter { ParameterName = name });
            _prepared.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        return command;
    }

    private SqliteCommand Command(string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements are the constants of Sql and the migrations; values are always parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}

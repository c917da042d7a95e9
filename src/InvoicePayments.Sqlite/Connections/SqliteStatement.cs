using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace InvoicePayments;

/// <summary>
/// One prepared statement. It speaks to SQLite itself: the provider looks up each parameter by its name and makes a reader for each run, which
/// costs more than most of the statements.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const uint KeptForLong = 1;
    private const int OnTheStack = 256;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly string[] _names;

    // The names that callers gave last, each with its number.
    private readonly (string Name, int Index)[] _given;

    internal SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, KeptForLong, out _statement));

        // SQLite numbers parameters in the order in which they are first named.
        _names = new string[raw.sqlite3_bind_parameter_count(_statement)];
        _given = new (string, int)[_names.Length];
        for (var i = 0; i < _names.Length; i++) _names[i] = raw.sqlite3_bind_parameter_name(_statement, i + 1).utf8_to_string();
    }

    internal SqliteRow Row => new(_statement);

    internal void Bind(ReadOnlySpan<(string Name, SqliteValue Value)> values)
    {
        if (values.Length != _names.Length) throw new ArgumentException($"A statement with {_names.Length} parameters got {values.Length}.", nameof(values));
        for (var i = 0; i < values.Length; i++) Check(Bind(IndexOf(values[i].Name, i), values[i].Value));
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    internal bool Step()
    {
        var code = TryStep();
        if (code is not raw.SQLITE_ROW and not raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(code, _database);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>The same, with SQLite's own answer.</summary>
    internal int TryStep() => raw.sqlite3_step(_statement);

    /// <summary>Ready to be run again; until then what it has read is held.</summary>
    internal void Reset() => _ = raw.sqlite3_reset(_statement);

    public void Dispose() => _statement.Dispose();

    private int IndexOf(string name, int position)
    {
        ref var given = ref _given[position];
        if (ReferenceEquals(given.Name, name)) return given.Index;
        var index = Array.IndexOf(_names, name);
        if (index < 0) throw new ArgumentException($"A statement has no parameter {name}.", nameof(name));
        given = (name, index + 1);
        return given.Index;
    }

    private int Bind(int index, SqliteValue value) => value switch
    {
        { IsNumber: true } => raw.sqlite3_bind_int64(_statement, index, value.Number),
        { Text: byte[] utf8 } => raw.sqlite3_bind_text(_statement, index, utf8),
        { Text: string text } => Bind(index, text),
        _ => raw.sqlite3_bind_null(_statement, index),
    };

    private int Bind(int index, string text)
    {
        Span<byte> utf8 = stackalloc byte[OnTheStack];
        return Encoding.UTF8.TryGetBytes(text, utf8, out var length)
            ? raw.sqlite3_bind_text(_statement, index, utf8[..length])
            : raw.sqlite3_bind_text(_statement, index, Encoding.UTF8.GetBytes(text));
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, _database);
    }
}

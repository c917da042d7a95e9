using SQLitePCL;

namespace InvoicePayments;

/// <summary>The row on which a query stands. It is gone with the next one, and so are the bytes of its texts.</summary>
internal readonly struct SqliteRow(sqlite3_stmt statement)
{
    internal string GetString(int column) => System.Text.Encoding.UTF8.GetString(GetUtf8(column));

    internal ReadOnlySpan<byte> GetUtf8(int column) => raw.sqlite3_column_blob(statement, column);

    internal long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    internal int GetInt32(int column) => checked((int)GetInt64(column));

    internal bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;
}

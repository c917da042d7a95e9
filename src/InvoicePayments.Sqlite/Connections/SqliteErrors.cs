using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace InvoicePayments;

/// <summary>The provider's errors in the words of the port: what happened, and what to do about it.</summary>
internal static class SqliteErrors
{
    private const int ConstraintByTrigger = 1811;
    private const int ShortRead = 522;

    /// <summary>A row that only its own caller is to blame for: it breaks a rule of the schema, or is too big.</summary>
    internal static bool IsOneRowsFault(SqliteException error) => error.SqliteErrorCode is 18 or 19 or 20;

    /// <summary>A fact that is there already is refused by a trigger.</summary>
    internal static bool IsConflict(SqliteException error) => error.SqliteExtendedErrorCode == ConstraintByTrigger;

    internal static PaymentStoreException Translate(Exception error, SqliteFile file) => error switch
    {
        PaymentStoreException known => new(known.Failure, known.Message, known.InnerException ?? known),
        SqliteException sqlite => Translate(sqlite, file),
        JsonException => Corrupt(file, error),
        _ => new(PaymentStoreFailure.Unavailable, $"The payment store {file.Location} failed unexpectedly: see the inner exception.", error),
    };

    internal static PaymentStoreException Foreign(SqliteFile file, Exception error) => new(
        PaymentStoreFailure.Corrupt,
        $"{file.Location} has tables that clash with those of the payment store and are none of its own. Give the store a file of its own.",
        error);

    private static PaymentStoreException Translate(SqliteException error, SqliteFile file) => error switch
    {
        { SqliteExtendedErrorCode: ShortRead } => Corrupt(file, error),
        { SqliteErrorCode: 5 or 6 } => new(
            PaymentStoreFailure.Busy,
            $"Another process has held the payment store {file.Location} for longer than the busy timeout of {file.BusyTimeout}. "
            + "Find who keeps a transaction open on it, or allow more time with BusyTimeout; then try again.",
            error),
        { SqliteErrorCode: 3 or 8 or 23 } => new(
            PaymentStoreFailure.ReadOnly,
            $"The payment store {file.Location} may not be written to. Let this process write to the file and its folder, and open it without Mode=ReadOnly.",
            error),
        { SqliteErrorCode: 13 } => new(
            PaymentStoreFailure.Full, $"There is no room left for the payment store {file.Location}. Free some space on its disk; then try again.", error),
        { SqliteErrorCode: 11 or 26 } => Corrupt(file, error),
        { SqliteErrorCode: 14 } => new(
            PaymentStoreFailure.Unavailable,
            $"The payment store {file.Location} cannot be opened. Check that the file is there, that it is no folder, and that this process may use it.",
            error),
        { SqliteErrorCode: 10 } => new(
            PaymentStoreFailure.Unavailable, $"The disk of the payment store {file.Location} failed to read or write. Check it; then try again.", error),
        { SqliteErrorCode: 18 or 19 or 20 } => new(
            PaymentStoreFailure.Unavailable,
            $"The payment store {file.Location} refused a row that breaks its rules; nothing of that change was stored. This is a bug in what was to be stored.",
            error),
        _ => new(PaymentStoreFailure.Unavailable, $"The payment store {file.Location} answered SQLite error {error.SqliteErrorCode}: see the inner exception.", error),
    };

    private static PaymentStoreException Corrupt(SqliteFile file, Exception error) => new(
        PaymentStoreFailure.Corrupt,
        $"{file.Location} is damaged or is no SQLite database. Stop every process that uses it and put a good copy in its place.",
        error);
}

using System.Text.Json;
using Npgsql;

namespace InvoicePayments;

/// <summary>The provider's errors in the words of the port: what happened, and what to do about it. Nothing of a row is repeated.</summary>
internal static class PostgreSqlErrors
{
    internal static PaymentStoreException Translate(Exception error, PostgreSqlDatabase database) => error switch
    {
        PaymentStoreException known => new(known.Failure, known.Message, known.InnerException ?? known),
        PostgresException postgres => Translate(postgres, database),
        JsonException => new(
            PaymentStoreFailure.Corrupt,
            $"A row of the payment store {database.Location} is damaged. Restore it from a backup: see the inner exception for what it should have been.",
            error),
        _ when Troubles.IsPoolExhausted(error) => new(
            PaymentStoreFailure.Busy,
            $"No connection to the payment store {database.Location} became free in time. Allow more with Maximum Pool Size, or find who keeps them; then try again.",
            error),
        _ => new(
            PaymentStoreFailure.Unavailable,
            $"The payment store {database.Location} cannot be reached. Check that the server runs and accepts this host; then try again.",
            error),
    };

    /// <summary>After a commit whose answer never came, when it cannot be found out either.</summary>
    internal static PaymentStoreException Unknown(Exception error, PostgreSqlDatabase database) => new(
        PaymentStoreFailure.Unavailable,
        $"The connection to the payment store {database.Location} broke in the middle of a commit, and it could not be asked in time whether that was stored. "
        + "Load again to see.",
        error);

    internal static PaymentStoreException Missing(PostgreSqlDatabase database, Exception? error = null) => new(
        PaymentStoreFailure.Corrupt,
        $"{database.Location} has no schema \"{database.Schema.Plain}\" of the payment store, or not the current one. "
        + $"Run {nameof(PostgreSqlSchema)}.{nameof(PostgreSqlSchema.Script)} on it, or let this host do it with {nameof(PostgreSqlPaymentStoreOptions.CreateSchema)}.",
        error);

    private static PaymentStoreException Translate(PostgresException error, PostgreSqlDatabase database) => error.SqlState switch
    {
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => new(
            PaymentStoreFailure.Busy,
            $"Somebody else held rows of the payment store {database.Location} for longer than its timeouts allow ({error.SqlState}). "
            + "Find who keeps a transaction open on it; then try again.",
            error),
        PostgresErrorCodes.TooManyConnections => new(
            PaymentStoreFailure.Busy,
            $"The payment store {database.Location} takes no more connections. Use fewer hosts or smaller pools, put a pooler in front, or raise max_connections; then try again.",
            error),
        PostgresErrorCodes.ReadOnlySqlTransaction => new(
            PaymentStoreFailure.ReadOnly,
            $"The payment store {database.Location} may only be read: it is a standby or set to read-only. "
            + "Connect to the primary (several hosts with Target Session Attributes=primary), or let it be written to.",
            error),
        PostgresErrorCodes.InsufficientPrivilege => new(
            PaymentStoreFailure.ReadOnly,
            $"This role may not do that in the payment store {database.Location}. Grant it what {nameof(PostgreSqlSchema)}.{nameof(PostgreSqlSchema.Grants)} says.",
            error),
        PostgresErrorCodes.DiskFull => new(
            PaymentStoreFailure.Full, $"There is no room left for the payment store {database.Location}. Free some space on its disk; then try again.", error),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => new(
            PaymentStoreFailure.Corrupt, $"The payment store {database.Location} is damaged on its disk. Put a good copy in its place.", error),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName => Missing(database, error),
        _ when Troubles.Of(error) == Trouble.RowRefused => new(
            PaymentStoreFailure.Unavailable,
            $"The payment store {database.Location} refused a row that breaks its rules ({error.ConstraintName ?? error.SqlState}); nothing of that change was stored. "
            + "This is a bug in what was to be stored.",
            error),
        _ => new(
            PaymentStoreFailure.Unavailable,
            $"The payment store {database.Location} answered error {error.SqlState}: see the inner exception.",
            error),
    };
}

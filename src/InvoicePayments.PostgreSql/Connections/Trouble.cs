using System.Text.Json;
using Npgsql;

namespace InvoicePayments;

/// <summary>What an error means for what was asked of the database.</summary>
internal enum Trouble
{
    /// <summary>A row is not as it was expected: somebody else was first. Nothing was stored.</summary>
    Contended,

    /// <summary>A stream that was told of before is not in the outbox any more: it was idle, and forgotten. Nothing was stored.</summary>
    Forgotten,

    /// <summary>A row breaks a rule of the schema, is damaged, or is held by somebody for too long. Nothing was stored; only the callers of that row need hear of it.</summary>
    RowRefused,

    /// <summary>The database took the transaction back for reasons of its own. Nothing was stored, and it may be repeated.</summary>
    RolledBack,

    /// <summary>The database is away, or the connection to it is. What was under way may have been stored.</summary>
    Away,

    /// <summary>It will not get better by itself.</summary>
    Final,
}

/// <summary>Tells them apart.</summary>
internal static class Troubles
{
    /// <summary>What a statement raises that did not find every row at its version; it stands in the server's log too.</summary>
    internal const string Guard = "InvoicePayments: somebody else was first, this will be decided again";

    /// <summary>What the statement raises that has news for a stream which the outbox has forgotten.</summary>
    internal const string Forgot = "InvoicePayments: a stream was idle and forgotten, this will be told anew";

    internal static Trouble Of(Exception error) => error switch
    {
        PostgresException postgres => Of(postgres),
        JsonException => Trouble.RowRefused,
        NpgsqlOperationInProgressException => Trouble.Final,
        NpgsqlException full when IsPoolExhausted(full) => Trouble.Final,
        NpgsqlException or IOException or System.Net.Sockets.SocketException or TimeoutException => Trouble.Away,
        _ => Trouble.Final,
    };

    /// <summary>Whether the server itself has said that it did not do it. When it says that it is going down, it may have done it before.</summary>
    internal static bool IsRefusal(Exception error) => error is PostgresException
    {
        SqlState: PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow,
    };

    /// <summary>Npgsql waits its own time for a free connection, and says so with this text alone.</summary>
    internal static bool IsPoolExhausted(Exception error) =>
        error is NpgsqlException { InnerException: TimeoutException } && error.Message.Contains("pool has been exhausted", StringComparison.Ordinal);

    private static Trouble Of(PostgresException error) => error.SqlState switch
    {
        "22P02" when error.MessageText.Contains(Guard, StringComparison.Ordinal) => Trouble.Contended,
        "22P02" when error.MessageText.Contains(Forgot, StringComparison.Ordinal) => Trouble.Forgotten,
        PostgresErrorCodes.UniqueViolation => Trouble.Contended,
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => Trouble.RolledBack,
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable => Trouble.RowRefused,

        // A server that has become a standby only reads: whoever asks again may find the new primary.
        PostgresErrorCodes.ReadOnlySqlTransaction => Trouble.Away,
        PostgresErrorCodes.TooManyConnections => Trouble.Away,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or "57P05" or "25P03" => Trouble.Away,
        { } state when state.StartsWith("08", StringComparison.Ordinal) => Trouble.Away,
        { } state when state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal) => Trouble.RowRefused,
        PostgresErrorCodes.ProgramLimitExceeded => Trouble.RowRefused,
        _ => Trouble.Final,
    };
}

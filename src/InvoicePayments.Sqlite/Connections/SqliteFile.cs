using System.Globalization;
using Microsoft.Data.Sqlite;

namespace InvoicePayments;

/// <summary>Which file, and how it is opened. Everything that can be wrong with a connection string is said before anything is opened.</summary>
internal sealed class SqliteFile
{
    // 4 MiB of what was written stay in memory, since it will soon be read again; of more, SQLite would look through all at every other commit. 16 MiB
    // come together in the log before they are copied into the file: then a page that was written often is copied once, and few callers wait for it.
    private const string Writing = "PRAGMA cache_size = 1000; PRAGMA wal_autocheckpoint = 4096";

    private readonly SqlitePaymentStoreOptions _options;
    private readonly string _connectionString;

    internal SqliteFile(string connectionString, SqlitePaymentStoreOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        _options = options.Checked();
        var parts = Parse(connectionString);
        if (parts.DataSource.Length == 0) throw new ArgumentException("The connection string names no file: \"Data Source=payments.db\".", nameof(connectionString));
        if (IsMemory(parts))
        {
            throw new ArgumentException(
                "Payments are kept in a file; one in memory would be lost. For tests use the in-memory store of InvoicePayments.Testing.",
                nameof(connectionString));
        }

        if (!IsUri(parts.DataSource)) parts.DataSource = Path.GetFullPath(parts.DataSource);
        Location = parts.DataSource;
        IsReadOnly = parts.Mode == SqliteOpenMode.ReadOnly;

        // The store keeps its own connections; a second pool below it would only hold the file open. A shared cache adds locks
        // between the connections of one process that WAL is there to avoid.
        parts.Pooling = false;
        parts.Cache = SqliteCacheMode.Private;

        // The provider retries a busy statement until this passes, in whole seconds; SQLite's own wait below comes first.
        parts.DefaultTimeout = Math.Max(1, (int)_options.BusyTimeout.TotalSeconds);
        _connectionString = parts.ToString();
    }

    internal string Location { get; }

    internal bool IsReadOnly { get; }

    internal TimeSpan BusyTimeout => _options.BusyTimeout;

    internal SqliteSession Open(bool forWriting)
    {
        RequireFolder();
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(long)_options.BusyTimeout.TotalMilliseconds}"));
            Run(connection, _options.Synchronous == SqliteSynchronous.Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            Run(connection, forWriting ? Writing : "PRAGMA query_only = ON");
            _options.Opened?.Invoke(connection);
            return new SqliteSession(connection, _options.BusyTimeout);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void RequireFolder()
    {
        if (IsUri(Location) || Path.GetDirectoryName(Location) is not { Length: > 0 } folder || Directory.Exists(folder)) return;
        throw new PaymentStoreException(
            PaymentStoreFailure.Unavailable, $"The folder {folder} of the payment store does not exist. Create it; the file itself is made on first use.");
    }

    private static SqliteConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // The provider's message may repeat the string, and with it a password.
            throw new ArgumentException("This is no SQLite connection string. Expected is for example \"Data Source=payments.db\".", nameof(connectionString));
        }
    }

    private static bool IsMemory(SqliteConnectionStringBuilder parts) =>
        parts.Mode == SqliteOpenMode.Memory
        || parts.DataSource.Contains(":memory:", StringComparison.OrdinalIgnoreCase)
        || (IsUri(parts.DataSource) && parts.DataSource.Contains("mode=memory", StringComparison.OrdinalIgnoreCase));

    private static bool IsUri(string source) =>
        source.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || source.StartsWith("|DataDirectory|", StringComparison.OrdinalIgnoreCase);

    private static void Run(SqliteConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text comes from the constants above and a number.
        command.CommandText = pragma;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}

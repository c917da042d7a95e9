using Npgsql;

namespace InvoicePayments;

/// <summary>A host's connection string, checked and completed: what it leaves open is set to what money needs.</summary>
internal static class ConnectionSettings
{
    internal static NpgsqlDataSource Open(string connectionString) => NpgsqlDataSource.Create(Complete(connectionString));

    internal static string Complete(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var parts = Parse(connectionString);
        if (string.IsNullOrEmpty(parts.Host)) throw new ArgumentException("The connection string names no server: \"Host=db;Database=shop\".", nameof(connectionString));

        // The store changes no setting of its sessions, so there is nothing to reset between two uses of a connection.
        if (!Says(parts, "No Reset On Close")) parts.NoResetOnClose = true;
        if (!Says(parts, "Application Name")) parts.ApplicationName = "InvoicePayments";

        // Batches are large: with larger buffers they take fewer system calls.
        if (!Says(parts, "Write Buffer Size")) parts.WriteBufferSize = 64 * 1024;
        if (!Says(parts, "Read Buffer Size")) parts.ReadBufferSize = 64 * 1024;
        if (!parts.Host.Contains(',', StringComparison.Ordinal)) return parts.ConnectionString;

        // With several servers: the one that can be written to, and a new one is found within about a second of the old one's end.
        if (!Says(parts, "Host Recheck Seconds")) parts.HostRecheckSeconds = 1;
        if (!Says(parts, "Target Session Attributes")) parts.TargetSessionAttributes = "primary";
        return parts.ConnectionString;
    }

    // Its ContainsKey says whether it knows the word, not whether the host has said it.
    private static bool Says(NpgsqlConnectionStringBuilder parts, string key) => parts.Keys.Cast<string>().Contains(key, StringComparer.OrdinalIgnoreCase);

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            // The provider's message may repeat the string, and with it a password.
            throw new ArgumentException("This is no PostgreSQL connection string. Expected is for example \"Host=db;Database=shop;Username=payments\".", nameof(connectionString));
        }
    }
}

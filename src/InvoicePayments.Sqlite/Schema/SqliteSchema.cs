using Microsoft.Data.Sqlite;

namespace InvoicePayments;

/// <summary>Brings a file to the schema this library was written for. Steps are numbered and only go forward.</summary>
internal static class SqliteSchema
{
    private const string HasVersions = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'";
    private const string ReadVersion = "SELECT coalesce(max(version), 0) FROM schema_version";
    private const string CreateVersions =
        "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL, fingerprint TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT";

    private const string HasFingerprints = "SELECT count(*) FROM pragma_table_info('schema_version') WHERE name = 'fingerprint'";
    private const string ReadFingerprints = "SELECT version, fingerprint FROM schema_version ORDER BY version";
    private const string WriteVersion =
        "INSERT INTO schema_version (version, name, fingerprint, applied_at) VALUES ($version, $name, $fingerprint, $applied_at)";

    internal static void BringUpToDate(SqliteSession session, SqliteFile file)
    {
        if (IsCurrent(session, file)) return;
        if (file.IsReadOnly)
        {
            throw new PaymentStoreException(
                PaymentStoreFailure.ReadOnly,
                $"{file.Location} does not have the current schema of the payment store, and it is opened with Mode=ReadOnly. Open it for writing once.");
        }

        try
        {
            UseWriteAheadLog(session, file);
            session.Run("BEGIN EXCLUSIVE");

            // Another process may have been faster while this one waited for the lock.
            if (!IsCurrent(session, file)) Apply(session);
            session.Run("COMMIT");
        }
        catch (SqliteException error) when (error.SqliteErrorCode == 1)
        {
            throw SqliteErrors.Foreign(file, error);
        }
    }

    private static bool IsCurrent(SqliteSession session, SqliteFile file)
    {
        var version = VersionOf(session);
        if (version <= SqliteMigrations.Latest)
        {
            if (version > 0) RequireOurSteps(session, file);
            return version == SqliteMigrations.Latest;
        }

        throw new PaymentStoreException(
            PaymentStoreFailure.SchemaTooNew,
            $"{file.Location} has schema version {version}, made by a newer InvoicePayments; this one knows versions up to {SqliteMigrations.Latest}. "
            + "Update the package in this process.");
    }

    // A file of a build that wrote no fingerprints yet was made by another one as well.
    private static void RequireOurSteps(SqliteSession session, SqliteFile file)
    {
        if ((long)session.Run(HasFingerprints)! == 0) throw SchemaFingerprint.Differs(file.Location, VersionOf(session));
        foreach (var (version, fingerprint) in session.Query(ReadFingerprints, static r => (r.GetInt64(0), r.GetString(1))))
            if (SqliteMigrations.All.FirstOrDefault(m => m.Version == version)?.Fingerprint != fingerprint) throw SchemaFingerprint.Differs(file.Location, version);
    }

    private static long VersionOf(SqliteSession session) =>
        (long)session.Run(HasVersions)! == 0 ? 0 : (long)session.Run(ReadVersion)!;

    private static void UseWriteAheadLog(SqliteSession session, SqliteFile file)
    {
        var mode = session.Run("PRAGMA journal_mode = WAL") as string;
        if (mode == "wal") return;
        throw new PaymentStoreException(
            PaymentStoreFailure.Unavailable,
            $"{file.Location} cannot use a write-ahead log (it answers '{mode}'). Keep the file on a local disk, not on a network share.");
    }

    private static void Apply(SqliteSession session)
    {
        session.Run(CreateVersions);
        var version = VersionOf(session);
        foreach (var migration in SqliteMigrations.All.Where(m => m.Version > version))
        {
            session.Run(migration.Sql);
            session.Execute(
                WriteVersion,
                ("$version", migration.Version), ("$name", migration.Name), ("$fingerprint", migration.Fingerprint), ("$applied_at", TimeProvider.System.GetUtcNow().UtcTicks));
        }
    }
}

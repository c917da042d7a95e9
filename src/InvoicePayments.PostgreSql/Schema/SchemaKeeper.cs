using Npgsql;

namespace InvoicePayments;

/// <summary>Brings a schema to the version this library was written for. Steps are numbered and only go forward; hosts that start at once take turns.</summary>
internal sealed class SchemaKeeper(NpgsqlConnection connection, PostgreSqlDatabase database)
{
    private const int Tries = 10;

    internal async Task BringUpToDateAsync(bool mayCreate, CancellationToken cancellationToken)
    {
        if (await IsCurrentAsync(cancellationToken).ConfigureAwait(false)) return;
        if (!mayCreate) throw PostgreSqlErrors.Missing(database);

        for (var tries = 1; ; tries++)
        {
            try
            {
                await ApplyAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (PostgresException error) when (tries < Tries && IsRace(error))
            {
                // Even "if not exists" fails when two make the same thing at the same moment; by the next try the other is done.
                await Task.Delay(TimeSpan.FromMilliseconds(20 * tries), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool IsRace(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateSchema
            or PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.DuplicateFunction or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var schema = database.Schema;
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var transactionEnd = transaction.ConfigureAwait(false);
        if (!await ExistsAsync("SELECT 1 FROM pg_namespace WHERE nspname = $1", cancellationToken).ConfigureAwait(false))
            await RunAsync($"CREATE SCHEMA IF NOT EXISTS {schema}", cancellationToken).ConfigureAwait(false);
        await RunAsync(PostgreSqlMigrations.Foundation(schema), cancellationToken).ConfigureAwait(false);

        // Another host may have been faster while this one waited for the row.
        await RunAsync($"SELECT 1 FROM {schema}.schema_version WHERE version = 0 FOR UPDATE", cancellationToken).ConfigureAwait(false);
        var version = await VersionAsync(cancellationToken).ConfigureAwait(false);
        foreach (var migration in PostgreSqlMigrations.All.Where(m => m.Version > version))
            await RunAsync(migration.Sql(schema) + "\n" + PostgreSqlMigrations.Recorded(schema, migration), cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        const string hasVersions = "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = 'schema_version'";
        if (!await ExistsAsync(hasVersions, cancellationToken).ConfigureAwait(false)) return false;
        var version = await VersionAsync(cancellationToken).ConfigureAwait(false);
        if (version <= PostgreSqlMigrations.Latest)
        {
            await RequireOurStepsAsync(cancellationToken).ConfigureAwait(false);
            return version == PostgreSqlMigrations.Latest;
        }

        throw new PaymentStoreException(
            PaymentStoreFailure.SchemaTooNew,
            $"{database.Location} has schema version {version}, made by a newer InvoicePayments; this one knows versions up to {PostgreSqlMigrations.Latest}. "
            + "Update the package in this process.");
    }

    private async Task RequireOurStepsAsync(CancellationToken cancellationToken)
    {
        var command = Command($"SELECT version, fingerprint FROM {database.Schema}.schema_version WHERE version > 0 ORDER BY version");
        await using var commandEnd = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var readerEnd = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var version = reader.GetInt64(0);
            if (PostgreSqlMigrations.All.FirstOrDefault(m => m.Version == version)?.Fingerprint != reader.GetString(1))
                throw SchemaFingerprint.Differs($"The schema {database.Schema} of {database.Location}", version);
        }
    }

    private async Task<bool> ExistsAsync(string sql, CancellationToken cancellationToken)
    {
        var command = Command(sql);
        await using var commandEnd = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = database.Schema.Plain });
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null;
    }

    private async Task<long> VersionAsync(CancellationToken cancellationToken)
    {
        var command = Command($"SELECT coalesce(max(version), 0) FROM {database.Schema}.schema_version");
        await using var commandEnd = command.ConfigureAwait(false);
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        var command = Command(sql);
        await using var commandEnd = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private NpgsqlCommand Command(string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements are constants and migrations; the schema's name is checked and quoted.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}

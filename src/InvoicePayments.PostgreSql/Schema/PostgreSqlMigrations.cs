namespace InvoicePayments;

/// <summary>One step of the schema. Once released it is never edited: a change is a new step.</summary>
internal sealed record PostgreSqlMigration(long Version, string Name, Func<SchemaName, string> Sql)
{
    /// <summary>The same whatever the schema is called.</summary>
    internal string Fingerprint { get; } = SchemaFingerprint.Of(Sql(new("any"))).Value;
}

/// <summary>All steps, in order.</summary>
internal static class PostgreSqlMigrations
{
    internal static IReadOnlyList<PostgreSqlMigration> All { get; } =
        [new(1, "invoices and payments", FirstSchema.Sql), new(2, "facts are protected", FactProtection.Sql)];

    internal static long Latest => All[^1].Version;

    /// <summary>The schema itself, and the table that says which steps were taken. Version zero is a row to lock, so that hosts take turns.</summary>
    internal static string Foundation(SchemaName schema) => $"""
        CREATE TABLE IF NOT EXISTS {schema}.schema_version (
            version     bigint PRIMARY KEY,
            name        text NOT NULL,
            fingerprint text NOT NULL,
            applied_at  timestamptz NOT NULL
        );

        INSERT INTO {schema}.schema_version (version, name, fingerprint, applied_at) VALUES (0, 'nothing yet', '', now()) ON CONFLICT DO NOTHING;
        """;

    internal static string Recorded(SchemaName schema, PostgreSqlMigration migration) =>
        $"INSERT INTO {schema}.schema_version (version, name, fingerprint, applied_at) VALUES ({migration.Version}, '{migration.Name}', '{migration.Fingerprint}', now());";
}

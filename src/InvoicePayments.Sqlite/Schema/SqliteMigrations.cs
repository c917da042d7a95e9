namespace InvoicePayments;

/// <summary>One step of the schema. Once released it is never edited: a change is a new step.</summary>
internal sealed record SqliteMigration(long Version, string Name, string Sql)
{
    internal string Fingerprint { get; } = SchemaFingerprint.Of(Sql).Value;
}

/// <summary>All steps, in order.</summary>
internal static class SqliteMigrations
{
    internal static IReadOnlyList<SqliteMigration> All { get; } = 
    [
        new(1, "invoices and payments", FirstSchema.Sql),
        new(2, "fewer pages for a payment", SecondSchema.Sql),
    ];

    internal static long Latest => All[^1].Version;
}

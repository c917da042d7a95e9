using System.Text;

namespace InvoicePayments;

/// <summary>The schema as texts, for whoever may not, or does not want to, let hosts make it themselves.</summary>
public static class PostgreSqlSchema
{
    /// <summary>The version that this library was written for. Hosts refuse to run on a newer one, and on an older one that they may not bring up to date.</summary>
    public static long Version => PostgreSqlMigrations.Latest;

    /// <summary>
    /// What a database administrator runs, in one transaction, to bring a schema from one version to the current one.
    /// </summary>
    /// <param name="schema">The schema's name, as in <see cref="PostgreSqlPaymentStoreOptions.Schema"/>.</param>
    /// <param name="from">Which version is there: zero for none, and then the schema is created as well.</param>
    /// <exception cref="ArgumentException">The name cannot be one; the message says why.</exception>
    public static string Script(string schema = PostgreSqlPaymentStoreOptions.DefaultSchema, long from = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, Version);
        var name = new SchemaName(schema);
        var script = new StringBuilder("BEGIN;\n\n");
        if (from == 0) script.Append("CREATE SCHEMA IF NOT EXISTS ").Append(name).Append(";\n\n").Append(PostgreSqlMigrations.Foundation(name)).Append("\n\n");
        foreach (var migration in PostgreSqlMigrations.All.Where(m => m.Version > from))
        {
            script.Append("-- ").Append(migration.Version).Append(": ").Append(migration.Name).Append('\n')
                .Append(migration.Sql(name)).Append("\n\n").Append(PostgreSqlMigrations.Recorded(name, migration)).Append("\n\n");
        }

        return script.Append("COMMIT;\n").ToString();
    }

    /// <summary>
    /// What lets the role of the hosts use a schema that another role owns, and no more: it reads and writes, but it neither changes nor deletes
    /// facts, nor the schema. The owner is kept from changing facts by triggers, which the owner alone could take away.
    /// </summary>
    /// <param name="role">The role that the hosts connect as.</param>
    /// <param name="schema">The schema's name.</param>
    /// <exception cref="ArgumentException">A name cannot be one; the message says why.</exception>
    public static string Grants(string role, string schema = PostgreSqlPaymentStoreOptions.DefaultSchema)
    {
        if (SchemaName.Problem(role) is { } problem) throw new ArgumentException(problem, nameof(role));
        var (name, to) = (new SchemaName(schema), SchemaName.Quoted(role));
        return $"""
            GRANT USAGE ON SCHEMA {name} TO {to};
            GRANT SELECT ON ALL TABLES IN SCHEMA {name} TO {to};
            GRANT INSERT ON {name}.fact, {name}.credit_fact, {name}.operation_invoice TO {to};
            GRANT INSERT, UPDATE ON {name}.invoice, {name}.operation, {name}.payment, {name}.account_credit, {name}.payment_method TO {to};
            GRANT INSERT, DELETE ON {name}.open_operation TO {to};
            GRANT INSERT, UPDATE, DELETE ON {name}.outbox, {name}.parked_outcome TO {to};
            """;
    }
}

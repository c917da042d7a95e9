namespace InvoicePayments;

/// <summary>How the PostgreSQL store works. Every default is the safe one.</summary>
public sealed class PostgreSqlPaymentStoreOptions
{
    /// <summary>What the schema is called when nothing else is said.</summary>
    public const string DefaultSchema = "invoice_payments";

    /// <summary>The schema that holds the tables: any name that PostgreSQL allows. <c>invoice_payments</c> by default.</summary>
    public string Schema { get; set; } = DefaultSchema;

    /// <summary>
    /// Whether the first call makes the schema, or brings it up to date. True by default; a host whose role may not do that says false and has
    /// <see cref="PostgreSqlSchema.Script"/> run for it.
    /// </summary>
    public bool CreateSchema { get; set; } = true;

    /// <summary>
    /// Whether statements are prepared once per connection. True by default; false behind a pooler that gives each transaction another connection
    /// and does not know prepared statements (PgBouncer before 1.21 in transaction mode).
    /// </summary>
    public bool PrepareStatements { get; set; } = true;

    /// <summary>
    /// How long a call goes on when the database is away: restarting, failing over, out of connections. What is safe to repeat is repeated until then.
    /// 10 seconds by default, at most 10 minutes; zero tries once.
    /// </summary>
    public TimeSpan RepeatFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many batches of loads, and how many of commits, are under way at once, each over a connection of its own. 2 by default, 1 to 16: two
    /// keep the database busy while one waits for its disk; more make the batches smaller.
    /// </summary>
    public int Lanes { get; set; } = 2;

    /// <summary>How many loads or commits go into one batch at most. 256 by default, 1 to 1,000.</summary>
    public int MaxBatch { get; set; } = 256;

    internal PostgreSqlPaymentStoreOptions Checked()
    {
        if (SchemaName.Problem(Schema) is { } problem) throw new ArgumentException($"{nameof(Schema)}: {problem}");
        if (RepeatFor < TimeSpan.Zero || RepeatFor > TimeSpan.FromMinutes(10))
            throw new ArgumentException($"{nameof(RepeatFor)} is between zero and ten minutes, not {RepeatFor}.");
        if (Lanes is < 1 or > 16) throw new ArgumentException($"{nameof(Lanes)} is 1 to 16, not {Lanes}.");
        if (MaxBatch is < 1 or > 1_000) throw new ArgumentException($"{nameof(MaxBatch)} is 1 to 1,000, not {MaxBatch}.");
        return (PostgreSqlPaymentStoreOptions)MemberwiseClone();
    }
}

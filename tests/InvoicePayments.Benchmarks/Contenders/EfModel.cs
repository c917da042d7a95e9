using Microsoft.EntityFrameworkCore;

namespace InvoicePayments.Benchmarks;

internal sealed class EfInvoice
{
    public long Id { get; set; }
    public long AccountId { get; set; }
    public string Currency { get; set; } = "EUR";
    public long Total { get; set; }
    public long Paid { get; set; }
    public long Reserved { get; set; }
    public long Refunded { get; set; }
    public short Status { get; set; }
    public int Version { get; set; }
}

internal sealed class EfKey
{
    public long AccountId { get; set; }
    public Guid Key { get; set; }
    public byte[] Fingerprint { get; set; } = [];
    public short State { get; set; }
    public Guid? PaymentId { get; set; }
    public string? Response { get; set; }
    public DateTime CreatedAt { get; set; }
}

internal sealed class EfPayment
{
    public Guid Id { get; set; }
    public long InvoiceId { get; set; }
    public long Amount { get; set; }
    public short State { get; set; }
    public string? GatewayRef { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime? UpdatedAt { get; set; }
}

internal sealed class EfMessage
{
    public long Id { get; set; }
    public short Topic { get; set; }
    public string Payload { get; set; } = "";
    public DateTime CreatedAt { get; set; }
}

/// <summary>The same tables, mapped as one would: the version is the concurrency token.</summary>
internal sealed class EfModel(DbContextOptions<EfModel> options) : DbContext(options)
{
    public DbSet<EfInvoice> Invoices => Set<EfInvoice>();
    public DbSet<EfKey> Keys => Set<EfKey>();
    public DbSet<EfPayment> Payments => Set<EfPayment>();
    public DbSet<EfMessage> Outbox => Set<EfMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(EfContender.Schema);
        modelBuilder.Entity<EfInvoice>(e =>
        {
            e.ToTable("invoice").HasKey(i => i.Id);
            e.Property(i => i.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<EfKey>(e => e.ToTable("idem").HasKey(k => new { k.AccountId, k.Key }));
        modelBuilder.Entity<EfPayment>(e => e.ToTable("payment").HasKey(p => p.Id));
        modelBuilder.Entity<EfMessage>(e => e.ToTable("outbox").HasKey(m => m.Id));
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
            foreach (var property in entity.GetProperties()) property.SetColumnName(SnakeCase(property.Name));
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((letter, at) => char.IsUpper(letter) && at > 0 ? "_" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}

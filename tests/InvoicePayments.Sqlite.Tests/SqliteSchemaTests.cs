using Microsoft.Extensions.DependencyInjection;

namespace InvoicePayments.Tests;

public sealed class SqliteSchemaTests
{
    [Fact]
    public async Task UseSqliteAlone_IsEnough()
    {
        await using var temp = new TempStore();
        var services = new ServiceCollection();
        new InvoicePaymentsBuilder(services).UseSqlite($"Data Source={temp.File}");
        await using var provider = services.BuildServiceProvider();

        Assert.Equal(CommitResult.Committed, await provider.GetRequiredService<IInvoicePaymentStore>().CommitAsync(Given.Changes(Given.Invoice()), Given.Token));
        Assert.Same(provider.GetRequiredService<IDueOperations>(), provider.GetRequiredService<IPaymentMethodStore>());
        Assert.Same(provider.GetRequiredService<SqlitePaymentStore>(), provider.GetRequiredService<IInvoicePaymentQueries>());
        Assert.Equal("wal", temp.Run("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task StoresThatOpenTheSameNewFileAtOnce_AllSucceed()
    {
        await using var temp = new TempStore();
        var stores = Enumerable.Range(0, 8).Select(_ => temp.Open()).ToList();

        var results = await Task.WhenAll(stores.Select((s, i) => Task.Run(async () => await s.CommitAsync(Given.Changes(Given.Invoice("i" + i)), Given.Token))));

        Assert.All(results, r => Assert.Equal(CommitResult.Committed, r));
        Assert.Equal(1L, temp.Run("SELECT count(*) FROM schema_version WHERE applied_at > 0"));
    }

    [Fact]
    public async Task ASchemaOfANewerLibrary_IsRefused()
    {
        await using var temp = new TempStore();
        await using (var store = temp.Open()) await store.LoadAsync(Given.Load("x"), Given.Token);
        temp.Run("INSERT INTO schema_version VALUES (99, 'later', 'f', 1)");

        var error = await Assert.ThrowsAsync<PaymentStoreException>(async () => await temp.Open().LoadAsync(Given.Load("x"), Given.Token));

        Assert.Equal(PaymentStoreFailure.SchemaTooNew, error.Failure);
        Assert.Contains("Update the package", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE schema_version SET fingerprint = 'of another build'")]
    [InlineData("ALTER TABLE schema_version DROP COLUMN fingerprint; DROP TABLE account_credit")]
    public async Task AFileOfAnotherBuild_IsRefusedByName_AndLeftAsItIs(string otherwise)
    {
        await using var temp = new TempStore();
        await using (var store = temp.Open()) await store.CommitAsync(Given.Changes(Given.Invoice()), Given.Token);
        temp.Run(otherwise);
        var before = temp.Run("SELECT group_concat(sql) FROM sqlite_schema");

        var error = await Assert.ThrowsAsync<PaymentStoreException>(async () => await temp.Open().LoadAsync(Given.Load("x"), Given.Token));
        var writing = await Assert.ThrowsAsync<PaymentStoreException>(async () => await temp.Open().CommitAsync(Given.Changes(Given.Invoice("i2")), Given.Token));

        Assert.Equal((PaymentStoreFailure.SchemaDiffers, PaymentStoreFailure.SchemaDiffers), (error.Failure, writing.Failure));
        Assert.Contains(temp.File, error.Message, StringComparison.Ordinal);
        Assert.Contains("move it away", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, temp.Run("SELECT group_concat(sql) FROM sqlite_schema"));
    }

    [Fact]
    public void AFingerprint_IsTheSameWhateverEndsTheLines_AndAnotherForAnotherText()
    {
        Assert.Equal(SchemaFingerprint.Of("a\nb"), SchemaFingerprint.Of("a\r\nb"));
        Assert.NotEqual(SchemaFingerprint.Of("a\nb"), SchemaFingerprint.Of("a\nb "));
    }

    [Fact]
    public async Task AFileOfSomebodyElse_GetsOurTables_UnlessTheyClash()
    {
        await using var temp = new TempStore();
        temp.Run("CREATE TABLE theirs (x)");
        await temp.Open().CommitAsync(Given.Changes(Given.Invoice()), Given.Token);

        await using var clash = new TempStore();
        clash.Run("CREATE TABLE invoice (x)");
        var error = await Assert.ThrowsAsync<PaymentStoreException>(async () => await clash.Open().LoadAsync(Given.Load("x"), Given.Token));
        Assert.Equal(PaymentStoreFailure.Corrupt, error.Failure);
        Assert.Equal(0L, clash.Run("SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'"));
    }
}

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
        Assert.Equal(SqliteMigrations.Latest, temp.Run("SELECT count(*) FROM schema_version WHERE applied_at > 0"));
    }

    [Fact]
    public async Task AFileOfTheFirstSchema_IsBroughtUpToDate_AndNothingInItIsLost()
    {
        await using var temp = new TempStore();
        InvoiceEvent[] facts = [.. Enumerable.Range(1, 3).Select(n => new InvoiceEvent.Paid { Tenant = Given.Tenant, Invoice = new("i1"), Sequence = n, At = Given.Now })];
        PaymentOperation[] operations =
        [
            Given.Operation("done", OperationStatus.Succeeded, 1, "i1"), Given.Operation("open", OperationStatus.Unknown, 1, "i1", "i2"),
            Given.Operation("last", OperationStatus.Pending, 1, "i1"),
        ];
        temp.Run(FirstSchema.Sql);
        temp.Run("CREATE TABLE schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL, fingerprint TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT");
        temp.Run($"INSERT INTO schema_version VALUES (1, 'invoices and payments', '{SqliteMigrations.All[0].Fingerprint}', 1)");
        foreach (var fact in facts)
            temp.Run($"INSERT INTO fact (tenant, invoice_id, sequence, at, body) VALUES ('{Given.Tenant.Value}', 'i1', {fact.Sequence}, 1, '{Body(fact, StoreJson.Default.InvoiceEvent)}')");
        foreach (var (operation, n) in operations.Select((o, n) => (o, n + 1)))
        {
            var isOpen = operation.IsFinal ? 0 : 1;
            temp.Run($"INSERT INTO operation VALUES ('{Given.Tenant.Value}', '{operation.Id.Value}', 'p', 's', {isOpen}, NULL, NULL, NULL, NULL, 1, '{Body(operation, StoreJson.Default.PaymentOperation)}', NULL)");
            foreach (var document in operation.Allocation.Documents)
                temp.Run($"INSERT INTO operation_invoice VALUES ('{Given.Tenant.Value}', '{document.Value}', {n}, '{operation.Id.Value}', {isOpen})");
        }

        var store = temp.Open();
        await store.CommitAsync(Given.Changes(Given.Invoice("i1"), Given.Invoice("i2")), Given.Token);

        Assert.Equal(facts, (await store.ListFactsAsync(Given.Tenant, new("i1"), null, 10, Given.Token)).Items);
        Assert.Equal(["done", "open", "last"], (await store.ListOperationsAsync(Given.Tenant, new("i1"), null, 10, Given.Token)).Items.Select(o => o.Id.Value));
        Assert.Equal(["open", "last"], (await store.LoadAsync(Given.Load("i1"), Given.Token)).OpenOperations.Select(o => o.Id.Value));
        Assert.Equal(["open"], (await store.LoadAsync(Given.Load("i2"), Given.Token)).OpenOperations.Select(o => o.Id.Value));
        await store.CommitAsync(Given.Changes(Given.Operation("open", OperationStatus.Failed, 2, "i1", "i2"), Given.Operation("new", OperationStatus.Unknown, 1, "i1")), Given.Token);
        Assert.Equal(["last", "new"], (await store.LoadAsync(Given.Load("i1", "i2"), Given.Token)).OpenOperations.Select(o => o.Id.Value));
        Assert.Equal(4L, temp.Run("SELECT max(position) FROM operation_invoice"));
        foreach (var sql in new[] { "UPDATE fact SET at = 0", "DELETE FROM fact", "REPLACE INTO fact SELECT * FROM fact" })
            Assert.Contains("Facts are never", Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => temp.Run(sql)).Message, StringComparison.Ordinal);

        static string Body<T>(T record, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
            System.Text.Json.JsonSerializer.Serialize(record, type).Replace("'", "''", StringComparison.Ordinal);
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

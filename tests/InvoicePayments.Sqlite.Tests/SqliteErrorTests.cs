using Microsoft.Data.Sqlite;

namespace InvoicePayments.Tests;

public sealed class SqliteErrorTests
{
    [Fact]
    public async Task WhenTheFileIsNoDatabase_TheErrorSaysSo_AndAGoodCopyHealsTheStore()
    {
        await using var temp = new TempStore();
        await using (var earlier = temp.Open()) await earlier.CommitAsync(Given.Changes(Given.Invoice()), Given.Token);
        var good = File.ReadAllBytes(temp.File);
        File.WriteAllBytes(temp.File, [.. "this is no database at all"u8, .. good[26..]]);
        var store = temp.Open();

        await Fails(store, PaymentStoreFailure.Corrupt, "damaged or is no SQLite database");

        File.WriteAllBytes(temp.File, good);
        await Works(store, Given.Invoice(version: 2));
    }

    [Fact]
    public async Task WhenTheFileIsTruncated_TheErrorSaysSo()
    {
        await using var temp = new TempStore();
        await using (var earlier = temp.Open()) await earlier.CommitAsync(Given.Changes(Given.Invoice()), Given.Token);
        var good = File.ReadAllBytes(temp.File);
        File.WriteAllBytes(temp.File, good[..6_000]);
        var store = temp.Open();

        await Fails(store, PaymentStoreFailure.Corrupt, "damaged");

        File.WriteAllBytes(temp.File, good);
        await Works(store, Given.Invoice(version: 2));
    }

    [Fact]
    public async Task WhenTheFolderIsMissing_TheErrorNamesIt_AndItMayBeMadeLater()
    {
        await using var temp = new TempStore();
        var folder = Path.Combine(Path.GetDirectoryName(temp.File)!, "later");
        var store = temp.Open(file: Path.Combine(folder, "p.db"));

        await Fails(store, PaymentStoreFailure.Unavailable, folder);

        Directory.CreateDirectory(folder);
        await Works(store, Given.Invoice());
    }

    [Fact]
    public async Task OpenedReadOnly_ItReadsAndRefusesToWrite()
    {
        await using var temp = new TempStore();
        await temp.Open().CommitAsync(Given.Changes(Given.Invoice()), Given.Token);
        var store = temp.Open(";Mode=ReadOnly");

        Assert.Single((await store.LoadAsync(Given.Load("inv_1"), Given.Token)).Invoices);
        var error = await Assert.ThrowsAsync<PaymentStoreException>(async () => await store.CommitAsync(Given.Changes(Given.Invoice("i2")), Given.Token));
        Assert.Equal(PaymentStoreFailure.ReadOnly, error.Failure);
    }

    [Fact]
    public async Task WhenWritingIsForbiddenAndThenAllowed_TheSameStoreGoesOn()
    {
        await using var temp = new TempStore();
        await temp.Open().CommitAsync(Given.Changes(Given.Invoice()), Given.Token);
        var forbidden = true;
        var store = temp.Open(opened: c => Run(c, forbidden ? "PRAGMA query_only = ON" : "PRAGMA user_version"));

        var error = await Assert.ThrowsAsync<PaymentStoreException>(async () => await store.CommitAsync(Given.Changes(Given.Invoice("i2")), Given.Token));

        Assert.Equal(PaymentStoreFailure.ReadOnly, error.Failure);
        forbidden = false;
        await Works(store, Given.Invoice("i2"));
    }

    [Fact]
    public async Task WhenTheDiskIsFull_NothingIsStored_AndRoomHealsTheStore()
    {
        await using var temp = new TempStore();
        await temp.Open().CommitAsync(Given.Changes(Given.Invoice()), Given.Token);
        var full = true;
        var store = temp.Open(opened: c => Run(c, full ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1000000"));
        var big = Given.Invoice("big") with { Details = new() { Description = new string('x', 100_000) } };

        var error = await Assert.ThrowsAsync<PaymentStoreException>(async () => await store.CommitAsync(Given.Changes(Given.Invoice("small"), big), Given.Token));

        Assert.Equal(PaymentStoreFailure.Full, error.Failure);
        Assert.Equal(1L, temp.Run("SELECT count(*) FROM invoice"));
        full = false;
        await Works(store, big);
    }

    [Fact]
    public async Task WhenAnotherProcessHoldsTheFile_TheErrorSaysBusy_AndReadingGoesOn()
    {
        await using var temp = new TempStore();
        var store = temp.Open($"Data Source={temp.File}", new() { BusyTimeout = TimeSpan.FromMilliseconds(100) });
        await store.CommitAsync(Given.Changes(Given.Invoice()), Given.Token);
        using (var other = temp.Raw())
        {
            Run(other, "BEGIN IMMEDIATE");
            var error = await Assert.ThrowsAsync<PaymentStoreException>(async () => await store.CommitAsync(Given.Changes(Given.Invoice("i2")), Given.Token));
            Assert.Equal(PaymentStoreFailure.Busy, error.Failure);
            Assert.Contains("busy timeout", error.Message, StringComparison.Ordinal);
            Assert.Single((await store.LoadAsync(Given.Load("inv_1"), Given.Token)).Invoices);
        }

        await Works(store, Given.Invoice("i2"));
    }

    [Fact]
    public async Task WhenTheCommitItselfFails_EveryCallerIsTold()
    {
        await using var temp = new TempStore();
        await temp.Open().CommitAsync(Given.Changes(Given.Invoice()), Given.Token);
        var failing = true;
        var store = temp.Open(opened: c => SQLitePCL.raw.sqlite3_commit_hook(c.Handle, _ => failing ? 1 : 0, null));

        var commits = Enumerable.Range(0, 10).Select(i => store.CommitAsync(Given.Changes(Given.Invoice("i" + i)), Given.Token).AsTask()).ToList();

        foreach (var commit in commits) await Assert.ThrowsAsync<PaymentStoreException>(() => commit);
        Assert.Equal(1L, temp.Run("SELECT count(*) FROM invoice"));
        failing = false;
        await Works(store, Given.Invoice("i1"));
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x;Mode=Memory")]
    [InlineData("Data Source=file:x?mode=memory")]
    public void ADatabaseInMemory_IsRefused(string connectionString) => Assert.Contains(
        "InvoicePayments.Testing", Assert.Throws<ArgumentException>(() => new SqlitePaymentStore(connectionString)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("Mode=ReadOnly")]
    [InlineData("Password=hunter2;Nonsense=1")]
    public void AConnectionStringWithoutAFile_IsRefused_AndNotRepeated(string connectionString) => Assert.DoesNotContain(
        "hunter2", Assert.ThrowsAny<ArgumentException>(() => new SqlitePaymentStore(connectionString)).ToString(), StringComparison.Ordinal);

    private static async Task Fails(SqlitePaymentStore store, PaymentStoreFailure failure, string message)
    {
        var reading = await Assert.ThrowsAsync<PaymentStoreException>(async () => await store.LoadAsync(Given.Load("inv_1"), Given.Token));
        var writing = await Assert.ThrowsAsync<PaymentStoreException>(async () => await store.CommitAsync(Given.Changes(Given.Invoice("x")), Given.Token));
        Assert.Equal((failure, failure), (reading.Failure, writing.Failure));
        Assert.Contains(message, reading.Message, StringComparison.Ordinal);
    }

    private static async Task Works(SqlitePaymentStore store, Invoice next)
    {
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(Given.Changes(next), Given.Token));
        Given.Same(next, (await store.LoadAsync(Given.Load(next.Id.Value), Given.Token)).Invoices.Single(), StoreJson.Default.Invoice);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteScalar();
    }
}

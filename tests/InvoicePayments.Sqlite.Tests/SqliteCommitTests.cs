namespace InvoicePayments.Tests;

public sealed class SqliteCommitTests
{
    [Theory]
    [InlineData(1, CommitResult.Conflict)]
    [InlineData(2, CommitResult.Committed)]
    [InlineData(3, CommitResult.Conflict)]
    [InlineData(0, CommitResult.Conflict)]
    public async Task OverVersionOne_OnlyVersionTwoIsStored(long version, CommitResult expected)
    {
        await using var temp = new TempStore();
        var store = temp.Open();
        await store.CommitAsync(Given.Changes(Given.Invoice()), Given.Token);
        await store.CommitAsync(new() { Tenant = Given.Tenant, Operations = [new(Given.Operation("op1"), null)], Payments = [Given.Payment("p")] }, Given.Token);

        Assert.Equal(expected, await store.CommitAsync(Given.Changes(Given.Invoice(version: version)), Given.Token));
        Assert.Equal(expected, await store.CommitAsync(Given.Changes(Given.Operation("op1", version: version)), Given.Token));
        Assert.Equal(expected, await store.CommitAsync(new() { Tenant = Given.Tenant, Payments = [Given.Payment("p", version)] }, Given.Token));
    }

    [Fact]
    public async Task OnAConflict_NothingOfTheChangeSetIsStored()
    {
        await using var temp = new TempStore();
        var store = temp.Open();
        InvoiceEvent fact = new InvoiceEvent.Paid { Tenant = Given.Tenant, Invoice = new("inv_1"), Sequence = 1, At = Given.Now };
        await store.CommitAsync(new() { Tenant = Given.Tenant, Facts = [fact] }, Given.Token);

        var result = await store.CommitAsync(
            new() { Tenant = Given.Tenant, Invoices = [Given.Invoice()], Operations = [new(Given.Operation("op1"), null)], Facts = [fact] }, Given.Token);

        Assert.Equal(CommitResult.Conflict, result);
        Assert.Equal(0L, temp.Run("SELECT (SELECT count(*) FROM invoice) + (SELECT count(*) FROM operation) + (SELECT count(*) FROM operation_invoice)"));
    }

    [Fact]
    public async Task ARowThatBreaksTheArithmetic_FailsAlone()
    {
        await using var temp = new TempStore();
        var store = temp.Open();
        var bad = Given.Invoice("bad", sums: new(9_000, 1_001, 0, 0, 0));
        var commits = Enumerable.Range(0, 20).Select(i => store.CommitAsync(Given.Changes(Given.Invoice("i" + i)), Given.Token).AsTask()).ToList();
        var failing = store.CommitAsync(Given.Changes(bad), Given.Token).AsTask();
        commits.AddRange(Enumerable.Range(20, 20).Select(i => store.CommitAsync(Given.Changes(Given.Invoice("i" + i)), Given.Token).AsTask()));

        await Assert.ThrowsAsync<PaymentStoreException>(() => failing);
        Assert.All(await Task.WhenAll(commits), r => Assert.Equal(CommitResult.Committed, r));
        Assert.Equal(40L, temp.Run("SELECT count(*) FROM invoice"));
    }

    [Fact]
    public async Task TwoStoresOnOneFile_LoseNoUpdate()
    {
        await using var temp = new TempStore();
        SqlitePaymentStore[] stores = [temp.Open(), temp.Open()];
        await stores[0].CommitAsync(Given.Changes(Given.Invoice(version: 1)), Given.Token);

        // 127 more commits over both stores, each loads again until it is first.
        await Task.WhenAll(Enumerable.Range(0, 127).Select(i => Task.Run(() => Add(stores[i % 2]), Given.Token)));

        var invoice = (await stores[0].LoadAsync(Given.Load("inv_1"), Given.Token)).Invoices.Single();
        Assert.Equal((128, 127), (invoice.Version, invoice.Sums.Received));
    }

    [Fact]
    public async Task FactsRefuseUpdateDeleteAndReplace()
    {
        await using var temp = new TempStore();
        var store = temp.Open();
        InvoiceEvent fact = new InvoiceEvent.Paid { Tenant = Given.Tenant, Invoice = new("inv_1"), Sequence = 1, At = Given.Now };
        await store.CommitAsync(new() { Tenant = Given.Tenant, Facts = [fact] }, Given.Token);

        foreach (var sql in new[] { "UPDATE fact SET at = 0", "DELETE FROM fact", "REPLACE INTO fact (tenant, invoice_id, sequence, at, body) SELECT tenant, invoice_id, sequence, 0, body FROM fact" })
        {
            Assert.Contains("Facts are never", Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => temp.Run(sql)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(Given.Now.UtcTicks, temp.Run("SELECT at FROM fact"));
    }

    [Fact]
    public async Task WhatIsWaiting_SharesATransaction()
    {
        await using var temp = new TempStore();
        var commits = 0;
        var store = temp.Open(opened: c => SQLitePCL.raw.sqlite3_commit_hook(c.Handle, _ => Interlocked.Increment(ref commits) * 0, null));
        await store.CommitAsync(Given.Changes(Given.Invoice("first")), Given.Token);
        commits = 0;

        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => store.CommitAsync(Given.Changes(Given.Invoice("i" + i)), Given.Token).AsTask()));

        Assert.InRange(commits, 1, 100);
    }

    [Fact]
    public async Task AfterDispose_CallsAreRefused_AndWhatWasAcceptedIsStored()
    {
        await using var temp = new TempStore();
        var store = temp.Open();
        var accepted = Enumerable.Range(0, 50).Select(i => store.CommitAsync(Given.Changes(Given.Invoice("i" + i)), Given.Token).AsTask()).ToList();

        await store.DisposeAsync();

        Assert.All(await Task.WhenAll(accepted), r => Assert.Equal(CommitResult.Committed, r));
        Assert.Equal(50L, temp.Run("SELECT count(*) FROM invoice"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.CommitAsync(Given.Changes(Given.Invoice()), Given.Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.LoadAsync(Given.Load("x"), Given.Token));
        store.Dispose();
    }

    [Fact]
    public async Task ACancelledCall_IsNotTakenUp()
    {
        await using var temp = new TempStore();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await temp.Open().CommitAsync(Given.Changes(Given.Invoice()), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task RowsOfAnotherTenant_AreRefused()
    {
        await using var temp = new TempStore();
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await temp.Open().CommitAsync(Given.Changes(Given.Invoice() with { Tenant = new("t2") }), Given.Token));
    }

    // Whoever meets a conflict has met somebody else's commit, and there are 126 of those.
    private static async Task Add(SqlitePaymentStore store)
    {
        for (var attempts = 1; attempts <= 127; attempts++)
        {
            var invoice = (await store.LoadAsync(Given.Load("inv_1"), Given.Token)).Invoices.Single();
            var next = invoice with { Version = invoice.Version + 1, Sums = invoice.Sums with { Received = invoice.Sums.Received + 1 } };
            if (await store.CommitAsync(Given.Changes(next), Given.Token) == CommitResult.Committed) return;
        }

        Assert.Fail("There were more conflicts than commits of others.");
    }
}

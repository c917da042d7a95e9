using Npgsql;

namespace InvoicePayments.Tests;

/// <summary>Everything that goes wrong around a database for a while.</summary>
public sealed class TroubleTests(TroubleServer trouble) : TroubleTest(trouble), IClassFixture<TroubleServer>
{
    private const int Invoices = 40;

    [Fact]
    public async Task WhileSessionsAreTerminatedAgainAndAgain_EveryCommitIsAnsweredAndStoredOnce()
    {
        var store = Open(Server.ConnectionString);
        await store.EnsureSchemaAsync(Given.Token);
        var terminated = 0L;
        var working = WorkAsync(store, () => Interlocked.Read(ref terminated) >= 20);
        while (terminated < 20 && !working.IsCompleted)
        {
            Interlocked.Add(ref terminated, (long)(await RunAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'InvoicePayments'"))!);
            await Task.Delay(50, Given.Token);
        }

        await AssertStoredOnceAsync(await working);
    }

    [Theory]
    [InlineData("QUIT")]
    [InlineData("INT")]
    public async Task WhenTheServerRestarts_CallsWaitForIt_AndNothingIsLostOrDoneTwice(string signal)
    {
        var store = Open(Server.ConnectionString, repeatFor: 30);
        await store.EnsureSchemaAsync(Given.Token);
        var restarted = false;
        var working = WorkAsync(store, () => Volatile.Read(ref restarted));
        await Task.Delay(300, Given.Token);
        await Server.StopAsync(signal);
        await Server.StartAsync();
        Volatile.Write(ref restarted, true);

        await AssertStoredOnceAsync(await working);
    }

    [Fact]
    public async Task ARowThatSomebodyHolds_FailsAlone_AsBusy()
    {
        var store = Open(Server.ConnectionString + ";Options=-c lock_timeout=200");
        await store.CommitAsync(Given.Changes(Given.Invoice("held"), Given.Invoice("free")), Given.Token);
        await using var other = new NpgsqlConnection(Server.ConnectionString + ";Pooling=false");
        await other.OpenAsync(Given.Token);
        await using var transaction = await other.BeginTransactionAsync(Given.Token);
        await using (var hold = new NpgsqlCommand($"SELECT 1 FROM {Schema}.invoice WHERE invoice_id = 'held' FOR UPDATE", other)) await hold.ExecuteNonQueryAsync(Given.Token);

        var held = store.CommitAsync(Given.Changes(Given.Invoice("held", 2)), Given.Token).AsTask();
        var others = Enumerable.Range(0, 30).Select(i => store.CommitAsync(Given.Changes(Given.Invoice("new" + i)), Given.Token).AsTask()).ToList();

        Assert.All(await Task.WhenAll(others), r => Assert.Equal(CommitResult.Committed, r));
        Assert.Equal(PaymentStoreFailure.Busy, (await Assert.ThrowsAsync<PaymentStoreException>(() => held)).Failure);
        await transaction.RollbackAsync(Given.Token);
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(Given.Changes(Given.Invoice("held", 2)), Given.Token));
    }

    [Fact]
    public async Task ADeadlock_IsDoneAgain_AndNobodyHearsOfIt()
    {
        var store = Open(Server.ConnectionString);
        await store.CommitAsync(Given.Changes(Given.Invoice("a"), Given.Invoice("b")), Given.Token);
        var before = await StatisticAsync("deadlocks");
        await using var other = new NpgsqlConnection(Server.ConnectionString + ";Pooling=false");
        await other.OpenAsync(Given.Token);
        await using var transaction = await other.BeginTransactionAsync(Given.Token);
        await HoldAsync(other, "b");

        // It has taken a and waits for b; whoever has b asks for a. The one that has waited longer is taken back.
        var commit = store.CommitAsync(Given.Changes(Given.Invoice("a", 2), Given.Invoice("b", 2)), Given.Token).AsTask();
        await UntilItWaitsAsync();
        await HoldAsync(other, "a");
        await transaction.RollbackAsync(Given.Token);

        Assert.Equal(CommitResult.Committed, await commit);
        Assert.Equal(2L, await RunAsync("SELECT count(*) FROM $S.invoice WHERE version = 2"));
        Assert.Equal(before + 1, await StatisticAsync("deadlocks"));
    }

    [Fact]
    public async Task ASerializationFailure_IsDoneAgain_AndNobodyHearsOfIt()
    {
        var store = Open(Server.ConnectionString + ";Options=-c default_transaction_isolation=repeatable\\ read");
        await store.CommitAsync(Given.Changes(Given.Invoice("a")), Given.Token);
        var before = await StatisticAsync("xact_rollback");
        await using var other = new NpgsqlConnection(Server.ConnectionString + ";Pooling=false");
        await other.OpenAsync(Given.Token);
        await using var transaction = await other.BeginTransactionAsync(Given.Token);
        await using (var touch = new NpgsqlCommand($"UPDATE {Schema}.invoice SET attempt = attempt WHERE invoice_id = 'a'", other)) await touch.ExecuteNonQueryAsync(Given.Token);

        var commit = store.CommitAsync(Given.Changes(Given.Invoice("a", 2)), Given.Token).AsTask();
        await UntilItWaitsAsync();
        await transaction.CommitAsync(Given.Token);

        Assert.Equal(CommitResult.Committed, await commit);
        Assert.Equal(2L, await RunAsync("SELECT version FROM $S.invoice"));
        await store.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        for (var tries = 0; await StatisticAsync("xact_rollback") == before; tries++)
        {
            Assert.InRange(tries, 0, 200);
            await Task.Delay(100, Given.Token);
        }
    }

    [Fact]
    public async Task AStatementThatTakesTooLong_IsBusy()
    {
        var store = Open(Server.ConnectionString + ";Options=-c statement_timeout=2000");
        await store.CommitAsync(Given.Changes(Given.Invoice("held")), Given.Token);
        await using var other = new NpgsqlConnection(Server.ConnectionString + ";Pooling=false");
        await other.OpenAsync(Given.Token);
        await using var transaction = await other.BeginTransactionAsync(Given.Token);
        await using (var hold = new NpgsqlCommand($"LOCK TABLE {Schema}.invoice IN ACCESS EXCLUSIVE MODE", other)) await hold.ExecuteNonQueryAsync(Given.Token);

        Assert.Equal(PaymentStoreFailure.Busy, (await Assert.ThrowsAsync<PaymentStoreException>(async () => await store.LoadAsync(Given.Load("held"), Given.Token))).Failure);
        Assert.Equal(PaymentStoreFailure.Busy, (await Assert.ThrowsAsync<PaymentStoreException>(async () => await store.CommitAsync(Given.Changes(Given.Invoice("held", 2)), Given.Token))).Failure);
    }

    [Fact]
    public async Task ADatabaseThatMayOnlyBeRead_IsReadAndRefusesCommits()
    {
        await Open(Server.ConnectionString).CommitAsync(Given.Changes(Given.Invoice()), Given.Token);
        var store = Open(Server.ConnectionString + ";Options=-c default_transaction_read_only=on", repeatFor: 0.3);

        Assert.Single((await store.LoadAsync(Given.Load("inv_1"), Given.Token)).Invoices);
        Assert.Equal(PaymentStoreFailure.ReadOnly, (await Assert.ThrowsAsync<PaymentStoreException>(async () => await store.CommitAsync(Given.Changes(Given.Invoice(version: 2)), Given.Token))).Failure);
        Assert.Equal(1L, await RunAsync("SELECT version FROM $S.invoice"));
    }

    [Fact]
    public async Task APoolWithoutAFreeConnection_IsBusy_AndWorksAgainWhenThereIsOne()
    {
        await using var source = NpgsqlDataSource.Create(Server.ConnectionString + ";Maximum Pool Size=1;Timeout=1");
        await using var store = new PostgreSqlPaymentStore(source, new() { Schema = Schema });
        await store.EnsureSchemaAsync(Given.Token);
        await using (await source.OpenConnectionAsync(Given.Token))
        {
            Assert.Equal(PaymentStoreFailure.Busy, (await Assert.ThrowsAsync<PaymentStoreException>(async () => await store.LoadAsync(Given.Load("x"), Given.Token))).Failure);
            Assert.Equal(PaymentStoreFailure.Busy, (await Assert.ThrowsAsync<PaymentStoreException>(async () => await store.CommitAsync(Given.Changes(Given.Invoice()), Given.Token))).Failure);
        }

        // The one connection does for everybody in turn: no lane keeps it when nothing waits.
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => store.CommitAsync(Given.Changes(Given.Invoice("i" + i)), Given.Token).AsTask()));
        Assert.Equal(50, (await store.LoadAsync(Given.Load([.. Enumerable.Range(0, 50).Select(i => "i" + i)]), Given.Token)).Invoices.Count);
    }

    [Fact]
    public async Task AServerWithoutRoomForAnotherSession_IsBusy()
    {
        await RunAsync("DROP ROLE IF EXISTS few; CREATE ROLE few LOGIN SUPERUSER CONNECTION LIMIT 0");
        await RunAsync("ALTER ROLE few NOSUPERUSER");
        var store = Open(Server.ConnectionString.Replace("tester", "few", StringComparison.Ordinal), repeatFor: 0.3);
        Assert.Equal(PaymentStoreFailure.Busy, (await Assert.ThrowsAsync<PaymentStoreException>(async () => await store.LoadAsync(Given.Load("x"), Given.Token))).Failure);
    }

    private async Task HoldAsync(NpgsqlConnection other, string invoice)
    {
        await using var hold = new NpgsqlCommand($"SELECT 1 FROM {Schema}.invoice WHERE invoice_id = '{invoice}' FOR UPDATE", other);
        await hold.ExecuteNonQueryAsync(Given.Token);
    }

    private async Task UntilItWaitsAsync()
    {
        const string waiting = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'InvoicePayments' AND wait_event_type = 'Lock'";
        while ((long)(await RunAsync(waiting))! == 0) await Task.Delay(20, Given.Token);
    }

    private async Task<long> StatisticAsync(string name) => (long)(await RunAsync($"SELECT {name} FROM pg_stat_database WHERE datname = current_database()"))!;

    // Each worker moves its own invoice on, version by version, until the trouble is over and a little longer; a crowd of them fills the batches.
    private static async Task<int[]> WorkAsync(PostgreSqlPaymentStore store, Func<bool> isOver) => await Task.WhenAll(Enumerable.Range(0, Invoices).Select(async number =>
    {
        var version = 0;
        for (var left = 5; left > 0; left -= isOver() ? 1 : 0)
            Assert.Equal(CommitResult.Committed, await store.CommitAsync(Paid(number, ++version), Given.Token));
        return version;
    }));

    private async Task AssertStoredOnceAsync(int[] versions)
    {
        Assert.Equal((long)versions.Sum(), await RunAsync("SELECT count(*) FROM $S.fact"));
        Assert.Equal(Invoices, await RunAsync("SELECT count(*)::int FROM $S.invoice WHERE received = version AND fact_count = 0"));
        Assert.Equal(versions.Order(), ((long[])(await RunAsync("SELECT array_agg(version ORDER BY version) FROM $S.invoice"))!).Select(v => (int)v));
    }
}

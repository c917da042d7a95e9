namespace InvoicePayments.Tests;

/// <summary>The connection ends in the middle of a commit: what became of it is found out, never assumed.</summary>
public sealed class LostAnswerTests(TroubleServer trouble) : TroubleTest(trouble), IClassFixture<TroubleServer>
{
    [Theory]
    [InlineData(NextRequest.IsLost)]
    [InlineData(NextRequest.LosesItsAnswer)]
    public async Task WhereverACommitsConnectionIsCut_ItIsStoredOnce_AndAnsweredAsStored(NextRequest what)
    {
        await using var proxy = new TcpProxy(Server.Port);
        var store = Open(proxy.ConnectionString);
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(Paid(1), Given.Token));

        proxy.Next("op_1_2", what);
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(Paid(1, 2), Given.Token));

        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(2L, await RunAsync("SELECT count(*) FROM $S.fact"));
        Assert.Equal(2L, await RunAsync("SELECT version FROM $S.invoice"));
    }

    [Fact]
    public async Task WhenTheLostCommitHadNoChance_ItIsAConflictAllTheSame()
    {
        await using var proxy = new TcpProxy(Server.Port);
        var (store, other) = (Open(proxy.ConnectionString), Open(Server.ConnectionString));
        await store.CommitAsync(Paid(1), Given.Token);
        await other.CommitAsync(Paid(1, 2), Given.Token);

        // The same row, the same version, the same fact by number: everything but the one who wrote it.
        proxy.Next("op_1_2", NextRequest.LosesItsAnswer);
        Assert.Equal(CommitResult.Conflict, await store.CommitAsync(Paid(1, 2), Given.Token));

        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(2L, await RunAsync("SELECT count(*) FROM $S.fact"));
    }

    [Fact]
    public async Task WhenOthersHaveGoneOnMeanwhile_ItsFactsStillProveIt()
    {
        await using var proxy = new TcpProxy(Server.Port);
        var (store, other) = (Open(proxy.ConnectionString), Open(Server.ConnectionString));
        await store.CommitAsync(Paid(1), Given.Token);
        await RunAsync("CREATE FUNCTION $S.slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END $$");
        await RunAsync("CREATE CONSTRAINT TRIGGER slowly AFTER INSERT ON $S.operation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.operation_id = 'op_1_2') EXECUTE FUNCTION $S.slowly()");

        // The commit is under way in the server when its connection is cut; as soon as it is through, another host builds on it.
        proxy.Next("op_1_2", NextRequest.IsNeverAnswered);
        var lost = store.CommitAsync(Paid(1, 2), Given.Token).AsTask();
        await Task.Delay(100, Given.Token);
        proxy.CutAll();
        while (await other.CommitAsync(Paid(1, 3), Given.Token) == CommitResult.Conflict) await Task.Delay(5, Given.Token);

        Assert.Equal(CommitResult.Committed, await lost);
        Assert.Equal(3L, await RunAsync("SELECT count(*) FROM $S.fact"));
    }

    [Fact]
    public async Task WithoutFacts_AndOthersGoneOn_ItSaysThatItDoesNotKnow()
    {
        await using var proxy = new TcpProxy(Server.Port);
        var (store, other) = (Open(proxy.ConnectionString), Open(Server.ConnectionString));
        await store.CommitAsync(Given.Changes(Given.Invoice("inv_9")), Given.Token);
        await using var blocker = new Npgsql.NpgsqlConnection(Server.ConnectionString + ";Pooling=false");
        await blocker.OpenAsync(Given.Token);

        // While nobody can read, the lost commit and another go through one after the other.
        proxy.Next("unmistakable", NextRequest.LosesItsAnswer);
        var second = Given.Changes(Given.Invoice("inv_9", 2) with { PaidAt = Given.Now, Details = new() { Description = "unmistakable" } });
        var lost = store.CommitAsync(second, Given.Token).AsTask();
        while (proxy.Cuts == 0) await Task.Delay(1, Given.Token);
        var third = await other.CommitAsync(Given.Changes(Given.Invoice("inv_9", 3)), Given.Token);
        if (third == CommitResult.Conflict) third = await other.CommitAsync(Given.Changes(Given.Invoice("inv_9", 3)), Given.Token);

        // Whoever was faster: it is never called a conflict when it was stored.
        Assert.Equal(CommitResult.Committed, third);
        var answer = await Record.ExceptionAsync(async () => Assert.Equal(CommitResult.Committed, await lost));
        if (answer is not null) Assert.Contains("Load again", Assert.IsType<PaymentStoreException>(answer).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhenTheDatabaseStaysAway_TheCallEndsInTime_AndSaysSo()
    {
        await using var proxy = new TcpProxy(Server.Port);
        var store = Open(proxy.ConnectionString, repeatFor: 0.5);
        await store.CommitAsync(Paid(1), Given.Token);
        await proxy.DisposeAsync();

        var failed = await Assert.ThrowsAsync<PaymentStoreException>(async () => await store.CommitAsync(Paid(1, 2), Given.Token));
        Assert.Equal(PaymentStoreFailure.Unavailable, failed.Failure);
        failed = await Assert.ThrowsAsync<PaymentStoreException>(async () => await store.LoadAsync(Given.Load("inv_1"), Given.Token));
        Assert.Equal(PaymentStoreFailure.Unavailable, failed.Failure);
        Assert.DoesNotContain("tester", failed.Message, StringComparison.Ordinal);
    }
}

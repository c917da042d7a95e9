using System.Diagnostics.Metrics;

namespace InvoicePayments.Tests;

[CollectionDefinition(nameof(BatchTests), DisableParallelization = true)]
[Collection(nameof(BatchTests))]
public sealed class BatchTests
{
    [Fact]
    public async Task WhatIsWaiting_SharesARoundTrip_AndALoneCallTakesOne()
    {
        await using var temp = await PgStore.NewAsync();
        var store = temp.Open();
        await store.CommitAsync(Given.Changes(Given.Invoice("first")), Given.Token);

        Assert.Equal(1, await RoundTripsAsync(() => store.CommitAsync(Given.Changes(Given.Invoice("alone")), Given.Token).AsTask()));
        Assert.Equal(1, await RoundTripsAsync(() => store.LoadAsync(Given.LoadOperations("nobody") with { Invoices = [new("first")], DefaultPaymentMethod = true }, Given.Token).AsTask()));
        Assert.Equal(1, await RoundTripsAsync(() => store.CommitAsync(Given.Changes(Given.Operation("paid", OperationStatus.Succeeded, 1, "first")), Given.Token).AsTask()));
        Assert.Equal(1, await RoundTripsAsync(async () => Assert.Single((await store.LoadAsync(Given.LoadOperations("paid") with { Invoices = [new("first")] }, Given.Token)).Operations)));
        Assert.InRange(await RoundTripsAsync(() => Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => store.CommitAsync(Given.Changes(Given.Invoice("i" + i)), Given.Token).AsTask()))), 4, 40);
        Assert.InRange(await RoundTripsAsync(() => Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => store.LoadAsync(Given.Load("i" + i), Given.Token).AsTask()))), 4, 40);
    }

    [Theory]
    [InlineData(1, CommitResult.Conflict)]
    [InlineData(2, CommitResult.Committed)]
    [InlineData(3, CommitResult.Conflict)]
    [InlineData(0, CommitResult.Conflict)]
    public async Task OverVersionOne_OnlyVersionTwoIsStored(long version, CommitResult expected)
    {
        await using var temp = await PgStore.NewAsync();
        var store = temp.Open();
        await store.CommitAsync(
            new() { Tenant = Given.Tenant, Invoices = [Given.Invoice()], Operations = [new(Given.Operation("op1"), null)], Payments = [Given.Payment("p")] }, Given.Token);

        Assert.Equal(expected, await store.CommitAsync(Given.Changes(Given.Invoice(version: version)), Given.Token));
        Assert.Equal(expected, await store.CommitAsync(Given.Changes(Given.Operation("op1", version: version)), Given.Token));
        Assert.Equal(expected, await store.CommitAsync(new() { Tenant = Given.Tenant, Payments = [Given.Payment("p", version)] }, Given.Token));
    }

    [Fact]
    public async Task RowsThatBreakTheRules_AndConflicts_FailAlone_AmongHundreds()
    {
        await using var temp = await PgStore.NewAsync();
        var store = temp.Open();
        await store.CommitAsync(Given.Changes([.. Enumerable.Range(0, 10).Select(i => Given.Invoice("old" + i))]), Given.Token);

        // Everything arrives at once: 300 good ones, 3 that break the arithmetic, 10 that are stale, and 10 pairs that compete for one row.
        Func<ChangeSet>[] bad = [() => Given.Changes(Given.Invoice("bad1", sums: new(9_000, 1_001, 0, 0, 0))), () => Given.Changes(Given.Invoice("bad2", sums: new(-1, 0, 0, 0, 0))), () => Given.Changes(Given.Invoice("bad3", sums: new(0, 0, 0, 1, 0)))];
        var calls = new List<(string Kind, Task<CommitResult> Call)>();
        for (var i = 0; i < 300; i++)
        {
            calls.Add(("good", store.CommitAsync(Given.Changes(Given.Invoice("i" + i)), Given.Token).AsTask()));
            if (i % 100 == 50) calls.Add(("bad", store.CommitAsync(bad[i / 100](), Given.Token).AsTask()));
            if (i % 30 == 15) calls.Add(("stale", store.CommitAsync(Given.Changes(Given.Invoice("old" + i / 30)), Given.Token).AsTask()));
            if (i % 30 == 20)
                for (var n = 0; n < 2; n++) calls.Add(("pair" + i, store.CommitAsync(Given.Changes(Given.Invoice("old" + i / 30, 2)), Given.Token).AsTask()));
        }

        foreach (var (kind, call) in calls)
        {
            if (kind == "bad") await Assert.ThrowsAsync<PaymentStoreException>(() => call);
            else if (kind == "good") Assert.Equal(CommitResult.Committed, await call);
            else if (kind == "stale") Assert.Equal(CommitResult.Conflict, await call);
        }

        foreach (var pair in calls.Where(c => c.Kind.StartsWith("pair", StringComparison.Ordinal)).GroupBy(c => c.Kind))
            Assert.Single(await Task.WhenAll(pair.Select(c => c.Call)), r => r == CommitResult.Committed);
        Assert.Equal(310L, await temp.RunAsync("SELECT count(*) FROM $S.invoice"));
        Assert.Equal(10L, await temp.RunAsync("SELECT count(*) FROM $S.invoice WHERE version = 2"));
    }

    [Fact]
    public async Task HostsThatCompeteForManyRowsInEveryOrder_NeitherStandStillNorLoseAnUpdate()
    {
        await using var temp = await PgStore.NewAsync();
        PostgreSqlPaymentStore[] stores = [temp.Open(), temp.Open(), temp.Open()];
        await stores[0].CommitAsync(Given.Changes([.. Enumerable.Range(0, 8).Select(i => Given.Invoice("i" + i))]), Given.Token);

        // Each adds one to three invoices at once, in whatever order it names them.
        await Task.WhenAll(Enumerable.Range(0, 60).Select(n => Task.Run(async () =>
        {
            string[] ids = [.. Enumerable.Range(0, 3).Select(i => "i" + (n * 5 + i * (n % 2 == 0 ? 3 : 5)) % 8)];
            while (true)
            {
                var state = await stores[n % 3].LoadAsync(Given.Load(ids), Given.Token);
                var next = ids.Select(id => state.Find(new InvoiceId(id))!).Select(i => i with { Version = i.Version + 1, Sums = i.Sums with { Received = i.Sums.Received + 1 } });
                if (await stores[n % 3].CommitAsync(Given.Changes([.. next]), Given.Token) == CommitResult.Committed) return;
            }
        })));

        Assert.Equal(180m, await temp.RunAsync("SELECT sum(received) FROM $S.invoice"));
        Assert.Equal(188m, await temp.RunAsync("SELECT sum(version) FROM $S.invoice"));
    }

    [Fact]
    public async Task AfterDispose_CallsAreRefused_AndWhatWasAcceptedIsStored()
    {
        await using var temp = await PgStore.NewAsync();
        var store = temp.Open();
        var accepted = Enumerable.Range(0, 50).Select(i => store.CommitAsync(Given.Changes(Given.Invoice("i" + i)), Given.Token).AsTask()).ToList();

        await store.DisposeAsync();

        Assert.All(await Task.WhenAll(accepted), r => Assert.Equal(CommitResult.Committed, r));
        Assert.Equal(50L, await temp.RunAsync("SELECT count(*) FROM $S.invoice"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.CommitAsync(Given.Changes(Given.Invoice()), Given.Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.LoadAsync(Given.Load("x"), Given.Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.ListDueAsync(Given.Now, 1, Given.Token));
        store.Dispose();
    }

    [Fact]
    public async Task ADamagedRow_FailsOnlyThoseWhoNeedIt()
    {
        await using var temp = await PgStore.NewAsync();
        var store = temp.Open();
        await store.CommitAsync(Given.Changes([.. Enumerable.Range(0, 50).Select(i => Given.Invoice("i" + i))]), Given.Token);
        await temp.RunAsync("UPDATE $S.invoice SET body = '{\"tok_secret\":' WHERE invoice_id = 'i7'");

        var loads = Enumerable.Range(0, 50).Select(i => store.LoadAsync(Given.Load("i" + i), Given.Token).AsTask()).ToList();

        var failed = await Assert.ThrowsAsync<PaymentStoreException>(() => loads[7]);
        Assert.Equal(PaymentStoreFailure.Corrupt, failed.Failure);
        Assert.DoesNotContain("tok_secret", failed.ToString(), StringComparison.Ordinal);
        loads.RemoveAt(7);
        Assert.All(await Task.WhenAll(loads), state => Assert.Single(state.Invoices));
    }

    private static async Task<long> RoundTripsAsync(Func<Task> act)
    {
        var trips = 0L;
        using var listener = new MeterListener { InstrumentPublished = (i, l) => { if (i.Name == "invoice_payments.postgresql.round_trips") l.EnableMeasurementEvents(i); } };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref trips, value));
        listener.Start();
        await act();
        return Interlocked.Read(ref trips);
    }
}

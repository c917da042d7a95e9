using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace InvoicePayments.Tests;

[CollectionDefinition(nameof(SqliteLoadTests), DisableParallelization = true)]
[Collection(nameof(SqliteLoadTests))]
public sealed class SqliteLoadTests
{
    [Fact]
    public async Task WithTenThousandFinishedOperations_ALoadReadsNoMoreThanWithNone()
    {
        await using var temp = new TempStore();
        var store = temp.Open();
        await store.CommitAsync(Given.Changes(Given.Invoice("old"), Given.Invoice("new") with { Account = new("acc_2") }), Given.Token);
        for (var i = 0; i < 10; i++)
        {
            var batch = Enumerable.Range(i * 1_000, 1_000).Select(n => Given.Operation("op" + n, OperationStatus.Succeeded, 1, "old"));
            await store.CommitAsync(Given.Changes([.. batch]), Given.Token);
        }

        await store.CommitAsync(Given.Changes(Given.Operation("a", OperationStatus.Unknown, 1, "old"), Given.Operation("b", OperationStatus.Unknown, 1, "new")), Given.Token);
        Assert.Equal(10_003L, temp.Run("SELECT count(*) + 1 FROM operation_invoice"));

        var (many, none) = (await Cost(store, "old"), await Cost(store, "new"));

        Assert.Equal(none, many);
        Assert.Equal(2, many.Rows);
    }

    [Fact]
    public async Task EveryStatementOfALoad_FindsItsRowsByAnIndex()
    {
        await using var temp = new TempStore();
        await temp.Open().LoadAsync(Given.Load("x"), Given.Token);
        using var connection = temp.Raw();

        foreach (var sql in Constants(typeof(Sql.Load)).Concat(Constants(typeof(Sql.List))))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + sql;
            foreach (var name in Regex.Matches(sql, @"\$\w+").Select(m => m.Value).Distinct()) command.Parameters.AddWithValue(name, DBNull.Value);
            using var reader = command.ExecuteReader();
            var plan = new List<string>();
            while (reader.Read()) plan.Add(reader.GetString(3));
            Assert.All(plan.Where(p => !p.StartsWith("USE TEMP B-TREE", StringComparison.Ordinal)), p => Assert.Matches("^SEARCH .* USING .*(INDEX|PRIMARY KEY)", p));
        }
    }

    [Fact]
    public async Task WhatWasReadOrWritten_IsNotReadAgain_UntilSomebodyElseWrites()
    {
        await using var temp = new TempStore();
        var (store, other) = (temp.Open(), temp.Open());
        await store.CommitAsync(Given.Changes(Given.Invoice()), Given.Token);
        await store.LoadAsync(Given.Load("inv_1"), Given.Token);
        await store.CommitAsync(Given.Changes((await Loaded(store)) with { Version = 2, AttemptCount = 2 }), Given.Token);

        Assert.Equal(0, (await Cost(store, "inv_1")).Rows);
        Assert.Equal(2, (await Loaded(store)).AttemptCount);

        await other.CommitAsync(Given.Changes((await Loaded(other)) with { Version = 3, AttemptCount = 3 }), Given.Token);
        await other.CommitAsync(Given.Changes(Given.Operation("op1", OperationStatus.Unknown)), Given.Token);
        await other.CommitAsync(new() { Tenant = Given.Tenant, Credits = [new() { Tenant = Given.Tenant, Account = new("acc_1"), Currency = Currency.EUR, Added = 5, Version = 1 }] }, Given.Token);

        var state = await store.LoadAsync(Given.Load("inv_1"), Given.Token);
        Assert.Equal(3, state.Invoices.Single().AttemptCount);
        Assert.Equal("op1", state.OpenOperations.Single().Id.Value);
        Assert.Equal(5, state.Credits.Single().Added);

        await store.CommitAsync(Given.Changes(Given.Operation("op1", OperationStatus.Failed, 2)), Given.Token);
        Assert.Empty((await store.LoadAsync(Given.Load("inv_1"), Given.Token)).OpenOperations);
        await store.CommitAsync(Given.Changes(Given.Operation("op2", OperationStatus.Unknown)), Given.Token);
        Assert.Equal("op2", (await store.LoadAsync(Given.Load("inv_1"), Given.Token)).OpenOperations.Single().Id.Value);

        static async Task<Invoice> Loaded(SqlitePaymentStore from) => (await from.LoadAsync(Given.Load("inv_1"), Given.Token)).Invoices.Single();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ACreditOrAKeptOutcome_IsSeenOnceItIsStored_ThoughThereWasNoneWhenItWasLookedFor(bool bySomebodyElse)
    {
        await using var temp = new TempStore();
        var store = temp.Open();
        var writer = bySomebodyElse ? temp.Open() : store;
        await store.CommitAsync(Given.Changes(Given.Invoice()), Given.Token);
        var credit = new AccountCredit { Tenant = Given.Tenant, Account = new("acc_1"), Currency = Currency.EUR, Added = 5, Version = 1 };
        Assert.Empty((await store.LoadAsync(Given.Load("inv_1"), Given.Token)).Credits);
        Assert.Empty((await store.LoadAsync(Given.LoadOperations("op1"), Given.Token)).Parked);

        await writer.CommitAsync(new() { Tenant = Given.Tenant, Parked = [Given.Parked("op1", new GatewayOutcome.Canceled())] }, Given.Token);
        Assert.Single((await store.LoadAsync(Given.LoadOperations("op1"), Given.Token)).Parked);

        foreach (var version in new[] { 1, 2 })
        {
            await writer.CommitAsync(new() { Tenant = Given.Tenant, Credits = [credit with { Added = 5 * version, Version = version }] }, Given.Token);
            Assert.Equal(5 * version, (await store.LoadAsync(Given.Load("inv_1"), Given.Token)).Credits.Single().Added);
        }
    }

    [Fact]
    public async Task WhatTheHostChangesAfterwards_ChangesNothingThatIsLoaded()
    {
        await using var temp = new TempStore();
        var store = temp.Open();
        await store.CommitAsync(Given.Changes(Given.Invoice()), Given.Token);
        var loaded = (await store.LoadAsync(Given.Load("inv_1"), Given.Token)).Invoices.Single();
        var metadata = new Dictionary<string, string> { ["a"] = "b" };
        await store.CommitAsync(Given.Changes(loaded with { Version = 2, Details = new() { Metadata = metadata } }), Given.Token);

        metadata["a"] = "changed";

        Assert.Equal("b", (await store.LoadAsync(Given.Load("inv_1"), Given.Token)).Invoices.Single().Details.Metadata["a"]);
    }

    [Fact]
    public async Task AnOperation_BringsItsPaymentItsInvoicesAndTheirOpenOperations()
    {
        await using var temp = new TempStore();
        var store = temp.Open();
        await store.CommitAsync(
            new()
            {
                Tenant = Given.Tenant, Invoices = [Given.Invoice("i1"), Given.Invoice("i2"), Given.Invoice("i3")],
                Operations = [new(Given.Operation("op1", OperationStatus.Succeeded, 1, "i1", "i2"), null), new(Given.Operation("op2", OperationStatus.Unknown, 1, "i2", "i1"), null), new(Given.Operation("op3", OperationStatus.Pending, 1, "i3"), null)],
                Payments = [Given.Payment("payop1", 1, "i1", "i2"), Given.Payment("other", 1, "i3")],
            },
            Given.Token);

        var state = await store.LoadAsync(Given.LoadOperations("op1", "nobody"), Given.Token);
        Assert.Equal(["i1", "i2"], state.Invoices.Select(i => i.Id.Value));
        Assert.Equal(["op2"], state.OpenOperations.Select(o => o.Id.Value));
        Assert.Equal(["payop1"], state.Payments.Select(p => p.Id.Value));

        var byPayment = await store.LoadAsync(new() { Tenant = Given.Tenant, Payment = new("other") }, Given.Token);
        Assert.Equal(["i3"], byPayment.Invoices.Select(i => i.Id.Value));
        Assert.Equal(["op3"], byPayment.OpenOperations.Select(o => o.Id.Value));

        await store.CommitAsync(Given.Changes(Given.Operation("op2", OperationStatus.Failed, 2, "i2", "i1")), Given.Token);
        Assert.Empty((await store.LoadAsync(Given.LoadOperations("op1"), Given.Token)).OpenOperations);
        Assert.Empty((await store.LoadAsync(Given.LoadOperations("op1") with { Tenant = new("t2") }, Given.Token)).Operations);
    }

    [Fact]
    public async Task TheDefaultMethod_IsTheInvoicesBeforeTheAccounts()
    {
        await using var temp = new TempStore();
        var store = temp.Open();
        foreach (var method in new[] { Given.Method("m1", true), Given.Method("m2", true), Given.Method("m3") }) await store.SaveAsync(method, Given.Token);
        await store.CommitAsync(Given.Changes(Given.Invoice("plain"), Given.Invoice("own") with { Details = new() { DefaultPaymentMethod = new("m3") } }), Given.Token);

        async Task<StoredPaymentMethod?> Load(LoadRequest r) => (await store.LoadAsync(r, Given.Token)).PaymentMethod;

        Assert.Equal(Given.Method("m2", true), await Load(Given.Load("plain") with { DefaultPaymentMethod = true }));
        Assert.Equal(Given.Method("m3"), await Load(Given.Load("own") with { DefaultPaymentMethod = true }));
        Assert.Equal(Given.Method("m1"), await Load(Given.Load() with { PaymentMethod = new("m1") }));
        Assert.Null(await Load(Given.Load("plain")));
        Assert.Equal(CommitResult.Conflict, await store.SaveAsync(Given.Method("m1", account: "acc_2"), Given.Token));
    }

    [Fact]
    public async Task Lists_ArePaged_AndDueWorkIsLongestOverdueFirst()
    {
        await using var temp = new TempStore();
        var store = temp.Open();
        await store.CommitAsync(Given.Changes([.. Enumerable.Range(1, 5).Select(i => Given.Operation("op" + i) with { NextCheckAt = i == 5 ? null : Given.Now.AddTicks(-i) })]), Given.Token);

        var first = await store.ListOperationsAsync(Given.Tenant, new("inv_1"), null, 3, Given.Token);
        var last = await store.ListOperationsAsync(Given.Tenant, new("inv_1"), first.Next, 2, Given.Token);

        Assert.Equal(["op1", "op2", "op3"], first.Items.Select(o => o.Id.Value));
        Assert.Equal(["op4", "op5"], last.Items.Select(o => o.Id.Value));
        Assert.Null(last.Next);
        Assert.Equal(["op4", "op3"], (await store.ListDueAsync(Given.Now.AddTicks(-2), 2, Given.Token)).Select(a => a.Operation.Value));
        Assert.Equal(3, (await store.ListDueAsync(Given.Now.AddTicks(-2), 1_000, Given.Token)).Count);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.ListDueAsync(Given.Now, 0, Given.Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.ListParkedAsync(Given.Tenant, 1_001, Given.Token));
    }

    private static async Task<(long Rows, long Statements)> Cost(SqlitePaymentStore store, string invoice)
    {
        var (rows, statements) = (0L, 0L);
        using var listener = new MeterListener { InstrumentPublished = (i, l) => { if (i.Meter.Name == "InvoicePayments.Sqlite") l.EnableMeasurementEvents(i); } };
        listener.SetMeasurementEventCallback<long>((i, value, _, _) =>
        {
            if (i.Name == "invoice_payments.sqlite.rows_read") rows += value;
            if (i.Name == "invoice_payments.sqlite.statements") statements += value;
        });
        listener.Start();
        await store.LoadAsync(Given.Load(invoice), Given.Token);
        return (rows, statements);
    }

    private static IEnumerable<string> Constants(Type group) =>
        group.GetFields(BindingFlags.Static | BindingFlags.NonPublic).Select(f => (string)f.GetRawConstantValue()!);
}

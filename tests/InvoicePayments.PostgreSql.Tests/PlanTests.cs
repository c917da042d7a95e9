using System.Diagnostics.Metrics;

namespace InvoicePayments.Tests;

/// <summary>The cost of a call does not grow, and no plan reads a table from end to end.</summary>
[Collection(nameof(BatchTests))]
public sealed class PlanTests
{
    [Fact]
    public async Task WithTenThousandFinishedOperations_ALoadReadsNoMoreThanWithNone()
    {
        await using var temp = await PgStore.NewAsync();
        var store = temp.Open();
        await store.CommitAsync(Given.Changes(Given.Invoice("old"), Given.Invoice("new")), Given.Token);
        for (var i = 0; i < 10; i++)
        {
            var batch = Enumerable.Range(i * 1_000, 1_000).Select(n => Given.Operation("op" + n, OperationStatus.Succeeded, 1, "old"));
            await store.CommitAsync(Given.Changes([.. batch]), Given.Token);
        }

        await store.CommitAsync(Given.Changes(Given.Operation("a", OperationStatus.Unknown, 1, "old"), Given.Operation("b", OperationStatus.Unknown, 1, "new")), Given.Token);
        Assert.Equal(10_002L, await temp.RunAsync("SELECT count(*) FROM $S.operation_invoice"));

        Assert.Equal(2, await RowsAsync(store, "old"));
        Assert.Equal(2, await RowsAsync(store, "new"));
    }

    [Fact]
    public async Task PlansThatWereMadeOnEmptyTables_StillFindRowsByKey_WhenTheTablesHaveGrown()
    {
        await using var temp = await PgStore.NewAsync();
        var store = temp.Open(new() { Lanes = 1 });
        await temp.RunAsync("VACUUM ANALYZE $S.invoice, $S.operation, $S.operation_invoice, $S.open_operation, $S.payment, $S.fact, $S.outbox");

        // Often enough that the server settles for one plan, while there is next to nothing.
        for (var i = 1; i <= 20; i++) await StepAsync(store, i);
        for (var i = 0; i < 10; i++) await store.CommitAsync(Given.Changes([.. Enumerable.Range(i * 1_000, 1_000).Select(n => Given.Invoice("many" + n))]), Given.Token);
        var before = await ScannedAsync(temp);
        for (var i = 21; i <= 40; i++) await StepAsync(store, i);

        Assert.Equal(before, await ScannedAsync(temp));
        Assert.True((long)(await temp.RunAsync("SELECT sum(idx_scan)::bigint FROM pg_stat_user_tables WHERE schemaname = '$S'"))! > 100);
    }

    private static async Task StepAsync(PostgreSqlPaymentStore store, int version)
    {
        var state = await store.LoadAsync(Given.LoadOperations("op" + version) with { Invoices = [new("inv_1")], DefaultPaymentMethod = true }, Given.Token);
        Assert.Equal(version - 1, state.Invoices.Count == 0 ? 0 : state.Invoices[0].Version);
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(
            new()
            {
                Tenant = Given.Tenant, Invoices = [Given.Invoice(version: version)], Operations = [new(Given.Operation("op" + version, OperationStatus.Succeeded), null)],
                Payments = [Given.Payment("payop1", version)], Facts = [new InvoiceEvent.Paid { Tenant = Given.Tenant, Invoice = new("inv_1"), Sequence = version, At = Given.Now }],
            },
            Given.Token));
    }

    // What the server counts is told with a delay; a session of its own forces the others' last figures out.
    private static async Task<object?> ScannedAsync(PgStore temp)
    {
        await Task.Delay(1_500, Given.Token);
        return await temp.RunAsync("SELECT sum(seq_tup_read)::bigint FROM pg_stat_user_tables WHERE schemaname = '$S' AND relname <> 'schema_version'");
    }

    private static async Task<long> RowsAsync(PostgreSqlPaymentStore store, string invoice)
    {
        var rows = 0L;
        using var listener = new MeterListener { InstrumentPublished = (i, l) => { if (i.Name == "invoice_payments.postgresql.rows_read") l.EnableMeasurementEvents(i); } };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref rows, value));
        listener.Start();
        await store.LoadAsync(Given.Load(invoice), Given.Token);
        return Interlocked.Read(ref rows);
    }
}

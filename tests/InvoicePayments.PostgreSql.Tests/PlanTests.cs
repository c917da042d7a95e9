using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;

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
    public async Task PlansThatAreMadeOnSmallTablesAndKept_FindRowsByKey()
    {
        await using var temp = await PgStore.FreshAsync();
        await temp.Open().CommitAsync(
            new()
            {
                Tenant = Given.Tenant, Invoices = [Given.Invoice()], Operations = [new(Given.Operation("op1"), null)], Payments = [Given.Payment("p", 1, "inv_1")],
                Facts = [new InvoiceEvent.Paid { Tenant = Given.Tenant, Invoice = new("inv_1"), Sequence = 1, At = Given.Now }],
            },
            Given.Token);

        // One page each, which the planner would rather read whole.
        await temp.RunAsync("VACUUM ANALYZE $S.invoice, $S.operation, $S.operation_invoice, $S.open_operation, $S.payment, $S.fact, $S.outbox");
        var schema = new SchemaName(temp.Schema);
        var write = new WriteSql(schema);
        RowSql[] written = [write.NextInvoices, write.NextOperations, write.NextPayments, write.NextCredits, write.UnnumberedParts, write.Closed, write.Told, write.ToldAgain, write.Probe];
        foreach (var sql in written.SelectMany<RowSql, string?>(w => [w.Many, w.One]).OfType<string>().Concat([new LoadSql(schema).Any, new LoadSql(schema).ByName]))
            Assert.DoesNotContain("Seq Scan", await PlanAsync(temp, LaneSession.PlanByIndex, sql), StringComparison.Ordinal);
        Assert.Contains("Seq Scan", await PlanAsync(temp, "SELECT 1", write.NextInvoices.Many), StringComparison.Ordinal);
    }

    // The plan that a prepared statement ends up with, whatever its values are.
    private static async Task<string> PlanAsync(PgStore temp, string before, string sql)
    {
        var values = string.Join(", ", Enumerable.Repeat("NULL", Regex.Matches(sql, @"\$(\d+)").Max(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))));
        await using var connection = await temp.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"BEGIN; {before}; SET LOCAL plan_cache_mode = force_generic_plan; PREPARE once AS {sql}";
        await command.ExecuteNonQueryAsync(Given.Token);
        command.CommandText = $"EXPLAIN EXECUTE once ({values})";
        var plan = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(Given.Token))
            while (await reader.ReadAsync(Given.Token)) plan.Add(reader.GetString(0));
        command.CommandText = "ROLLBACK; DEALLOCATE once";
        await command.ExecuteNonQueryAsync(Given.Token);
        return string.Join('\n', plan);
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

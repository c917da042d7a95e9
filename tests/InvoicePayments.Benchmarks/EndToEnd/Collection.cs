using System.Diagnostics;
using System.Globalization;

namespace InvoicePayments.Benchmarks;

/// <summary>A collection run over everything that is due, stopped half-way and resumed, beside SQL that pays as many invoices in one statement.</summary>
internal static class Collection
{
    private const int Steps = 10;

    internal static async Task RunAsync(Ground ground, Results results, int invoices)
    {
        var sentence = string.Create(CultureInfo.InvariantCulture, $"PostgreSQL, a collection run over {invoices:N0} due invoices, a gateway of 0 ms, stopped half-way and resumed");
        Console.WriteLine(sentence);
        const string schema = "collected";
        await using var library = ground.Library(schema, "this library");
        await library.BeginDueAsync();
        await Copies.MakeAsync(ground.Source, schema, 1, invoices);

        var tenths = new List<TimeSpan>();
        var (done, peak, began, lapped) = (0, 0L, Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        var (bytes, cpu) = (GC.GetTotalAllocatedBytes(), Process.GetCurrentProcess().TotalProcessorTime);
        for (var part = 0; part < 2; part++)
        {
            using var stop = new CancellationTokenSource();
            try
            {
                await foreach (var _ in library.CollectAsync(new() { Id = new("benchmark"), Parallelism = 64, PageSize = 1_000 }, null, stop.Token))
                {
                    done++;
                    if (done % 1_000 == 0) peak = Math.Max(peak, WorkingSet());
                    if (done % (invoices / Steps) == 0)
                    {
                        tenths.Add(Stopwatch.GetElapsedTime(lapped));
                        lapped = Stopwatch.GetTimestamp();
                    }

                    if (part == 0 && done == invoices / 2) await stop.CancelAsync();
                }
            }
            catch (OperationCanceledException)
            {
                // Stopped half-way, as it should be.
            }
        }

        var took = Stopwatch.GetElapsedTime(began);
        (bytes, cpu) = (GC.GetTotalAllocatedBytes() - bytes, Process.GetCurrentProcess().TotalProcessorTime - cpu);
        var paid = await NumberAsync(ground, $"SELECT count(*) FROM {schema}.operation WHERE status = 'Succeeded'");
        var twice = await NumberAsync(ground, $"SELECT count(*) FROM (SELECT 1 FROM {schema}.operation_invoice GROUP BY invoice_id HAVING count(*) > 1) x");
        var set = await SetBasedAsync(ground, invoices);

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
              this library                     {invoices / took.TotalSeconds,9:N0}/s  {paid:N0} paid, {library.Charges:N0} charged at the gateway, {twice:N0} twice; working set at most {peak / 1_048_576:N0} MiB
              tenth by tenth: {string.Join(", ", tenths.Select(tenth => string.Create(CultureInfo.InvariantCulture, $"{invoices / Steps / tenth.TotalSeconds:N0}/s")))}
              one SQL statement for all        {invoices / set.TotalSeconds,9:N0}/s  {set / took,6:0.00} ×
            """));
        results.Put("collection", sentence,
        [
            ("this library", Measured.OfRate(invoices / took.TotalSeconds) with { Bytes = (double)bytes / invoices, CpuMicroseconds = cpu.TotalMicroseconds / invoices, Refused = invoices - paid }),
            ("its first tenth", Measured.OfRate(invoices / Steps / tenths[0].TotalSeconds)),
            ("its last tenth", Measured.OfRate(invoices / Steps / tenths[^1].TotalSeconds)),
            ("one SQL statement for all", Measured.OfRate(invoices / set.TotalSeconds)),
        ]);
    }

    // The leanest tables, and everything in one statement: no rule, no gateway, no explanation, and nothing to resume.
    private static async Task<TimeSpan> SetBasedAsync(Ground ground, int invoices)
    {
        const string schema = "all_at_once";
        await LimitTables.MakeAsync(ground.Source, schema, invoices);
        var began = Stopwatch.GetTimestamp();
        await LimitTables.RunAsync(ground.Source, $$"""
            WITH u AS (UPDATE {{schema}}.invoice SET paid = total, status = 3, version = version + 1 WHERE status IN (1, 2) RETURNING id, account_id, total),
            n AS MATERIALIZED (SELECT id, account_id, total, gen_random_uuid() AS key, gen_random_uuid() AS payment_id FROM u),
            k AS (INSERT INTO {{schema}}.idem (account_id, key, fingerprint, state, payment_id, response)
                SELECT account_id, key, uuid_send(key), 2, payment_id, '{"status":"succeeded"}' FROM n),
            p AS (INSERT INTO {{schema}}.payment (id, invoice_id, amount, state) SELECT payment_id, id, total, 1 FROM n)
            INSERT INTO {{schema}}.outbox (topic, payload) SELECT 1, '{"payment":"' || payment_id || '","invoice":' || id || '}' FROM n
            """);
        return Stopwatch.GetElapsedTime(began);
    }

    private static async Task<long> NumberAsync(Ground ground, string sql)
    {
        await using var command = ground.Source.CreateCommand(sql);
        command.CommandTimeout = 0;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}

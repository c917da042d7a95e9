namespace InvoicePayments;

public sealed partial class StoreConformance
{
    private IEnumerable<ConformanceCheck> DueInvoices()
    {
        yield return Check("DueInvoicesInOrder", "Invoices to be collected are listed by their time and then by their ids, in pages, and counted; nothing that is not due by then.", async kit =>
        {
            // Two at one time that a page divides, one by its next try, one that is due later, one without a due time, and one of somebody else.
            var noon = StoreSamples.Noon;
            Invoice[] invoices =
            [
                kit.Rows.Invoice("inv_b") with { DueAt = noon }, kit.Rows.Invoice("inv_c") with { DueAt = noon.AddSeconds(-1) },
                kit.Rows.Invoice("inv_a") with { DueAt = noon }, kit.Rows.Invoice("inv_B") with { DueAt = noon },
                kit.Rows.Invoice("inv_try") with { DueAt = noon.AddDays(-9), Dunning = new(DunningState.InProgress, 2, 1, noon.AddDays(-3), noon.AddTicks(1)) },
                kit.Rows.Invoice("inv_later") with { DueAt = noon.AddDays(1) }, kit.Rows.Invoice("inv_never"),
            ];
            await kit.MustCommitAsync(kit.Rows.Changes(invoices), "invoices").ConfigureAwait(false);
            var other = kit with { Rows = new() };
            await other.MustCommitAsync(other.Rows.Changes(other.Rows.Invoice("inv_other") with { DueAt = noon }), "another tenant's").ConfigureAwait(false);

            var seen = await AllDueAsync(kit, noon.AddHours(1), 2).ConfigureAwait(false);
            Expect.Equal("inv_c:0 inv_B:0 inv_a:0 inv_b:0 inv_try:102", Text(seen), "the list");
            Expect.Equal((noon.AddSeconds(-1), noon.AddTicks(1)), (seen[0].CollectAt, seen[^1].CollectAt), "their times");
            Expect.Equal("inv_c:0 inv_B:0 inv_a:0 inv_b:0", Text(await AllDueAsync(kit, noon, 1_000).ConfigureAwait(false)), "what is due at one instant");
            Expect.Equal(5, await kit.As<IDueInvoices>().CountDueInvoicesAsync(kit.Rows.Tenant, noon.AddHours(1), kit.Token).ConfigureAwait(false), "their number");
        });

        yield return Check("DueInvoicesMove", "What was collected, stopped or put off leaves the list or moves in it, and a page begins after the last one seen all the same.", async kit =>
        {
            var noon = StoreSamples.Noon;
            List<Invoice> invoices = [.. "abcde".Select(letter => kit.Rows.Invoice("inv_" + letter) with { DueAt = noon })];
            await kit.MustCommitAsync(kit.Rows.Changes(invoices), "invoices").ConfigureAwait(false);
            var first = await kit.As<IDueInvoices>().ListDueInvoicesAsync(kit.Rows.Tenant, noon, null, 2, kit.Token).ConfigureAwait(false);
            Expect.Equal("inv_a:0 inv_b:0", Text(first), "the first page");

            await kit.MustCommitAsync(
                kit.Rows.Changes(
                    invoices[0] with { Version = 2, Dunning = new(DunningState.InProgress, 1, 0, noon, noon.AddDays(1)) },
                    invoices[1] with { Version = 2, Sums = new(10_000, 0, 0, 0, 0) },
                    invoices[3] with { Version = 2, Dunning = new(DunningState.Stopped) }),
                "what became of them").ConfigureAwait(false);
            var rest = await kit.As<IDueInvoices>().ListDueInvoicesAsync(kit.Rows.Tenant, noon, first[^1], 10, kit.Token).ConfigureAwait(false);
            Expect.Equal("inv_c:0 inv_e:0", Text(rest), "the second page");
            Expect.Equal("inv_c:0 inv_e:0 inv_a:1", Text(await AllDueAsync(kit, noon.AddDays(1), 1).ConfigureAwait(false)), "the list a day later");
        });
    }

    private static async Task<List<DueInvoice>> AllDueAsync(StoreProbe kit, DateTimeOffset dueBy, int pageSize)
    {
        List<DueInvoice> seen = [];
        for (var pages = 0; ; pages++)
        {
            var page = await kit.As<IDueInvoices>().ListDueInvoicesAsync(kit.Rows.Tenant, dueBy, seen.LastOrDefault(), pageSize, kit.Token).ConfigureAwait(false);
            Expect.That(page.Count <= pageSize && pages < 10, "a page holds more than asked, or the pages never end.");
            seen.AddRange(page);
            if (page.Count < pageSize) return seen;
        }
    }

    private static string Text(IEnumerable<DueInvoice> due) => string.Join(' ', due.Select(d => $"{d.Invoice}:{d.Attempt}"));
}

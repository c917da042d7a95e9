namespace InvoicePayments;

public sealed partial class StoreConformance
{
    private IEnumerable<ConformanceCheck> Extremes()
    {
        yield return Check("LongTexts", "Texts as long as they may be, in any script, come back unchanged, and ids are told apart to the last character.", async kit =>
        {
            var id = string.Concat(Enumerable.Repeat("漢", 127));
            var invoice = kit.Rows.Invoice(id + "a") with
            {
                Details = new()
                {
                    Description = string.Concat(Enumerable.Repeat("🧾", TextLimits.Description / 2)),
                    BillingReason = "'; DROP TABLE invoices; -- \\ \" {0} %s",
                    Metadata = Enumerable.Range(0, TextLimits.MetadataEntries).ToDictionary(i => $"{i:00}{new string('k', TextLimits.MetadataKey - 2)}", i => new string('é', TextLimits.MetadataValue)),
                },
            };
            var lower = kit.Rows.Invoice(id + "b");
            var upper = kit.Rows.Invoice(id + "B");
            await kit.MustCommitAsync(kit.Rows.Changes(invoice, lower, upper), "long texts").ConfigureAwait(false);
            var state = await kit.LoadAsync(kit.Rows.Load(id + "a", id + "B")).ConfigureAwait(false);
            Expect.Equal(2, state.Invoices.Count, "the number of invoices");
            Expect.Same(invoice, state.Find(invoice.Id), StoreJson.Default.Invoice, "the invoice");
            Expect.Same(upper, state.Find(upper.Id), StoreJson.Default.Invoice, "the invoice whose id ends in B");
        });

        yield return Check("ExtremeAmounts", "The largest total, zero, sums far beyond the total, and currencies with no and three decimals come back unchanged.", async kit =>
        {
            var largest = kit.Rows.Invoice("inv_1", Invoice.MaxTotal) with { Sums = new(Invoice.MaxTotal, 0, Invoice.MaxTotal, 0, 0) };
            var overpaid = kit.Rows.Invoice("inv_2", 1) with { Sums = new(4_000_000_000_000_000_000, 1, 0, 0, 4_000_000_000_000_000_000) };
            var yen = kit.Rows.Invoice("inv_3") with { Total = Money.FromMinorUnits(0, Currency.JPY) };
            var fund = kit.Rows.Invoice("inv_4") with { Total = Money.FromMinorUnits(1, Currency.KWD) };
            await kit.MustCommitAsync(kit.Rows.Changes(largest, overpaid, yen, fund), "extreme amounts").ConfigureAwait(false);
            foreach (var invoice in (Invoice[])[largest, overpaid, yen, fund])
                Expect.Same(invoice, await kit.InvoiceAsync(invoice.Id.Value).ConfigureAwait(false), StoreJson.Default.Invoice, $"invoice {invoice.Id}");
        });

        yield return Check("CancelledBeforehandStoresNothing", "A call that was given up before it began stores nothing.", async kit =>
        {
            using var given = new CancellationTokenSource();
            await given.CancelAsync().ConfigureAwait(false);
            await Expect.Throws<OperationCanceledException>(async () => await kit.Store.CommitAsync(kit.Rows.Changes(kit.Rows.Invoice()), given.Token).ConfigureAwait(false), "a cancelled commit").ConfigureAwait(false);
            Expect.That(await kit.InvoiceAsync().ConfigureAwait(false) is null, "it was stored all the same.");
        });
    }
}

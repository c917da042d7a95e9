namespace InvoicePayments;

public sealed partial class StoreConformance
{
    private const int Crowd = 32;

    private IEnumerable<ConformanceCheck> Versions()
    {
        yield return Check("StaleVersionConflicts", "A row may be written only over the version before its own.", async kit =>
        {
            var invoice = kit.Rows.Invoice();
            await kit.MustCommitAsync(kit.Rows.Changes(invoice), "a new invoice").ConfigureAwait(false);
            await kit.MustCommitAsync(kit.Rows.Changes(invoice with { Version = 2 }), "version two").ConfigureAwait(false);
            foreach (var version in (long[])[2, 4, 1])
                Expect.Conflict(await kit.CommitAsync(kit.Rows.Changes(invoice with { Version = version })).ConfigureAwait(false), $"version {version} over two");
            Expect.Equal(2, (await kit.InvoiceAsync().ConfigureAwait(false))?.Version, "the version");
        });

        yield return Check("StaleOperationAndPaymentConflict", "Operations and payments are guarded by their versions too.", async kit =>
        {
            var (_, operation) = await kit.ReserveAsync().ConfigureAwait(false);
            var changes = new ChangeSet { Tenant = kit.Rows.Tenant };
            var command = StoreSamples.CommandOf(operation);
            Expect.Conflict(await kit.CommitAsync(changes with { Operations = [new(operation with { Version = 3 }, command)] }).ConfigureAwait(false), "a skipped operation version");
            Expect.Conflict(await kit.CommitAsync(changes with { Payments = [StoreSamples.PaymentOf(operation) with { Version = 3 }] }).ConfigureAwait(false), "a skipped payment version");
            Expect.Conflict(await kit.CommitAsync(changes with { Payments = [StoreSamples.PaymentOf(operation)] }).ConfigureAwait(false), "a second insert of the payment");
        });

        yield return Check("ConflictStoresNothing", "A conflict in any row leaves all the others unwritten.", async kit =>
        {
            var (invoice, operation) = await kit.ReserveAsync().ConfigureAwait(false);
            var fresh = kit.Rows.Operation(minute: 5);
            var good = kit.Rows.Reserve(invoice, fresh) with { Parked = [kit.Rows.Parked(StoreSamples.NewOperationId())] };
            var other = kit.Rows.Invoice("inv_2");
            ChangeSet[] stale =
            [
                good with { Invoices = [other, .. good.Invoices, invoice with { Id = new("inv_3"), Version = 7 }] },
                good with { Invoices = [other, .. good.Invoices], Operations = [.. good.Operations, new(operation, null)] },
                good with { Invoices = [other, .. good.Invoices], Payments = [.. good.Payments, StoreSamples.PaymentOf(operation)] },
                good with { Invoices = [other, .. good.Invoices], Facts = [.. good.Facts, kit.Rows.Fact(1)] },
            ];
            foreach (var changes in stale) Expect.Conflict(await kit.CommitAsync(changes).ConfigureAwait(false), "a change set with one stale row");

            var state = await kit.LoadAsync(kit.Rows.Load("inv_1", "inv_2") with { Operations = [fresh.Id, good.Parked[0].Operation], Payment = fresh.Payment }).ConfigureAwait(false);
            Expect.Same(invoice, state.Find(invoice.Id), StoreJson.Default.Invoice, "the invoice");
            Expect.That(state is { Invoices.Count: 1, Operations.Count: 0, Payments.Count: 0, Parked.Count: 0, OpenOperations.Count: 1 }, "a part of it was stored.");
            var facts = await kit.As<IInvoicePaymentQueries>().ListFactsAsync(kit.Rows.Tenant, invoice.Id, null, 10, kit.Token).ConfigureAwait(false);
            Expect.Equal(1, facts.Items.Count, "the number of facts");
        });

        yield return Check("InsertTwiceConflicts", "What is there cannot be inserted again: that is how an operation id is claimed once.", async kit =>
        {
            var (invoice, operation) = await kit.ReserveAsync().ConfigureAwait(false);
            Expect.Conflict(await kit.CommitAsync(kit.Rows.Changes(kit.Rows.Invoice())).ConfigureAwait(false), "the invoice again");
            var again = kit.Rows.Reserve(invoice, operation with { Payment = new("pay_other") });
            Expect.Conflict(await kit.CommitAsync(again).ConfigureAwait(false), "the operation again");
        });

        yield return Check("UpdateOfNothingConflicts", "A later version of a row that is not there is a conflict.", async kit =>
            Expect.Conflict(await kit.CommitAsync(kit.Rows.Changes(kit.Rows.Invoice() with { Version = 2 })).ConfigureAwait(false), "version two of nothing"));

        yield return Check("OneInsertWins", "Of 32 hosts that claim one operation id at once exactly one wins.", async kit =>
        {
            var operation = kit.Rows.Operation();
            var results = await StoreProbe.AtOnceAsync(Crowd, async i =>
            {
                var mine = kit.Rows.Operation(operation.Id, minute: i) with { Comment = $"host {i}" };
                var changes = new ChangeSet { Tenant = kit.Rows.Tenant, Invoices = [kit.Rows.Invoice($"inv_{i}")], Operations = [new(mine, null)], Payments = [StoreSamples.PaymentOf(mine)] };
                return await kit.CommitAsync(changes).ConfigureAwait(false);
            }).ConfigureAwait(false);
            Expect.Equal(1, results.Count(r => r == CommitResult.Committed), "the number of winners");

            var all = kit.Rows.Load([.. Enumerable.Range(0, Crowd).Select(i => $"inv_{i}")]);
            Expect.Equal(1, (await kit.LoadAsync(all).ConfigureAwait(false)).Invoices.Count, "the number of invoices that came with it");
        });

        yield return Check("OneUpdateWins", "Of 32 hosts that write the same next version at once exactly one wins.", async kit =>
        {
            var invoice = kit.Rows.Invoice();
            await kit.MustCommitAsync(kit.Rows.Changes(invoice), "a new invoice").ConfigureAwait(false);
            var results = await StoreProbe.AtOnceAsync(Crowd, async i =>
                await kit.CommitAsync(kit.Rows.Reserve(invoice, kit.Rows.Operation(minute: i, amount: 10_000))).ConfigureAwait(false)).ConfigureAwait(false);
            Expect.Equal(1, results.Count(r => r == CommitResult.Committed), "the number of winners");

            var state = await kit.LoadAsync(kit.Rows.Load("inv_1")).ConfigureAwait(false);
            Expect.Equal(10_000, state.Invoices[0].Sums.Reserved, "what is reserved");
            Expect.Equal(1, state.OpenOperations.Count, "the number of open operations");
        });
    }
}

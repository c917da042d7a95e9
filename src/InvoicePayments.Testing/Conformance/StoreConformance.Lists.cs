namespace InvoicePayments;

public sealed partial class StoreConformance
{
    private IEnumerable<ConformanceCheck> Lists()
    {
        yield return Check("FactsInOrder", "Facts come in the order of their numbers, in pages, and a number is given once.", async kit =>
        {
            var queries = kit.As<IInvoicePaymentQueries>();
            List<InvoiceEvent> facts = [.. Enumerable.Range(1, 5).Select(i => kit.Rows.Fact(i))];
            await kit.MustCommitAsync(kit.Rows.Changes(kit.Rows.Invoice()) with { Facts = facts[..2] }, "two facts").ConfigureAwait(false);
            await kit.MustCommitAsync(new() { Tenant = kit.Rows.Tenant, Facts = [.. facts[2..], kit.Rows.Fact(1, "inv_2")] }, "more facts").ConfigureAwait(false);
            Expect.Conflict(await kit.CommitAsync(new() { Tenant = kit.Rows.Tenant, Facts = [kit.Rows.Fact(5)] }).ConfigureAwait(false), "a number that is taken");

            List<InvoiceEvent> seen = [];
            for (long? after = null, pages = 0; pages == 0 || after is not null; pages++)
            {
                var page = await queries.ListFactsAsync(kit.Rows.Tenant, new("inv_1"), after, 2, kit.Token).ConfigureAwait(false);
                Expect.That(page.Items.Count <= 2 && pages < 4, "a page holds more than asked, or the pages never end.");
                seen.AddRange(page.Items);
                after = page.Next;
            }

            Expect.Equal(5, seen.Count, "the number of facts");
            for (var i = 0; i < 5; i++) Expect.Same(facts[i], seen[i], StoreJson.Default.InvoiceEvent, $"fact {i + 1}");
        });

        yield return Check("OperationsOldestFirst", "The operations of an invoice are listed oldest first, in pages, however often they were touched.", async kit =>
        {
            var queries = kit.As<IInvoicePaymentQueries>();
            List<PaymentOperation> operations = [.. Enumerable.Range(0, 5).Select(i => kit.Rows.Operation(minute: i, amount: 1_000))];
            await kit.MustCommitAsync(kit.Rows.Changes(kit.Rows.Invoice()), "a new invoice").ConfigureAwait(false);
            for (var i = 0; i < operations.Count; i++)
            {
                // Some come with their invoice and some without.
                var changes = new ChangeSet { Tenant = kit.Rows.Tenant, Operations = [new(operations[i], null)], Payments = [StoreSamples.PaymentOf(operations[i])] };
                if (i % 2 == 1) changes = changes with { Invoices = [kit.Rows.Invoice() with { Version = 2 + (i / 2) }] };
                await kit.MustCommitAsync(changes, "an operation").ConfigureAwait(false);
            }

            await kit.MustCommitAsync(new() { Tenant = kit.Rows.Tenant, Operations = [new(operations[0] with { Version = 2, Status = OperationStatus.Failed }, null)] }, "a change").ConfigureAwait(false);
            List<PaymentOperation> seen = [];
            for (long? after = null, pages = 0; pages == 0 || after is not null; pages++)
            {
                var page = await queries.ListOperationsAsync(kit.Rows.Tenant, new("inv_1"), after, 2, kit.Token).ConfigureAwait(false);
                Expect.That(page.Items.Count <= 2 && pages < 4, "a page holds more than asked, or the pages never end.");
                seen.AddRange(page.Items);
                after = page.Next;
            }

            Expect.That(seen.Select(o => o.Id).SequenceEqual(operations.Select(o => o.Id)), "the order is another, or some are missing.");
            Expect.Equal(OperationStatus.Failed, seen[0].Status, "the status of the one that changed");
        });

        yield return Check("ListedForOneTenant", "Nothing is listed for another tenant.", async kit =>
        {
            var queries = kit.As<IInvoicePaymentQueries>();
            var (invoice, _) = await kit.ReserveAsync().ConfigureAwait(false);
            await kit.MustCommitAsync(new() { Tenant = kit.Rows.Tenant, Parked = [kit.Rows.Parked(StoreSamples.NewOperationId())] }, "a parked outcome").ConfigureAwait(false);
            var other = new StoreSamples().Tenant;
            var facts = await queries.ListFactsAsync(other, invoice.Id, null, 10, kit.Token).ConfigureAwait(false);
            var operations = await queries.ListOperationsAsync(other, invoice.Id, null, 10, kit.Token).ConfigureAwait(false);
            var parked = await queries.ListParkedAsync(other, 10, kit.Token).ConfigureAwait(false);
            Expect.That(facts is { Items.Count: 0, Next: null } && operations is { Items.Count: 0, Next: null } && parked.Count == 0, "another tenant's rows are listed.");
            Expect.Equal(1, (await queries.ListParkedAsync(kit.Rows.Tenant, 10, kit.Token).ConfigureAwait(false)).Count, "the number of its own parked outcomes");
        });

        yield return Check("MovementsInOrder", "What moved through a gateway in a period is listed in the order of the gateway's ids, in pages, and nothing else is.", async kit =>
        {
            var movements = kit.As<IGatewayMovements>();
            var (from, until) = (StoreSamples.Noon, StoreSamples.Noon.AddDays(1));
            PaymentOperation Row(int minute, string id, DateTimeOffset at, long moved = 1, string gateway = "kit") => kit.Rows.Operation(minute: minute, amount: 1_000) with
            {
                Status = OperationStatus.Succeeded, Gateway = new(gateway), GatewayPaymentId = new(id), Moved = StoreSamples.Euro(moved), AnsweredAt = at,
            };
            List<PaymentOperation> rows =
            [
                Row(0, "ch_3", from), Row(1, "ch_10", from.AddHours(1)), Row(2, "ch_2", until.AddTicks(-1)), Row(3, "ch_2", from), Row(4, "CH_9", from),
                Row(5, "ch_4", until), Row(6, "ch_5", from.AddTicks(-1)), Row(7, "ch_6", from, moved: 0), Row(8, "ch_7", from, gateway: "other"),
                Row(9, "ch_8", from) with { Status = OperationStatus.Processing, Moved = null },
            ];
            await kit.MustCommitAsync(
                kit.Rows.Changes(kit.Rows.Invoice()) with { Operations = [.. rows.Select(o => new OperationChange(o, null))], Payments = [.. rows.Select(StoreSamples.PaymentOf)] },
                "ten operations").ConfigureAwait(false);

            List<PaymentOperation> seen = [];
            while (true)
            {
                var page = await movements.ListMovementsAsync(kit.Rows.Tenant, StoreSamples.Gateway, from, until, seen.LastOrDefault(), 2, kit.Token).ConfigureAwait(false);
                Expect.That(page.Count <= 2 && seen.Count < 10, "a page holds more than asked, or the pages never end.");
                seen.AddRange(page);
                if (page.Count < 2) break;
            }

            Expect.Equal("CH_9 ch_10 ch_2 ch_2 ch_3", string.Join(' ', seen.Select(o => o.GatewayPaymentId)), "the order");
            Expect.That(string.CompareOrdinal(seen[2].Id.Value, seen[3].Id.Value) < 0, "two under one id are not in the order of their own ids.");
            Expect.Equal(0, (await movements.ListMovementsAsync(new StoreSamples().Tenant, StoreSamples.Gateway, from, until, null, 10, kit.Token).ConfigureAwait(false)).Count, "another tenant's");
        });

        yield return Check("DueInOrder", "Operations are due from their time on, the longest overdue first, of all tenants, until they are moved or final.", async kit =>
        {
            // A time of its own, long before any other row of a shared store would be due.
            var now = new DateTimeOffset(1999, 1, 1, 0, 0, 0, TimeSpan.Zero);
            var second = kit with { Rows = new() };
            List<PaymentOperation> due = [];
            foreach (var (probe, minute, at) in (List<(StoreProbe, int, int)>)[(kit, 0, -10), (second, 1, -30), (kit, 2, 0), (kit, 3, 1)])
            {
                var operation = probe.Rows.Operation(minute: minute) with { NextCheckAt = now.AddSeconds(at) };
                due.Add(operation);
                await probe.MustCommitAsync(new() { Tenant = probe.Rows.Tenant, Operations = [new(operation, null)], Payments = [StoreSamples.PaymentOf(operation)], Invoices = [probe.Rows.Invoice($"inv_{minute}")] }, "an operation to look after").ConfigureAwait(false);
            }

            Expect.Equal(Text(due[1], due[0], due[2]), await ListAsync(100).ConfigureAwait(false), "the due list");
            Expect.That((await kit.As<IDueOperations>().ListDueAsync(now, 1, kit.Token).ConfigureAwait(false)).Count == 1, "the limit is not kept.");

            var later = due[0] with { Version = 2, NextCheckAt = now.AddHours(1) };
            await kit.MustCommitAsync(new() { Tenant = kit.Rows.Tenant, Operations = [new(later, null)] }, "a later time").ConfigureAwait(false);
            var done = due[2] with { Version = 2, NextCheckAt = null, Status = OperationStatus.Failed };
            await kit.MustCommitAsync(new() { Tenant = kit.Rows.Tenant, Operations = [new(done, null)] }, "a final one").ConfigureAwait(false);
            Expect.Equal(Text(due[1]), await ListAsync(100).ConfigureAwait(false), "the due list afterwards");

            // Leave nothing due behind: the store may be shared, and so may this time.
            foreach (var (probe, row) in (List<(StoreProbe, PaymentOperation)>)[(kit, later), (second, due[1]), (kit, due[3])])
                await probe.MustCommitAsync(new() { Tenant = row.Tenant, Operations = [new(row with { Version = row.Version + 1, NextCheckAt = null }, null)] }, "a row put away").ConfigureAwait(false);

            async Task<string> ListAsync(int limit) => string.Join(' ', (await kit.As<IDueOperations>().ListDueAsync(now, limit, kit.Token).ConfigureAwait(false))
                .Where(a => a.Tenant == kit.Rows.Tenant || a.Tenant == second.Rows.Tenant).Select(a => a.Operation.Value));
            static string Text(params IEnumerable<PaymentOperation> operations) => string.Join(' ', operations.Select(o => o.Id.Value));
        });
    }
}

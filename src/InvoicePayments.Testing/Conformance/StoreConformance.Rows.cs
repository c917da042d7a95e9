namespace InvoicePayments;

public sealed partial class StoreConformance
{
    private IEnumerable<ConformanceCheck> Rows()
    {
        yield return Check("UnknownIsEmpty", "What nobody stored is not there.", async kit =>
        {
            var state = await kit.LoadAsync(kit.Rows.Load("inv_1") with
            {
                Operations = [StoreSamples.NewOperationId()], Payment = new("pay_1"), PaymentMethod = new("pm_1"),
            }).ConfigureAwait(false);
            Expect.That(
                state is { Invoices.Count: 0, OpenOperations.Count: 0, Operations.Count: 0, Commands.Count: 0, Payments.Count: 0, Parked.Count: 0, PaymentMethod: null },
                "something is there.");
        });

        yield return Check("CommittedIsLoaded", "What is committed is loaded back, in every field.", async kit =>
        {
            var full = StoreFullSamples.Of(kit.Rows);
            await kit.MustCommitAsync(kit.Rows.Changes(full.Invoices[0] with { Version = 1, Sums = default }), "a new invoice").ConfigureAwait(false);
            await kit.MustCommitAsync(full, "a full change set").ConfigureAwait(false);

            var state = await kit.LoadAsync(kit.Rows.LoadOperation(full.Operations[0].Operation.Id)).ConfigureAwait(false);
            Expect.Same(full.Invoices[0], state.Find(full.Invoices[0].Id), StoreJson.Default.Invoice, "the invoice");
            Expect.Same(full.Operations[0].Operation, state.Find(full.Operations[0].Operation.Id), StoreJson.Default.PaymentOperation, "the operation");
            Expect.Same(full.Payments[0], state.Find(full.Payments[0].Id), StoreJson.Default.Payment, "the payment");
            Expect.Same(full.Operations[0].Command!, state.CommandOf(full.Operations[0].Operation), StoreJson.Default.GatewayCommand, "the command");
        });

        yield return Check("CommandErasedWhenFinal", "A command is erased with the commit that brings none: it holds a token.", async kit =>
        {
            var (invoice, operation) = await kit.ReserveAsync().ConfigureAwait(false);
            var final = operation with { Version = 2, Status = OperationStatus.Declined };
            await kit.MustCommitAsync(new() { Tenant = kit.Rows.Tenant, Operations = [new(final, null)] }, "a final operation").ConfigureAwait(false);
            var state = await kit.LoadAsync(kit.Rows.LoadOperation(operation.Id)).ConfigureAwait(false);
            Expect.Equal(OperationStatus.Declined, state.Find(operation.Id)?.Status, "the status");
            Expect.Equal(0, state.Commands.Count, "the number of commands");
        });

        yield return Check("ParkedOnce", "An outcome for an operation nobody knows is kept once, and loaded with that operation.", async kit =>
        {
            var unknown = StoreSamples.NewOperationId();
            var parked = kit.Rows.Parked(unknown);
            var changes = new ChangeSet { Tenant = kit.Rows.Tenant, Parked = [parked] };
            await kit.MustCommitAsync(changes, "a parked outcome").ConfigureAwait(false);
            await kit.MustCommitAsync(changes with { Parked = [parked with { ReceivedAt = StoreSamples.Noon.AddHours(1) }] }, "the same news again").ConfigureAwait(false);
            await kit.MustCommitAsync(changes with { Parked = [kit.Rows.ParkedNotice(unknown)] }, "other news").ConfigureAwait(false);

            var state = await kit.LoadAsync(kit.Rows.LoadOperation(unknown)).ConfigureAwait(false);
            Expect.Equal(2, state.Parked.Count, "the number of parked outcomes");
            Expect.Same(parked, state.Parked.FirstOrDefault(p => p.Evidence == parked.Evidence), StoreJson.Default.ParkedOutcome, "the parked outcome");
            Expect.Same(kit.Rows.ParkedNotice(unknown), state.Parked.FirstOrDefault(p => p.Notice is not null), StoreJson.Default.ParkedOutcome, "the parked notice");
            Expect.Equal(0, state.Operations.Count, "the number of operations");
        });

        yield return Check("ParkedIsDueUntilItIsTakenIn", "What is kept is due from the time it was received, waits when it is put off, and is gone once it is removed.", async kit =>
        {
            var news = kit.As<IParkedOutcomes>();
            var early = kit.Rows.Parked(StoreSamples.NewOperationId());
            var late = kit.Rows.ParkedNotice(StoreSamples.NewOperationId()) with { ReceivedAt = StoreSamples.Noon.AddMinutes(1) };
            var gone = kit.Rows.Parked(StoreSamples.NewOperationId(), 'd');
            await kit.MustCommitAsync(new() { Tenant = kit.Rows.Tenant, Parked = [late, early] }, "two parked outcomes").ConfigureAwait(false);

            await DueAsync(StoreSamples.Noon.AddTicks(-1)).ConfigureAwait(false);
            await DueAsync(StoreSamples.Noon, early).ConfigureAwait(false);
            await DueAsync(StoreSamples.Noon.AddMinutes(1), early, late).ConfigureAwait(false);
            await news.PutOffParkedAsync(early, StoreSamples.Noon.AddMinutes(5), kit.Token).ConfigureAwait(false);
            await kit.MustCommitAsync(new() { Tenant = kit.Rows.Tenant, Parked = [early] }, "the same news again").ConfigureAwait(false);
            await DueAsync(StoreSamples.Noon.AddMinutes(4), late).ConfigureAwait(false);
            await DueAsync(StoreSamples.Noon.AddMinutes(5), late, early).ConfigureAwait(false);

            await news.RemoveParkedAsync(late, kit.Token).ConfigureAwait(false);
            await news.RemoveParkedAsync(gone, kit.Token).ConfigureAwait(false);
            await news.PutOffParkedAsync(gone, StoreSamples.Noon, kit.Token).ConfigureAwait(false);
            await DueAsync(StoreSamples.Noon.AddDays(1), early).ConfigureAwait(false);
            Expect.Equal(0, (await kit.LoadAsync(kit.Rows.LoadOperation(late.Operation)).ConfigureAwait(false)).Parked.Count, "the number that is loaded of what was removed");
            Expect.Equal(1, (await kit.LoadAsync(kit.Rows.LoadOperation(early.Operation)).ConfigureAwait(false)).Parked.Count, "the number that is loaded of what was not");

            // The store may be full of others' rows.
            async Task DueAsync(DateTimeOffset now, params IReadOnlyList<ParkedOutcome> expected)
            {
                var due = await news.ListDueParkedAsync(now, 1_000, kit.Token).ConfigureAwait(false);
                Expect.Equal(
                    string.Join(' ', expected.Select(p => p.Operation.Value)),
                    string.Join(' ', due.Where(p => p.Tenant == kit.Rows.Tenant).Select(p => p.Operation.Value)),
                    "what is due");
            }
        });

        yield return Check("ParkedLoadsWithKnown", "An outcome parked before its operation turned up is loaded with it.", async kit =>
        {
            var operation = kit.Rows.Operation();
            await kit.MustCommitAsync(new() { Tenant = kit.Rows.Tenant, Parked = [kit.Rows.Parked(operation.Id)] }, "a parked outcome").ConfigureAwait(false);
            await kit.ReserveAsync(operation).ConfigureAwait(false);
            var state = await kit.LoadAsync(kit.Rows.LoadOperation(operation.Id)).ConfigureAwait(false);
            Expect.Equal(1, state.Operations.Count, "the number of operations");
            Expect.Equal(1, state.Parked.Count, "the number of parked outcomes");
        });

        yield return Check("SumsThatDoNotHoldAreRefused", "Sums that break the one formula are refused by the store itself, and nothing is stored.", async kit =>
        {
            var invoice = kit.Rows.Invoice();
            await kit.MustCommitAsync(kit.Rows.Changes(invoice), "a new invoice").ConfigureAwait(false);
            InvoiceSums[] broken = [new(0, 10_001, 0, 0, 0), new(0, -1, 0, 0, 0), new(-1, 0, 0, 0, 0), new(5_000, 0, 10, 11, 0), new(5_000, 0, 0, 0, 5_001)];
            foreach (var sums in broken)
            {
                var changes = kit.Rows.Changes(invoice with { Version = 2, Sums = sums }) with { Facts = [kit.Rows.Fact(1)] };
                await Expect.Throws<PaymentStoreException>(async () => await kit.CommitAsync(changes).ConfigureAwait(false), sums.ToString()).ConfigureAwait(false);
            }

            Expect.Equal(1, (await kit.InvoiceAsync().ConfigureAwait(false))?.Version, "the version");
        });

        if (_reopen is not null) yield return Reopen();
    }
}

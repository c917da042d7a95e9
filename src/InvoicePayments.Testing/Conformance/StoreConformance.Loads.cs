namespace InvoicePayments;

public sealed partial class StoreConformance
{
    private IEnumerable<ConformanceCheck> Loads()
    {
        yield return Check("TenantsNeverMeet", "The same ids in two tenants are different things.", async kit =>
        {
            var (_, operation) = await kit.ReserveAsync().ConfigureAwait(false);
            var other = kit with { Rows = new() };
            var request = other.Rows.LoadOperation(operation.Id) with { Invoices = [new("inv_1")], Payment = operation.Payment };
            Expect.That((await other.LoadAsync(request).ConfigureAwait(false)) is { Invoices.Count: 0, Operations.Count: 0, Payments.Count: 0, OpenOperations.Count: 0 }, "another tenant sees it.");

            await other.ReserveAsync(other.Rows.Operation(operation.Id, amount: 1)).ConfigureAwait(false);
            var mine = await kit.LoadAsync(kit.Rows.LoadOperation(operation.Id)).ConfigureAwait(false);
            var theirs = await other.LoadAsync(request).ConfigureAwait(false);
            Expect.Equal(4_000, mine.Find(operation.Id)?.Amount.MinorUnits, "the first tenant's amount");
            Expect.Equal(1, theirs.Find(operation.Id)?.Amount.MinorUnits, "the second tenant's amount");
            Expect.Equal(1, mine.OpenOperations.Count, "the number of open operations");
        });

        yield return Check("OpenOperationsOnly", "With an invoice come its operations that are not final, and no others.", async kit =>
        {
            var (invoice, operation) = await kit.ReserveAsync().ConfigureAwait(false);
            var second = kit.Rows.Operation(minute: 1, amount: 1_000) with { Kind = OperationKind.Authorize };
            await kit.MustCommitAsync(kit.Rows.Reserve(invoice, second), "a second operation").ConfigureAwait(false);
            await kit.MustCommitAsync(new() { Tenant = kit.Rows.Tenant, Operations = [new(operation with { Version = 2, Status = OperationStatus.Succeeded }, null)] }, "a final one").ConfigureAwait(false);

            var state = await kit.LoadAsync(kit.Rows.Load("inv_1")).ConfigureAwait(false);
            Expect.Equal(1, state.OpenOperations.Count, "the number of open operations");
            Expect.Equal(0, state.Operations.Count, "the number of operations by id, though none was asked for,");
            Expect.Same(second, state.OpenOperations[0], StoreJson.Default.PaymentOperation, "the open operation");
            Expect.That(state is { Operations.Count: 0, Payments.Count: 0, Commands.Count: 0 }, "something is loaded that was not asked for.");
        });

        yield return Check("OperationBringsItsOwn", "With an operation come its payment, the invoices of its allocation, and what is open on them.", async kit =>
        {
            var operation = kit.Rows.Operation() with { Allocation = new([new(new("inv_2"), StoreSamples.Euro(3_000)), new(new("inv_1"), StoreSamples.Euro(1_000))]) };
            var other = kit.Rows.Operation(invoice: "inv_2", minute: 1);
            await kit.MustCommitAsync(kit.Rows.Changes(kit.Rows.Invoice(), kit.Rows.Invoice("inv_2"), kit.Rows.Invoice("inv_3")) with
            {
                Operations = [new(operation, StoreSamples.CommandOf(operation)), new(other, StoreSamples.CommandOf(other))],
                Payments = [StoreSamples.PaymentOf(operation), StoreSamples.PaymentOf(other)],
            }, "a payment over two invoices").ConfigureAwait(false);

            var state = await kit.LoadAsync(kit.Rows.LoadOperation(operation.Id)).ConfigureAwait(false);
            Expect.Equal("inv_1 inv_2", string.Join(' ', state.Invoices.Select(i => i.Id.Value).Order(StringComparer.Ordinal)), "the set of invoices");
            Expect.Equal(2, state.OpenOperations.Count, "the number of open operations");
            Expect.Equal(operation.Payment, state.Payments.Count == 1 ? state.Payments[0].Id : default, "the only payment");
            Expect.Equal(1, state.Commands.Count, "the number of commands");

            state = await kit.LoadAsync(new() { Tenant = kit.Rows.Tenant, Payment = operation.Payment }).ConfigureAwait(false);
            Expect.Equal(2, state.Invoices.Count, "the number of invoices of the payment");
            Expect.That(state.Operations.Count == 0, "operations are loaded that were not asked for.");
        });

        yield return Check("CaptureBringsItsAuthorization", "With a capture comes the authorization it takes from, with payment and command; so it does by the gateway's id while it is open.", async kit =>
        {
            var (authorization, capture) = kit.Rows.Authorized();
            await kit.MustCommitAsync(kit.Rows.Changes(kit.Rows.Invoice()) with
            {
                Operations = [new(authorization, StoreSamples.CommandOf(authorization)), new(capture, StoreSamples.CommandOf(capture))],
                Payments = [StoreSamples.PaymentOf(authorization), StoreSamples.PaymentOf(capture)],
            }, "an authorization and a capture").ConfigureAwait(false);

            var byCapture = await kit.LoadAsync(kit.Rows.LoadOperation(capture.Id)).ConfigureAwait(false);
            Expect.Same(authorization, byCapture.Find(authorization.Id), StoreJson.Default.PaymentOperation, "the authorization");
            Expect.That(byCapture is { Operations.Count: 2, Payments.Count: 2, Commands.Count: 2, Invoices.Count: 1 }, "with the capture comes something else than the two.");
            var byId = await kit.LoadAsync(kit.Rows.Load("inv_1") with { Authorization = new("au_1") }).ConfigureAwait(false);
            Expect.That(byId is { Operations.Count: 1, Payments.Count: 1, Commands.Count: 1 } && byId.Find(authorization.Id) is not null, "by the gateway's id it is not found alone.");
            var other = await kit.LoadAsync(kit.Rows.Load("inv_1") with { Authorization = new("au_2") }).ConfigureAwait(false);
            Expect.Equal(0, other.Operations.Count, "the number of operations for another id");

            var ended = authorization with { Version = 2, Status = OperationStatus.Expired };
            await kit.MustCommitAsync(new() { Tenant = kit.Rows.Tenant, Operations = [new(ended, null)] }, "its end").ConfigureAwait(false);
            byId = await kit.LoadAsync(kit.Rows.Load("inv_1") with { Authorization = new("au_1") }).ConfigureAwait(false);
            Expect.Equal(0, byId.Operations.Count, "the number of operations once it has ended");
            byCapture = await kit.LoadAsync(kit.Rows.LoadOperation(capture.Id)).ConfigureAwait(false);
            Expect.Equal(OperationStatus.Expired, byCapture.Find(authorization.Id)?.Status, "the status of the authorization that has ended");
        });

        yield return Check("NamedTwiceIsLoadedOnce", "What is asked for twice, directly and through something else, is answered once.", async kit =>
        {
            var (invoice, operation) = await kit.ReserveAsync().ConfigureAwait(false);
            var state = await kit.LoadAsync(new()
            {
                Tenant = kit.Rows.Tenant, Invoices = [invoice.Id, invoice.Id], Operations = [operation.Id, operation.Id], Payment = operation.Payment,
            }).ConfigureAwait(false);
            Expect.That(state is { Invoices.Count: 1, Operations.Count: 1, Payments.Count: 1, OpenOperations.Count: 1, Commands.Count: 1 }, "something came twice.");
        });

        yield return Check("FoundByTheGatewaysId", "An operation is found by what its gateway calls it now, for its own tenant and gateway, and brings its own.", async kit =>
        {
            var known = kit.Rows.Operation() with { GatewayPaymentId = new("ch_1") };
            var (invoice, operation) = await kit.ReserveAsync(known).ConfigureAwait(false);
            var same = kit.Rows.Operation(minute: 1, amount: 1_000) with { GatewayPaymentId = new("ch_1") };
            await kit.MustCommitAsync(kit.Rows.Reserve(invoice, same), "another with the same id").ConfigureAwait(false);
            var request = new LoadRequest { Tenant = kit.Rows.Tenant, GatewayPayment = new(StoreSamples.Gateway, new("ch_1")), Operations = [operation.Id] };

            var state = await kit.LoadAsync(request).ConfigureAwait(false);
            Expect.Equal($"{operation.Id} {same.Id}", string.Join(' ', state.Operations.Select(o => o.Id)), "the operations, oldest first,");
            Expect.That(state is { Invoices.Count: 1, Payments.Count: 2, Commands.Count: 2, OpenOperations.Count: 2 }, "what belongs to them did not come, or came twice.");

            var moved = operation with { Version = 2, GatewayPaymentId = new("ch_2"), Status = OperationStatus.Succeeded };
            await kit.MustCommitAsync(new() { Tenant = kit.Rows.Tenant, Operations = [new(moved, null)] }, "another id").ConfigureAwait(false);
            Expect.Equal($"{same.Id}", await FindAsync(kit, "ch_1").ConfigureAwait(false), "what is known by the id that one has lost");
            Expect.Equal($"{operation.Id}", await FindAsync(kit, "ch_2").ConfigureAwait(false), "what is known by its new id");
            Expect.Equal("", await FindAsync(kit, "ch_3").ConfigureAwait(false), "what is known by an id that nothing has");
            Expect.Equal("", await FindAsync(kit with { Rows = new() }, "ch_2").ConfigureAwait(false), "what another tenant finds");
            Expect.Equal("", await FindAsync(kit, "ch_2", "other").ConfigureAwait(false), "what another gateway has");

            static async Task<string> FindAsync(StoreProbe kit, string id, string? gateway = null)
            {
                var address = new GatewayPaymentAddress(gateway is null ? StoreSamples.Gateway : new(gateway), new(id));
                var state = await kit.LoadAsync(new() { Tenant = kit.Rows.Tenant, GatewayPayment = address }).ConfigureAwait(false);
                return string.Join(' ', state.Operations.Select(o => o.Id));
            }
        });

        yield return Check("DefaultPaymentMethod", "When none is named, the invoice's own method is loaded, or else the account's default.", async kit =>
        {
            var methods = kit.As<IPaymentMethodStore>();
            foreach (var method in (StoredPaymentMethod[])[kit.Rows.Method("pm_1", isDefault: true), kit.Rows.Method("pm_2", isDefault: true), kit.Rows.Method("pm_3"), kit.Rows.Method("pm_9", isDefault: true, account: "acc_2")])
                await methods.SaveAsync(method, kit.Token).ConfigureAwait(false);
            var named = kit.Rows.Invoice("inv_2") with { Details = new() { DefaultPaymentMethod = new("pm_3") } };
            await kit.MustCommitAsync(kit.Rows.Changes(kit.Rows.Invoice(), named), "two invoices").ConfigureAwait(false);

            var ofAccount = await kit.LoadAsync(kit.Rows.Load("inv_1") with { DefaultPaymentMethod = true }).ConfigureAwait(false);
            var ofInvoice = await kit.LoadAsync(kit.Rows.Load("inv_2", "inv_1") with { DefaultPaymentMethod = true }).ConfigureAwait(false);
            var unasked = await kit.LoadAsync(kit.Rows.Load("inv_1")).ConfigureAwait(false);
            Expect.Same(kit.Rows.Method("pm_2", isDefault: true), ofAccount.PaymentMethod, StoreJson.Default.StoredPaymentMethod, "the account's default, the last one marked,");
            Expect.Equal("pm_3", ofInvoice.PaymentMethod?.Id.Value, "the invoice's method");
            Expect.That(unasked.PaymentMethod is null, "a method was loaded that was not asked for.");
        });

        yield return Check("MethodById", "A method is loaded by id whoever owns it: whether it may be used is the core's rule. Its id stays with its account.", async kit =>
        {
            var methods = kit.As<IPaymentMethodStore>();
            var foreign = kit.Rows.Method("pm_1", account: "acc_2");
            await methods.SaveAsync(foreign, kit.Token).ConfigureAwait(false);
            var state = await kit.LoadAsync(kit.Rows.Load() with { PaymentMethod = foreign.Id }).ConfigureAwait(false);
            Expect.Same(foreign, state.PaymentMethod, StoreJson.Default.StoredPaymentMethod, "the method");
            await methods.SaveAsync(foreign with { IsChargeable = false }, kit.Token).ConfigureAwait(false);
            state = await kit.LoadAsync(kit.Rows.Load() with { PaymentMethod = foreign.Id }).ConfigureAwait(false);
            Expect.Equal(false, state.PaymentMethod?.IsChargeable, "whether the changed method can be charged");
            Expect.Conflict(await methods.SaveAsync(kit.Rows.Method("pm_1"), kit.Token).ConfigureAwait(false), "a method under another account's id");
        });
    }
}

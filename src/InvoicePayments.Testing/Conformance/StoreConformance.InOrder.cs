namespace InvoicePayments;

public sealed partial class StoreConformance
{
    /// <summary>Several change sets at once. A store that does not take them is asked nothing.</summary>
    private IEnumerable<ConformanceCheck> InOrder()
    {
        yield return InOrderCheck("SeveralAreStoredTogether", "Change sets that build on each other are stored in one go.", async (kit, store) =>
        {
            var invoice = kit.Rows.Invoice();
            var operation = kit.Rows.Operation();
            var reserved = kit.Rows.Reserve(invoice, operation);
            var released = kit.Rows.Changes(reserved.Invoices[0] with { Version = 3, Sums = invoice.Sums });
            var stored = await store.CommitInOrderAsync([kit.Rows.Changes(invoice), reserved, released], kit.Token).ConfigureAwait(false);

            Expect.Equal(3, stored, "how many are stored");
            var state = await kit.LoadAsync(kit.Rows.LoadOperation(operation.Id)).ConfigureAwait(false);
            Expect.Same(released.Invoices[0], state.Find(invoice.Id), StoreJson.Default.Invoice, "the invoice");
            Expect.Same(operation, state.Find(operation.Id), StoreJson.Default.PaymentOperation, "the operation");
        });

        yield return InOrderCheck("NothingIsBuiltOnAConflict", "What follows a conflict is left out, even where its version happens to fit somebody else's row.", async (kit, store) =>
        {
            var invoice = kit.Rows.Invoice();
            var others = kit.Rows.Changes(invoice with { Version = 2 });
            await kit.MustCommitAsync(kit.Rows.Changes(invoice), "a new invoice").ConfigureAwait(false);
            await kit.MustCommitAsync(others, "somebody else's version two").ConfigureAwait(false);
            ChangeSet[] ours = [kit.Rows.Changes(invoice with { Version = 2, AttemptCount = 7 }), kit.Rows.Changes(invoice with { Version = 3, AttemptCount = 8 })];

            Expect.Equal(0, await store.CommitInOrderAsync(ours, kit.Token).ConfigureAwait(false), "how many are stored");
            Expect.Same(others.Invoices[0], await kit.InvoiceAsync().ConfigureAwait(false), StoreJson.Default.Invoice, "the invoice");
        });

        yield return InOrderCheck("TheFirstOnesAreStored", "Those before a conflict are stored, and those before one that the store refuses.", async (kit, store) =>
        {
            var invoice = kit.Rows.Invoice();
            var second = kit.Rows.Changes(invoice with { Version = 2 });
            var fourth = kit.Rows.Changes(invoice with { Version = 4 });
            Expect.Equal(2, await store.CommitInOrderAsync([kit.Rows.Changes(invoice), second, fourth, fourth], kit.Token).ConfigureAwait(false), "how many are stored before a conflict");

            var third = kit.Rows.Changes(invoice with { Version = 3 });
            var refused = fourth with { Invoices = [fourth.Invoices[0] with { Sums = new() { Received = -1 } }] };
            Expect.Equal(1, await store.CommitInOrderAsync([third, refused, kit.Rows.Changes(invoice with { Version = 5 })], kit.Token).ConfigureAwait(false), "how many are stored before one that is refused");
            Expect.Equal(0, await store.CommitInOrderAsync([refused, kit.Rows.Changes(invoice with { Version = 5 })], kit.Token).ConfigureAwait(false), "how many are stored when the first is refused");
            Expect.Equal(3, (await kit.InvoiceAsync().ConfigureAwait(false))?.Version, "the version");
        });
    }

    private ConformanceCheck InOrderCheck(string name, string sentence, Func<StoreProbe, ICommitInOrder, Task> run) =>
        Check(name, sentence, kit => kit.Store is ICommitInOrder store ? run(kit, store) : Task.CompletedTask);
}

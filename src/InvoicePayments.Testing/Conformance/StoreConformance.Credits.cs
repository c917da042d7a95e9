namespace InvoicePayments;

public sealed partial class StoreConformance
{
    private IEnumerable<ConformanceCheck> Credits()
    {
        yield return Check("CreditComesWithInvoices", "With an invoice comes what its account has as credit in its currency, in every field, and no other.", async kit =>
        {
            var credit = kit.Rows.Credit();
            var full = credit with { Added = 10_000, Spent = 3_000, Reserved = 7_000, Missing = 5, FactCount = 3, Version = 2 };
            var others = (AccountCredit[])[credit with { Account = new("acc_2") }, credit with { Currency = Currency.USD }];
            await kit.MustCommitAsync(kit.Rows.Changes(kit.Rows.Invoice()) with { Credits = [credit, .. others] }, "three new credits").ConfigureAwait(false);
            await kit.MustCommitAsync(new() { Tenant = kit.Rows.Tenant, Credits = [full] }, "version two").ConfigureAwait(false);

            var state = await kit.LoadAsync(kit.Rows.Load("inv_1")).ConfigureAwait(false);
            Expect.Equal(1, state.Credits.Count, "the number of credits");
            Expect.Same(full, state.CreditOf(new(credit.Account, credit.Currency)), StoreJson.Default.AccountCredit, "the credit");
            var named = await kit.LoadAsync(new() { Tenant = kit.Rows.Tenant, Credit = new(new("acc_2"), Currency.EUR) }).ConfigureAwait(false);
            Expect.Same(others[0], named.Credits.Count == 1 ? named.Credits[0] : null, StoreJson.Default.AccountCredit, "the credit that was named");
            var foreign = await new StoreProbe(kit.Store, kit.Token).LoadAsync(new() { Tenant = new StoreSamples().Tenant, Credit = new(credit.Account, Currency.EUR) }).ConfigureAwait(false);
            Expect.Equal(0, foreign.Credits.Count, "the number of credits another tenant sees");
        });

        yield return Check("StaleCreditConflicts", "Credit may be written only over the version before its own, and then all of the change set or nothing.", async kit =>
        {
            var credit = kit.Rows.Credit();
            var changes = new ChangeSet { Tenant = kit.Rows.Tenant };
            await kit.MustCommitAsync(changes with { Credits = [credit] }, "a new credit").ConfigureAwait(false);
            foreach (var version in (long[])[1, 3])
            {
                var stale = kit.Rows.Changes(kit.Rows.Invoice()) with { Credits = [credit with { Version = version }], CreditFacts = [kit.Rows.CreditFact(1)] };
                Expect.Conflict(await kit.CommitAsync(stale).ConfigureAwait(false), $"version {version} over one");
            }

            Expect.Conflict(await kit.CommitAsync(changes with { Credits = [credit with { Version = 2 }], Invoices = [kit.Rows.Invoice() with { Version = 7 }] }).ConfigureAwait(false), "a stale invoice beside it");
            var state = await kit.LoadAsync(kit.Rows.Load("inv_1") with { Credit = new(credit.Account, credit.Currency) }).ConfigureAwait(false);
            Expect.Equal(1, state.Credits.Count == 1 ? state.Credits[0].Version : 0, "the version");
            Expect.Equal(0, state.Invoices.Count, "the number of invoices that came with a conflict");
        });

        yield return Check("CreditIsNeverNegative", "Credit that would fall below zero is refused by the store itself, and nothing is stored.", async kit =>
        {
            var credit = kit.Rows.Credit();
            await kit.MustCommitAsync(new() { Tenant = kit.Rows.Tenant, Credits = [credit] }, "a new credit").ConfigureAwait(false);
            AccountCredit[] broken =
            [
                credit with { Spent = 5_001 }, credit with { Reserved = 5_001 }, credit with { Spent = 3_000, Reserved = 2_001 },
                credit with { Spent = -1 }, credit with { Reserved = -1 }, credit with { Missing = -1 },
            ];
            foreach (var row in broken)
            {
                var changes = kit.Rows.Changes(kit.Rows.Invoice()) with { Credits = [row with { Version = 2 }] };
                await Expect.Throws<PaymentStoreException>(async () => await kit.CommitAsync(changes).ConfigureAwait(false), row.ToString()).ConfigureAwait(false);
            }

            var state = await kit.LoadAsync(kit.Rows.Load("inv_1") with { Credit = new(credit.Account, credit.Currency) }).ConfigureAwait(false);
            Expect.That(state is { Invoices.Count: 0, Credits: [{ Version: 1 }] }, "something was stored all the same.");
        });

        yield return Check("CreditFactsInOrder", "The facts of a credit come in the order of their numbers, in pages, and a number is given once.", async kit =>
        {
            var queries = kit.As<IAccountCreditQueries>();
            List<CreditEvent> facts = [.. Enumerable.Range(1, 5).Select(i => kit.Rows.CreditFact(i))];
            await kit.MustCommitAsync(new() { Tenant = kit.Rows.Tenant, Credits = [kit.Rows.Credit()], CreditFacts = facts }, "five facts").ConfigureAwait(false);
            Expect.Conflict(await kit.CommitAsync(new() { Tenant = kit.Rows.Tenant, CreditFacts = [kit.Rows.CreditFact(5)] }).ConfigureAwait(false), "a number that is taken");

            List<CreditEvent> seen = [];
            for (long? after = null, pages = 0; pages == 0 || after is not null; pages++)
            {
                var page = await queries.ListCreditFactsAsync(kit.Rows.Tenant, new(kit.Rows.Account, Currency.EUR), after, 2, kit.Token).ConfigureAwait(false);
                Expect.That(page.Items.Count <= 2 && pages < 4, "a page holds more than asked, or the pages never end.");
                seen.AddRange(page.Items);
                after = page.Next;
            }

            Expect.Equal(5, seen.Count, "the number of facts");
            for (var i = 0; i < 5; i++) Expect.Same(facts[i], seen[i], StoreJson.Default.CreditEvent, $"fact {i + 1}");
        });
    }
}

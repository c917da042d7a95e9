namespace InvoicePayments;

/// <content>Who looks at credit, has the books proved while others write in them, and keeps the outbox tidy.</content>
internal sealed partial class Workload
{
    private Client LookAtCredit()
    {
        var (tenant, _, issued) = AnyInvoice();
        var words = $"look at the credit of {tenant}/{issued.Account}";
        return Ask(words, async service =>
        {
            var since = world.Books.CreditOf(tenant, issued.Account);
            var shown = await service.GetCreditAsync(issued.Account, Currency.EUR, tenant).ConfigureAwait(false);
            world.Books.Shown(words, since, world.Books.CreditOf(tenant, issued.Account), shown);
            return shown;
        }, tenant);
    }

    private Client LookAtCreditFacts()
    {
        if (world.CreditFacts is null) return LookAtCredit();
        var (tenant, _, issued) = AnyInvoice();
        var words = $"list the facts of the credit of {tenant}/{issued.Account}";
        return Ask(words, async service =>
        {
            var since = world.Books.CreditOf(tenant, issued.Account);
            var shown = await service.ListCreditFactsAsync(new(issued.Account, Currency.EUR), tenant: tenant).ConfigureAwait(false);
            world.Books.Shown(words, since, world.Books.CreditOf(tenant, issued.Account), shown.Items);
            return shown;
        }, tenant);
    }

    private Client Prove()
    {
        var (tenant, invoice) = AnyDocument();
        if (Tape.Next(2) == 0) return Prove($"verify the facts of {tenant}/{invoice}", s => s.VerifyFactsAsync(invoice, tenant), tenant);
        if (world.CreditFacts is null) return LookAtFacts();
        var account = Accounts[Tape.Next(Accounts.Length)];
        return Prove($"verify the facts of the credit of {tenant}/{account}", s => s.VerifyCreditFactsAsync(new(account, Currency.EUR), tenant), tenant);
    }

    private Client Prove(string words, Func<IInvoicePaymentService, Task<FactVerification?>> verify, TenantId tenant) => Ask(words, async service =>
    {
        var verified = await verify(service).ConfigureAwait(false);
        world.Books.Proved(words, verified);
        return verified;
    }, tenant);

    private Client LookAtJournal()
    {
        var (tenant, invoice) = AnyDocument();
        var words = $"post the journal of {tenant}/{invoice}";
        return Ask(words, async service =>
        {
            var since = world.Books.VersionsOf(tenant, invoice);
            var journal = await service.GetJournalAsync(invoice, tenant).ConfigureAwait(false);
            world.Books.Shown(words, since, (tenant, invoice), journal);
            return journal;
        }, tenant);
    }

    private Client Purge() => world.Retention is null ? Deliver() : Ask("forget whom nothing is to be told", s => s.PurgeAsync(100), TenantId.Default);

    private Client Release()
    {
        if (world.Outbox is null) return Recover();
        var (tenant, _, _) = AnyInvoice();
        return Ask($"deliver what was given up of {tenant}", s => World.ReleaseAsync(s, tenant), tenant);
    }
}

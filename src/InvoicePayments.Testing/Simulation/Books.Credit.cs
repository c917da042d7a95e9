namespace InvoicePayments;

/// <content>What accounts have as credit, held to the operations, documents and payments that it came from and went to.</content>
internal sealed partial class Books
{
    private readonly Dictionary<(TenantId Tenant, CreditAddress Address), AccountCredit> _credits = [];

    private void Check(AccountCredit credit)
    {
        _credits[(credit.Tenant, new(credit.Account, credit.Currency))] = credit;
        if (!credit.Holds) world.Break(Invariant.CreditHolds, $"The credit of {credit.Tenant}/{credit.Account} is {Told(credit)}.");
        var spoken = _operations.Values.Where(o => !o.IsFinal && o.Tenant == credit.Tenant && o.Account == credit.Account).Sum(SpokenFor);
        if (spoken != credit.Reserved)
            world.Break(Invariant.CreditHolds, $"The credit of {credit.Tenant}/{credit.Account} reserves {credit.Reserved}, and open operations speak for {spoken}.");
    }

    // What pays with credit speaks for it, and so does what gives a credit grant back.
    private long SpokenFor(PaymentOperation operation) =>
        operation.Kind == OperationKind.Credit ? operation.Amount.MinorUnits
        : operation.GivesBack ? operation.Allocation.Parts.Where(p => IsGrant(operation.Tenant, p.Invoice)).Sum(p => p.Amount.MinorUnits)
        : 0;

    private bool IsGrant(TenantId tenant, InvoiceId id) => LastOf(tenant, id) is { Kind: PayableKind.CreditGrant };

    private bool HasKept(PaymentOperation operation) => LastOf(operation.Tenant, new("kept_" + operation.Id.Value)) is not null;

    private async ValueTask CheckCreditsAsync(IEnumerable<Payment> payments)
    {
        foreach (var credit in _credits.Values)
        {
            var brought = payments.Where(p => p.Tenant == credit.Tenant && p.Account == credit.Account)
                .SelectMany(p => p.Shares).Where(s => IsGrant(credit.Tenant, s.Invoice)).Sum(s => s.Captured - s.Refunded - s.TakenReopened);
            var paid = payments.Where(p => p.Mode == PaymentMode.Credit && p.Tenant == credit.Tenant && p.Account == credit.Account)
                .Sum(p => p.Captured.MinorUnits - p.Refunded.MinorUnits);
            if (credit.Added - credit.Spent != brought + credit.Missing - paid)
                world.Break(Invariant.CreditIsConserved, $"The credit of {credit.Tenant}/{credit.Account} is {Told(credit)}; grants brought {brought}, and {paid} was paid with it.");
            await CheckFactsAsync(credit).ConfigureAwait(false);
        }
    }

    private async ValueTask CheckFactsAsync(AccountCredit credit)
    {
        if (world.CreditFacts is null) return;
        var facts = (await world.CreditFacts.ListCreditFactsAsync(credit.Tenant, new(credit.Account, credit.Currency), null, All, CancellationToken.None).ConfigureAwait(false)).Items;
        var told = facts.Aggregate((Added: 0L, Spent: 0L, Reserved: 0L, Missing: 0L), (sums, fact) => fact switch
        {
            CreditEvent.Added added => sums with { Added = sums.Added + added.Amount.MinorUnits },
            CreditEvent.Held held => sums with { Reserved = sums.Reserved + held.Amount.MinorUnits },
            CreditEvent.Freed freed => sums with { Reserved = sums.Reserved - freed.Released.MinorUnits },
            CreditEvent.Spent spent => (
                sums.Added, sums.Spent + spent.Amount.MinorUnits, sums.Reserved - spent.Released.MinorUnits, sums.Missing + Units(spent.Missing)),
            _ => throw new System.Diagnostics.UnreachableException(),
        });
        var isInOrder = facts.Select(f => f.Sequence).SequenceEqual(Enumerable.Range(1, (int)credit.FactCount).Select(n => (long)n));
        if (told != (credit.Added, credit.Spent, credit.Reserved, credit.Missing) || !isInOrder)
            world.Break(Invariant.CreditIsConserved, $"The credit of {credit.Tenant}/{credit.Account} is {Told(credit)}, and its {facts.Count} facts tell {told}.");
    }

    private static string Told(AccountCredit credit) => $"{credit.Added} added, {credit.Spent} spent, {credit.Reserved} reserved, {credit.Missing} missing";
}

namespace InvoicePayments.Tests;

/// <summary>Stores that keep wrong what accounts have as credit.</summary>
internal static class CreditBugs
{
    public static IReadOnlyList<Bug> All { get; } =
    [
        Of("SpendsCreditWithoutComparingVersions", "The row of an account's credit is overwritten without comparing its version, so two payments spend the same credit.",
            Overwritten),
        Of("KeepsCreditAfterADecline", "What a card declines ends the payment by credit too, and the line that frees the credit was forgotten.",
            (s, c) => c with { Credits = [.. c.Credits.Select(credit => Ends(c) ? credit with { Reserved = Before(s, credit)?.Reserved ?? 0 } : credit)] }),
        Of("GrantsAnOverpaymentTwice", "What is kept of an overpayment is added by the grant and by the payment.",
            (_, c) => c with { Credits = [.. c.Credits.Select(credit => credit with { Added = credit.Added + KeptIn(c, credit) })] }),
        Of("WritesNoFactsOfCredit", "The running sums of credit are written, and the facts that explain them are not.", (_, c) => c with { CreditFacts = [] }),
        new("LoadsNoCreditWithAnOperation", "Credit is loaded with the invoices that a command names, and not with those of an operation.")
        {
            Store = () => new() { Lie = (_, request, state) => request.Invoices.Count == 0 && request.Credit is null ? state with { Credits = [] } : state },
        },
        Of("TakesBackNoCreditOfARefundedGrant", "A refund of a credit grant gives the money back, and leaves the credit there.", (s, c) => c with
        {
            Credits = [.. c.Credits.Select(credit => c.CreditFacts.Any(f => f is CreditEvent.Spent { Kind: OperationKind.Refund }) && Before(s, credit) is { } before
                ? credit with { Spent = before.Spent }
                : credit)],
        }),
    ];

    private static Bug Of(string name, string sentence, Func<BuggyStore, ChangeSet, ChangeSet?> bend) =>
        new(name, sentence) { Store = () => new() { Bend = bend } };

    private static AccountCredit? Before(BuggyStore store, AccountCredit credit) => store.Credit(credit.Tenant, new(credit.Account, credit.Currency));

    private static bool Ends(ChangeSet changes) => changes.CreditFacts.Any(f => f is CreditEvent.Freed { Kind: OperationKind.Credit });

    private static long KeptIn(ChangeSet changes, AccountCredit credit) => changes.CreditFacts.OfType<CreditEvent.Added>()
        .Where(f => f.Account == credit.Account && f.Invoice.Value.StartsWith("kept_", StringComparison.Ordinal)).Sum(f => f.Amount.MinorUnits);

    private static ChangeSet Overwritten(BuggyStore store, ChangeSet changes) => changes with
    {
        Credits = [.. changes.Credits.Select(c => Before(store, c) is { } there
            ? c with { Version = there.Version + 1, FactCount = there.FactCount + changes.CreditFacts.Count(f => f.Account == c.Account) }
            : c)],
        CreditFacts = [.. changes.CreditFacts.GroupBy(f => f.Account).SelectMany(facts => facts.Select((f, n) =>
            f with { Sequence = n + 1 + (store.Credit(f.Tenant, new(f.Account, f.Currency))?.FactCount ?? 0) }))],
    };
}

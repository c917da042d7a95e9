namespace InvoicePayments;

/// <content>What readers of credit were shown, and who had the books proved.</content>
internal sealed partial class Books
{
    /// <summary>The credit of an account as it stands; that of nobody while it has none.</summary>
    internal AccountCredit CreditOf(TenantId tenant, AccountId account) =>
        _credits.GetValueOrDefault((tenant, new(account, Currency.EUR))) ?? new() { Tenant = tenant, Account = account, Currency = Currency.EUR };

    internal void Shown(string words, AccountCredit since, AccountCredit now, AccountCredit shown)
    {
        var isBetween = shown.Version >= since.Version && shown.Version <= now.Version;
        if (!isBetween || !IsAs(shown, since) || !IsAs(shown, now)) Untrue(words, $"version {shown.Version} with {Told(shown)}");
    }

    internal void Shown(string words, AccountCredit since, AccountCredit now, IReadOnlyList<CreditEvent> facts)
    {
        var isInOrder = facts.Select(f => f.Sequence).SequenceEqual(Enumerable.Range(1, facts.Count).Select(n => (long)n));
        if (!isInOrder || facts.Count < since.FactCount || facts.Count > now.FactCount) Untrue(words, $"{facts.Count} facts");
    }

    // Facts may come while it is posted: then it is the journal of the invoice as it stood in between.
    internal void Shown(string words, int since, (TenantId, InvoiceId) asked, InvoiceJournal journal)
    {
        var stood = _versions.GetValueOrDefault(asked)?.Skip(Math.Max(0, since - 1)).ToList() ?? [];
        var isTrue = (since == 0 && journal.Entries.Count == 0) || stood.Exists(version => journal.Problem(version) is null);
        if (!isTrue) Untrue(words, $"a journal of {journal.Entries.Count} entries");
    }

    /// <summary>Nobody has tampered with anything here, so whatever is written meanwhile must not look as if.</summary>
    internal void Proved(string words, FactVerification? verification)
    {
        if (verification is FactVerification.Tampered tampered) world.Break(Invariant.BooksProveThemselves, $"Who asked to {words} was told of fact {tampered.Sequence}: {tampered.Why}");
    }

    private static bool IsAs(AccountCredit shown, AccountCredit known) => shown.Version != known.Version || Told(shown) == Told(known);
}

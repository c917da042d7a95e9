namespace InvoicePayments;

/// <content>The journal of every document, booked as its facts are committed and held to what the same commit says of the document.</content>
internal sealed partial class Books
{
    private readonly Dictionary<(TenantId, InvoiceId), (InvoiceJournal Journal, long Facts)> _journals = [];

    private void Book(ChangeSet changes)
    {
        foreach (var fact in changes.Facts)
        {
            var key = (fact.Tenant, fact.Invoice);
            var (journal, facts) = _journals.TryGetValue(key, out var known) ? known : (new(), 0);
            if (fact.Sequence == facts + 1) journal.Post(fact);
            _journals[key] = (journal, fact.Sequence == facts + 1 ? facts + 1 : facts);
        }

        // A store that failed after it had committed may have told nobody of a fact: then the end of the run tells.
        foreach (var invoice in changes.Invoices)
            if (_journals.TryGetValue((invoice.Tenant, invoice.Id), out var booked) && booked.Facts == invoice.FactCount && booked.Journal.Problem(invoice) is { } problem)
                world.Break(Invariant.BooksProveThemselves, $"{invoice.Id}: {problem}");
    }
}

namespace InvoicePayments;

/// <summary>
/// Several change sets that build on each other, as if they were one: an invoice that each of them changes is written once, as the last one leaves
/// it, over the version that the first one found. Only when everything fits is that the same; otherwise they are written one by one.
/// </summary>
internal sealed class PreparedChain : IPreparedWrite
{
    private const long Nowhere = -1;

    private readonly Dictionary<InvoiceId, (int Link, int Index, long Over)> _last = [];
    private readonly PreparedChanges[] _links;

    internal PreparedChain(IReadOnlyList<ChangeSet> changes)
    {
        for (var link = 0; link < changes.Count; link++) Note(changes, link);
        _links = new PreparedChanges[changes.Count];
        for (var link = 0; link < changes.Count; link++)
        {
            var at = link;
            _links[link] = new(changes[link], invoice => _last[invoice.Id].Link == at);
        }
    }

    /// <summary>Each for itself.</summary>
    internal IReadOnlyList<IPreparedWrite> Links => _links;

    public bool Write(SqliteSession session)
    {
        var told = new Told();
        foreach (var link in _links)
        {
            if (link.Changes.Tenant != _links[0].Changes.Tenant || !link.WriteAllButInvoices(session)) return false;
            told.Add(link.Changes);
        }

        foreach (var (link, index, over) in _last.Values)
            if (!_links[link].WriteInvoice(session, index, over)) return false;
        told.Write(session, _links[0].Changes.Tenant.Value);
        return true;
    }

    private void Note(IReadOnlyList<ChangeSet> changes, int link)
    {
        ArgumentNullException.ThrowIfNull(changes[link]);
        for (var i = 0; i < changes[link].Invoices.Count; i++)
        {
            var invoice = changes[link].Invoices[i];

            var over = !_last.TryGetValue(invoice.Id, out var before) ? invoice.Version - 1
                : Follows(changes[before.Link].Invoices[before.Index], invoice) ? before.Over : Nowhere;
            _last[invoice.Id] = (link, i, over);
        }
    }

    // What is not written the database cannot refuse: so it is looked at here, and where anything is odd nothing is written over a version that is none.
    private static bool Follows(Invoice before, Invoice invoice) =>
        before.Version == invoice.Version - 1 && before is { Version: >= 1, FactCount: >= 0, Total.MinorUnits: >= 0, Dunning.Attempt: >= 0 } && Holds(before);

    private static bool Holds(Invoice invoice)
    {
        try
        {
            return invoice.Sums.HoldFor(invoice.Total.MinorUnits);
        }
        catch (OverflowException)
        {
            // Sums that do not even fit do not hold either.
            return false;
        }
    }
}

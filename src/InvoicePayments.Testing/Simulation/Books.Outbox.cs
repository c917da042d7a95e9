namespace InvoicePayments;

/// <content>What was delivered of the facts: those of documents, and those of credit.</content>
internal sealed partial class Books
{
    private readonly Dictionary<(TenantId, OutboxStream), long> _delivered = [];

    /// <summary>Whether facts wait to be delivered.</summary>
    internal bool HasUndelivered => world.Outbox is not null && Streams.Any(s => _delivered.GetValueOrDefault((s.Tenant, s.Stream)) < s.Facts);

    // A store that lists no facts of credit has nothing to deliver of them.
    private IEnumerable<(TenantId Tenant, OutboxStream Stream, long Facts)> Streams => Documents
        .Select(i => (i.Tenant, (OutboxStream)new OutboxStream.OfInvoice(i.Invoice), FactsOf(i.Tenant, i.Invoice)))
        .Concat(world.CreditFacts is null ? [] : _credits.Select(c => (c.Key.Tenant, (OutboxStream)new OutboxStream.OfCredit(c.Key.Address), c.Value.FactCount)));

    /// <summary>A fact arrived: again, or as the next of its document or credit.</summary>
    internal void Delivered(TenantId tenant, OutboxStream stream, long sequence)
    {
        var before = _delivered.GetValueOrDefault((tenant, stream));
        if (sequence > before + 1)
            world.Break(Invariant.DeliversInOrder, $"Fact {sequence} of {tenant}/{stream} was delivered, and {before + 1} never was.");
        _delivered[(tenant, stream)] = Math.Max(before, sequence);
    }

    private void CheckDelivered()
    {
        if (world.Outbox is null) return;
        foreach (var (tenant, stream, facts) in Streams)
            if (_delivered.GetValueOrDefault((tenant, stream)) is var last && last < facts)
                world.Break(Invariant.DeliversInOrder, $"{tenant}/{stream} has {facts} facts, and {last} were delivered.");
    }
}

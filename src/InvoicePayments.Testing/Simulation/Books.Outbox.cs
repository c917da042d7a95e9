namespace InvoicePayments;

/// <content>What was delivered of the facts.</content>
internal sealed partial class Books
{
    private readonly Dictionary<(TenantId, InvoiceId), long> _delivered = [];

    /// <summary>Whether facts wait to be delivered.</summary>
    internal bool HasUndelivered => world.Outbox is not null && Documents.Any(i => DeliveredOf(i.Tenant, i.Invoice) < FactsOf(i.Tenant, i.Invoice));

    /// <summary>A fact arrived: again, or as the next of its invoice.</summary>
    internal void Delivered(InvoiceEvent fact)
    {
        var before = DeliveredOf(fact.Tenant, fact.Invoice);
        if (fact.Sequence > before + 1)
            world.Break(Invariant.DeliversInOrder, $"Fact {fact.Sequence} of {fact.Tenant}/{fact.Invoice} was delivered, and {before + 1} never was.");
        _delivered[(fact.Tenant, fact.Invoice)] = Math.Max(before, fact.Sequence);
    }

    private void CheckDelivered()
    {
        if (world.Outbox is null) return;
        foreach (var (tenant, invoice) in Documents)
            if (DeliveredOf(tenant, invoice) is var last && last < FactsOf(tenant, invoice))
                world.Break(Invariant.DeliversInOrder, $"{tenant}/{invoice} has {FactsOf(tenant, invoice)} facts, and {last} were delivered.");
    }

    private long DeliveredOf(TenantId tenant, InvoiceId invoice) => _delivered.GetValueOrDefault((tenant, invoice));
}

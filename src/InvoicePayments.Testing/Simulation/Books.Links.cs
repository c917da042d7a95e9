namespace InvoicePayments;

/// <content>Payment links, held to what the gateway says of them.</content>
internal sealed partial class Books
{
    private readonly HashSet<GatewayReference> _links = [];

    /// <summary>The gateway was asked for a link under this reference.</summary>
    internal void LinkMade(GatewayReference reference) => _links.Add(reference);

    /// <summary>The links that the gateway was asked for.</summary>
    internal IReadOnlyCollection<GatewayReference> Links => _links;

    // Time may ask, only the gateway may answer: what can still be paid is spoken for. A gateway that recognises no reference may have made two.
    private void CheckLink(PaymentOperation operation)
    {
        if (!operation.IsFinal || !_links.Contains(operation.Reference) || world.Scripted.Profile.PaymentLinks is not { Duplicates: not DuplicateRule.None }) return;
        if (world.Scripted.Ledger.Hold(book => book.Find(operation.Reference))?.Current is not GatewayOutcome.ActionRequired { Until: var end }) return;
        if (end <= new DateTimeOffset(world.Queue.Now, TimeSpan.Zero)) return;
        world.Break(Invariant.LinksHold, $"{Story.Short(operation.Reference)} is {operation.Status}, and its link can be paid until {end:g}.");
    }

    private void CheckLinks()
    {
        foreach (var moved in world.Scripted.Ledger.Entries.Where(e => !e.GivesBack && _links.Contains(e.Reference)).GroupBy(e => (e.Tenant, e.Reference)))
        {
            if (!_operations.TryGetValue((moved.Key.Tenant, new(moved.Key.Reference.Value)), out var operation)) continue;
            if (moved.Any(e => e.Money != operation.Amount))
                world.Break(Invariant.LinksHold, $"The link of {Story.Short(operation.Reference)} was to ask for {operation.Amount}, and {moved.First(e => e.Money != operation.Amount).Money} was paid on it.");
            if (moved.Count() > 1 && !_doubledByGateway.Contains(operation.Reference))
                world.Break(Invariant.LinksHold, $"The link of {Story.Short(operation.Reference)} was paid {moved.Count()} times.");
        }
    }
}

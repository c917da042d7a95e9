namespace InvoicePayments;

/// <content>Charges that collection runs make, held to where the invoice stood when they were made.</content>
internal sealed partial class Books
{
    private readonly Dictionary<(TenantId, InvoiceId), int> _hardDeclined = [];
    private readonly Dictionary<(TenantId, InvoiceId), DateTimeOffset> _nextTries = [];

    private void CheckDunning(ChangeSet changes)
    {
        foreach (var operation in changes.Operations.Select(o => o.Operation))
        {
            if (operation is not { Kind: OperationKind.Charge, Initiator: PaymentInitiator.Merchant, EvidenceOf: null }) continue;
            var id = operation.Allocation.Parts[0].Invoice;
            var key = (operation.Tenant, id);
            var before = changes.Invoices.FirstOrDefault(i => i.Id == id) is { } after ? Before(after) : null;
            if (operation.Version == 1 && !_asked.ContainsKey((operation.Tenant, operation.Id)) && before is not null && NotNow(before, operation) is { } why)
                world.Break(Invariant.DunningHolds, $"A run charges {operation.Tenant}/{id} {operation.Amount}, {why}.");
            if (operation.Status == OperationStatus.Declined && SaidAtTheGateway(operation) is { } no && !world.Policy.Dunning.SoftAdvice.Contains(no.Advice))
                _hardDeclined[key] = before?.Dunning.Round ?? 0;
            if (operation.Status == OperationStatus.Succeeded) _hardDeclined.Remove(key);
        }

        NoteTries(changes.Facts);
    }

    // By the facts as they were written, whatever the store says of the invoice later.
    private void NoteTries(IReadOnlyList<InvoiceEvent> facts)
    {
        foreach (var fact in facts)
        {
            if (fact is InvoiceEvent.DunningScheduled scheduled) _nextTries[(fact.Tenant, fact.Invoice)] = scheduled.NextAt;
            else if (fact is InvoiceEvent.Paid or InvoiceEvent.Succeeded or InvoiceEvent.LateAnswer or InvoiceEvent.DunningResumed) _nextTries.Remove((fact.Tenant, fact.Invoice));
        }
    }

    private Invoice? Before(Invoice after) =>
        _versions.GetValueOrDefault((after.Tenant, after.Id)) is { } versions && after.Version is > 1 and var version && version - 1 <= versions.Count ? versions[(int)version - 2] : null;

    private Decline? SaidAtTheGateway(PaymentOperation operation) =>
        (world.Scripted.Ledger.Hold(book => book.Find(operation.Reference))?.Current as GatewayOutcome.Declined)?.Why;

    private string? NotNow(Invoice before, PaymentOperation charge) => before switch
    {
        { Reserved.IsPositive: true } => $"while {before.Reserved} is spoken for",
        { Dunning.State: DunningState.Stopped or DunningState.Exhausted } => $"though dunning is {before.Dunning.State}",
        _ when _nextTries.TryGetValue((before.Tenant, before.Id), out var next) && next > charge.CreatedAt => $"{next - charge.CreatedAt:g} before its time",
        { Dunning.State: DunningState.None, DueAt: null } => "which is not due",
        _ when _hardDeclined.TryGetValue((before.Tenant, before.Id), out var round) && round == before.Dunning.Round => "after a decline that is for ever",
        _ => null,
    };
}

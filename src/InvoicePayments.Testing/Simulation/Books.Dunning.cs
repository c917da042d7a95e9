namespace InvoicePayments;

/// <content>Charges that collection runs make, held to where the invoice stood when they were made.</content>
internal sealed partial class Books
{
    private readonly Dictionary<(TenantId, InvoiceId), int> _hardDeclined = [];
    private readonly Dictionary<(TenantId, InvoiceId), DateTimeOffset> _nextTries = [];

    // By the facts as they were written, whatever the store says of the invoice later.
    private void NoteTries(ChangeSet changes)
    {
        foreach (var fact in changes.Facts)
        {
            if (fact is InvoiceEvent.DunningScheduled scheduled) _nextTries[(fact.Tenant, fact.Invoice)] = scheduled.NextAt;
            else if (fact is InvoiceEvent.Paid or InvoiceEvent.DunningResumed or InvoiceEvent.DunningStopped or InvoiceEvent.DunningExhausted) _nextTries.Remove((fact.Tenant, fact.Invoice));
            else if (fact is InvoiceEvent.Succeeded or InvoiceEvent.LateAnswer) _nextTries.Remove((fact.Tenant, fact.Invoice));
        }
    }

    // Before what was changed is remembered: where the invoice stood until now.
    private void CheckDunning(PaymentOperation operation)
    {
        if (operation is not { Kind: OperationKind.Charge, Initiator: PaymentInitiator.Merchant, EvidenceOf: null }) return;
        var (tenant, id) = (operation.Tenant, operation.Allocation.Parts[0].Invoice);
        var isNew = !_operations.ContainsKey((tenant, operation.Id));
        if (isNew && !_asked.ContainsKey((tenant, operation.Id)) && LastOf(tenant, id) is { } before && NotNow(before, operation) is { } why)
            world.Break(Invariant.DunningHolds, $"A run charges {tenant}/{id} {operation.Amount}, {why}.");
        if (operation.Status == OperationStatus.Declined && SaidAtTheGateway(operation) is { } no && !world.Policy.Dunning.SoftAdvice.Contains(no.Advice))
            _hardDeclined[(tenant, id)] = LastOf(tenant, id)?.Dunning.Round ?? 0;
        if (operation.Status == OperationStatus.Succeeded) _hardDeclined.Remove((tenant, id));
    }

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

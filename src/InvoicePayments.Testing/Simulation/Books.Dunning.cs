namespace InvoicePayments;

/// <content>Charges that collection runs make, held to where the invoice stood when they were made.</content>
internal sealed partial class Books
{
    private readonly Dictionary<(TenantId, InvoiceId), int> _hardDeclined = [];

    // Before what was changed is remembered: where the invoice stood until now.
    private void CheckDunning(PaymentOperation operation)
    {
        if (operation is not { Kind: OperationKind.Charge, Initiator: PaymentInitiator.Merchant, EvidenceOf: null }) return;
        var (tenant, id) = (operation.Tenant, operation.Allocation.Parts[0].Invoice);
        var isNew = !_operations.ContainsKey((tenant, operation.Id));
        if (isNew && !_asked.ContainsKey((tenant, operation.Id)) && LastOf(tenant, id) is { } before && NotNow(before, operation) is { } why)
            world.Break(Invariant.DunningHolds, $"A run charges {tenant}/{id} {operation.Amount}, {why}.");
        if (operation is { Status: OperationStatus.Declined, Decline: { } no } && !world.Policy.Dunning.SoftAdvice.Contains(no.Advice))
            _hardDeclined[(tenant, id)] = LastOf(tenant, id)?.Dunning.Round ?? 0;
        if (operation.Status == OperationStatus.Succeeded) _hardDeclined.Remove((tenant, id));
    }

    private string? NotNow(Invoice before, PaymentOperation charge) => before switch
    {
        { Reserved.IsPositive: true } => $"while {before.Reserved} is spoken for",
        { Dunning.State: DunningState.Stopped or DunningState.Exhausted } => $"though dunning is {before.Dunning.State}",
        { Dunning.NextAt: { } next } when next > charge.CreatedAt => $"{next - charge.CreatedAt:g} before its time",
        { Dunning.State: DunningState.None, DueAt: null } => "which is not due",
        _ when _hardDeclined.TryGetValue((before.Tenant, before.Id), out var round) && round == before.Dunning.Round => "after a decline that is for ever",
        _ => null,
    };
}

namespace InvoicePayments;

/// <content>What a charge that the merchant set off does to dunning. A customer's own attempt does nothing to it.</content>
internal sealed partial class StateChange
{
    private void TriedInVain(PaymentOperation operation, InvoiceId id, Decline? decline)
    {
        if (!IsCollecting(operation) || Edit(id) is not { Document: InvoiceDocument.Open, Due.IsPositive: true, Dunning: var before }) return;

        var after = context.Policy.Dunning.After(before, decline, Now);
        if (after == before) return;
        Change(id, i => i with { Dunning = after });
        Tell(id, after.NextAt is { } next ? new InvoiceEvent.DunningScheduled(after.Tries, next) : new InvoiceEvent.DunningExhausted(after.Tries));
    }

    // Money came of it, even if not all: dunning is over, in whichever order the news came. What an operator stopped stays stopped.
    private void TriedWell(PaymentOperation operation, InvoiceId id)
    {
        if (!IsCollecting(operation) || Edit(id).Dunning is not { State: DunningState.InProgress or DunningState.Exhausted } before) return;
        Change(id, i => i with { Dunning = before.Over() });
    }

    private static bool IsCollecting(PaymentOperation operation) =>
        operation is { Kind: OperationKind.Charge, Initiator: PaymentInitiator.Merchant };
}

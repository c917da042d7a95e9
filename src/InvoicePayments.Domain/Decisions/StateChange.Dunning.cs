namespace InvoicePayments;

/// <content>What a charge that the merchant set off does to dunning. A customer's own attempt does nothing to it.</content>
internal sealed partial class StateChange
{
    private void TriedInVain(PaymentOperation operation, InvoiceId id, Decline? decline)
    {
        if (!IsCollecting(operation) || Edit(id) is not { Document: InvoiceDocument.Open, Dunning: var before } invoice) return;

        // Whatever else has paid it meanwhile: what the bank has refused for ever is refused, should the invoice ever be open again.
        var after = invoice.Due.IsPositive ? context.Policy.Dunning.After(before, decline, Now) : context.Policy.Dunning.Refuse(before, decline);
        if (after == before) return;
        Change(id, i => i with { Dunning = after });
        if (after.Tries == before.Tries) return;
        Tell(id, after.NextAt is { } next ? new InvoiceEvent.DunningScheduled(after.Tries, next) : new InvoiceEvent.DunningExhausted(after.Tries));
    }

    // Money came of it, even if not all: dunning is over, in whichever order the news came. What an operator stopped stays stopped.
    private void TriedWell(PaymentOperation operation, InvoiceId id)
    {
        if (!IsCollecting(operation) || Edit(id).Dunning is not { State: not DunningState.Stopped } before || before == before.Over()) return;
        Change(id, i => i with { Dunning = before.Over() });
    }

    private static bool IsCollecting(PaymentOperation operation) =>
        operation is { Kind: OperationKind.Charge, Initiator: PaymentInitiator.Merchant };
}

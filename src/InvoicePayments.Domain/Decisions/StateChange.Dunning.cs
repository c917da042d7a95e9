namespace InvoicePayments;

/// <content>What a charge that the merchant set off does to dunning. A customer's own attempt does nothing to it.</content>
internal sealed partial class StateChange
{
    private const string LostDispute = "A dispute of its payment was lost.";

    private void TriedInVain(PaymentOperation operation, InvoiceId id, Decline? decline)
    {
        if (!IsCollecting(operation) || Known(id) is not { Document: InvoiceDocument.Open, Dunning: var before } invoice) return;

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
        if (!IsCollecting(operation) || Known(id).Dunning is not { State: not DunningState.Stopped } before || before == before.Over()) return;
        Change(id, i => i with { Dunning = before.Over() });
    }

    /// <summary>
    /// A loss has opened an invoice again that collection runs charge. A debit that was returned counts as a charge in vain: its schedule begins.
    /// A payer who has won a dispute is charged by no run before an operator says so.
    /// </summary>
    private void DunAfterLoss(PaymentOperation operation, InvoiceId id)
    {
        if (Known(id) is not { Kind: PayableKind.Invoice, Document: InvoiceDocument.Open, Due.IsPositive: true, DueAt: not null, Dunning: var before }) return;

        if (WasDisputed(Current(operation.Payment)) && before.State is DunningState.None or DunningState.InProgress)
        {
            Change(id, i => i with { Dunning = before with { State = DunningState.Stopped, NextAt = null } });
            Tell(id, new InvoiceEvent.DunningStopped(LostDispute));
        }
        else if (before.State == DunningState.None)
        {
            var after = context.Policy.Dunning.After(before, null, Now);
            Change(id, i => i with { Dunning = after });
            Tell(id, after.NextAt is { } next ? new InvoiceEvent.DunningScheduled(after.Tries, next) : new InvoiceEvent.DunningExhausted(after.Tries));
        }
    }

    // A returned debit has an id that follows from the payment; whatever else took money was a dispute.
    private static bool WasDisputed(Payment payment) => payment.Disputes.Any(d => d.Taken > 0
        && (payment is not { Gateway: { } gateway, GatewayPaymentId: { } id } || d.Operation != DisputeRules.ReturnOf(gateway, id)));

    private static bool IsCollecting(PaymentOperation operation) =>
        operation is { Kind: OperationKind.Charge, Initiator: PaymentInitiator.Merchant };
}

namespace InvoicePayments;

/// <content>Money that comes in or goes back, part by part: share, fact and sums together.</content>
internal sealed partial class StateChange
{
    // Answers what is beyond what is due and to be kept as credit. Nothing was taken of it yet: news of that waits until the money is here.
    private Money Receive(PaymentOperation operation, AllocationPart whole, Money reserved, GatewayPaymentId? id, PaymentSummary? created)
    {
        var beyond = BeyondDue(operation, whole);
        var part = whole with { Amount = whole.Amount - beyond };
        ChangeShare(operation.Payment, part.Invoice, s => s with { Captured = checked(s.Captured + part.Amount.MinorUnits) });
        Tell(part, operation, new InvoiceEvent.Succeeded(part.Amount, reserved, id) { Created = created });
        Change(part, i => i with
        {
            Sums = i.Sums.Release(reserved.MinorUnits).Receive(part.Amount.MinorUnits),
            LastAttemptFailed = false,
        });
        TriedWell(operation, part.Invoice);
        CreditPaid(operation, part, reserved);
        return beyond;
    }

    private void GiveBack(PaymentOperation operation, AllocationPart part, long released, GatewayPaymentId? id)
    {
        var amount = part.Amount.MinorUnits;
        ChangeShare(operation.Payment, part.Invoice, s => s with
        {
            Refunded = checked(s.Refunded + amount),
            RefundReserved = checked(s.RefundReserved - released),
        });
        var told = operation.Kind == OperationKind.Refund ? released : 0;
        Tell(part, operation, new InvoiceEvent.Succeeded(
            part.Amount, Money.FromMinorUnits(told, part.Amount.Currency), id, DueAgain: operation.ReopensInvoice));
        ChangeSums(part, s => s.GiveBack(amount, operation.ReopensInvoice));
        CreditGivenBack(operation, part, Money.FromMinorUnits(released, part.Amount.Currency));
        OpenAgain(operation, part, mayShrink: operation.ReopensInvoice);
    }
}

namespace InvoicePayments;

/// <content>Refunds that were made at the gateway's own site, and refunds that failed after they had succeeded.</content>
internal sealed partial class StateChange
{
    /// <summary>
    /// Money of a payment went back that nobody here asked for: a refund of its own, once. It is shared as refunds are, but what was kept as credit
    /// and is spent by now went back as well, and shows as missing. Refunds of ours that are under way keep what they have spoken for, and the
    /// gateway decides about them.
    /// </summary>
    internal void GiveBackElsewhere(PaymentOperation of, OperationId id, GatewayPaymentId refund, Money amount)
    {
        if (OperationNow(id) is not null) return;
        var payment = Current(of.Payment);
        long[] left = [.. payment.Shares.Select(s => Current(s.Invoice) is null ? 0 : Math.Max(0, checked(s.Captured - s.Refunded)))];
        var moved = Money.Min(amount, Money.FromMinorUnits(left.Sum(), amount.Currency));
        if (moved < amount) NoteOnce(of, refund, amount);
        if (moved.IsZero) return;

        var done = Closed(Beside(of, id, OperationKind.Refund, refund)) with
        {
            Status = OperationStatus.Succeeded, Amount = moved, Moved = moved, Allocation = CreditRules.GivenBack(state, payment, moved, left),
            ReopensInvoice = context.Policy.RefundsReopenInvoices,
        };
        foreach (var part in done.Allocation.Parts)
        {
            ChangeShare(of.Payment, part.Invoice, s => s with { Refunded = checked(s.Refunded + part.Amount.MinorUnits) });
            Tell(part, done, new InvoiceEvent.Succeeded(part.Amount, Money.Zero(part.Amount.Currency), refund, DueAgain: done.ReopensInvoice));
            ChangeSums(part, s => s.GiveBack(part.Amount.MinorUnits, done.ReopensInvoice));
            TakeCreditBack(done, part);
            OpenAgain(done, part, mayShrink: true);
        }

        Put(done, null);
    }

    /// <summary>
    /// A refund did not reach the payer: shown on the refund where it is one of ours, and on the payment's own operation where it is not. In whatever
    /// order it is told, so also on one that is known to have failed.
    /// </summary>
    internal void NoteFailed(PaymentOperation of, OperationId id, GatewayNotice.RefundFailed failed)
    {
        var ours = failed.Reference is null ? null : OperationNow(id);
        NoteOnce(ours is { GivesBack: true } && ours.Payment == of.Payment ? ours : of, failed.Refund, Money.Zero(failed.Amount.Currency));
    }
}

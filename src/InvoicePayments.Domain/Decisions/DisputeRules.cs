using System.Diagnostics;

namespace InvoicePayments;

/// <summary>What each notice does to the payment it is about.</summary>
internal static class DisputeRules
{
    /// <summary>The operation that a notice is about: one per dispute and refund, and one per payment that was returned. Derived, so that it is found again.</summary>
    internal static OperationId OperationOf(GatewayName gateway, GatewayPaymentId payment, GatewayNotice notice) => notice switch
    {
        GatewayNotice.DisputeOpened { Dispute: var id } => Dispute(gateway, id),
        GatewayNotice.DisputeWon { Dispute: var id } => Dispute(gateway, id),
        GatewayNotice.DisputeLost { Dispute: var id } => Dispute(gateway, id),
        GatewayNotice.DebitReturned => ReturnOf(gateway, payment),
        GatewayNotice.RefundedElsewhere { Refund: var id } => RefundOf(gateway, id),
        GatewayNotice.RefundFailed { Reference: { } ours } => new(ours.Value),
        GatewayNotice.RefundFailed { Refund: var id } => RefundOf(gateway, id),
        _ => throw new UnreachableException(),
    };

    /// <summary>The operation that stands for the return of a payment.</summary>
    internal static OperationId ReturnOf(GatewayName gateway, GatewayPaymentId payment) => new(DerivedId.Base32("return", gateway.Value, payment.Value));

    /// <summary>Where notices wait for a payment that nobody here knows yet.</summary>
    internal static OperationId ShelfOf(GatewayName gateway, GatewayPaymentId payment) => new(DerivedId.Base32("notices", gateway.Value, payment.Value));

    /// <summary>
    /// Whether a notice has to wait until the money that it is about has come in here: only then it shows what that money paid, and what of it
    /// was kept as credit.
    /// </summary>
    internal static bool Waits(PaymentOperation taken, GatewayNotice notice) => Divides(notice) && taken.Status != OperationStatus.Succeeded;

    /// <summary>Whether what a notice tells of is divided among all that its payment has paid.</summary>
    internal static bool Divides(GatewayNotice notice) => notice is not GatewayNotice.RefundFailed;

    /// <summary>Takes in a notice about the money that <paramref name="taken"/> took, and answers the operation that stands for it.</summary>
    internal static PaymentOperation Apply(StateChange change, PaymentOperation taken, GatewayNotice notice)
    {
        var id = OperationOf(taken.Gateway!.Value, taken.GatewayPaymentId!.Value, notice);
        var payment = change.PaymentNow(taken.Payment);
        if (notice.Amount.Currency != payment.Amount.Currency || notice.Amount > payment.Amount) change.NoteOnce(taken, IdIn(notice) ?? taken.GatewayPaymentId.Value, notice.Amount);
        if (notice.Amount.Currency != payment.Amount.Currency) return change.OperationNow(id) ?? taken;

        // No more than was asked for is ever held or taken; what is reported beyond it is shown to a person.
        var amount = Money.Min(notice.Amount, payment.Amount);
        switch (notice)
        {
            case GatewayNotice.DisputeOpened opened:
                change.HoldBack(taken, id, opened, amount);
                break;
            case GatewayNotice.DisputeWon won:
                change.Win(taken, id, won, amount);
                break;
            case GatewayNotice.DisputeLost lost:
                change.Take(taken, id, OperationKind.Dispute, lost.Dispute, amount, null);
                break;
            case GatewayNotice.DebitReturned returned:
                change.Take(taken, id, OperationKind.Return, taken.GatewayPaymentId, amount, new(returned.Code, returned.Message ?? "The direct debit was returned."));
                break;
            case GatewayNotice.RefundedElsewhere back:
                change.GiveBackElsewhere(taken, id, back.Refund, amount);
                break;
            case GatewayNotice.RefundFailed failed:
                change.NoteFailed(taken, id, failed);
                break;
            default:
                throw new UnreachableException();
        }

        return change.OperationNow(id) ?? taken;
    }

    /// <summary>
    /// Money came in: what the gateway told of it before it was known here counts now. But a refund is told again by itself, because whether it
    /// counted already shows on its own operation alone; and so is what is about documents that are not at hand.
    /// </summary>
    internal static void Recall(StateChange change, InvoiceState state, GatewayName gateway, GatewayPaymentId id)
    {
        foreach (var kept in state.Parked.Where(p => p.Notice is not null and not GatewayNotice.RefundedElsewhere && p.Gateway == gateway && p.GatewayPaymentId == id))
        {
            if (change.TakenUnder(gateway, id) is { } taken && !Waits(taken, kept.Notice!) && (!Divides(kept.Notice!) || change.HasDocumentsOf(taken.Payment)))
                Apply(change, taken, kept.Notice!);
        }
    }

    /// <summary>The operation that stands for a refund that was made at the gateway's own site.</summary>
    internal static OperationId RefundOf(GatewayName gateway, GatewayPaymentId id) => new(DerivedId.Base32("refund", gateway.Value, id.Value));

    private static OperationId Dispute(GatewayName gateway, GatewayPaymentId id) => new(DerivedId.Base32("dispute", gateway.Value, id.Value));

    private static GatewayPaymentId? IdIn(GatewayNotice notice) => notice switch
    {
        GatewayNotice.DisputeOpened { Dispute: var id } => id,
        GatewayNotice.DisputeWon { Dispute: var id } => id,
        GatewayNotice.DisputeLost { Dispute: var id } => id,
        GatewayNotice.RefundedElsewhere { Refund: var id } => id,
        GatewayNotice.RefundFailed { Refund: var id } => id,
        _ => null,
    };
}

namespace InvoicePayments;

/// <content>Money that moved after its operation had ended, a second time, or otherwise than was told: never dropped.</content>
internal sealed partial class StateChange
{
    /// <summary>Money moved after the operation had ended, or a second time: an operation of its own, never dropped.</summary>
    internal PaymentOperation RecordLate(PaymentOperation of, GatewayPaymentId id, Money moved)
    {
        var late = Late(of, LateIdOf(of.Id, id), of.Payment, id, moved);

        // By what the recipients have now: the parts of the first time may be more than some of them still have.
        if (of.GivesBack) return Arrive(of, of.Funding is null ? late : late with { Funding = FundingShare.Return(Current(of.Payment).Funding, moved) ?? of.Funding });

        late = late with { Payment = PaymentIdOf(late.Id) };
        _payments[late.Payment] = LatePayment(of, late);
        var arrived = Arrive(of, late);
        if (of.Kind == OperationKind.Authorize || of.ReleasesRest) EndAuthorization(of, OperationStatus.Succeeded, null);
        return arrived;
    }

    /// <summary>A movement turned out to be larger than it was told to be: the rest is an operation of its own on the same payment.</summary>
    internal PaymentOperation RecordMore(PaymentOperation of, PaymentOperation movement, GatewayPaymentId id, Money known, Money moved) =>
        Arrive(of, Late(of, LateIdOf(movement.Id, id, moved), movement.Payment, id, moved - known));

    /// <summary>The gateway reported something else than was asked: shown, kept once, and not taken as a success.</summary>
    internal PaymentOperation NoteDiscrepancy(PaymentOperation operation, GatewayPaymentId id, Money reported)
    {
        var payment = Edit(operation.Payment);
        var noted = new Discrepancy(operation.Id, id, reported);
        _payments[payment.Id] = payment with
        {
            // Kept in one order, so that it does not matter in which the reports came.
            Discrepancies = [.. payment.Discrepancies.Append(noted).OrderBy(d => d.Operation.Value, StringComparer.Ordinal)
                .ThenBy(d => d.GatewayPaymentId.Value, StringComparer.Ordinal).ThenBy(d => d.Reported.Currency.Code, StringComparer.Ordinal)
                .ThenBy(d => d.Reported.MinorUnits)],
        };
        foreach (var part in operation.Allocation.Parts)
            Tell(part, operation, new InvoiceEvent.DiscrepancySeen(operation.Amount, reported, id));
        return operation;
    }

    internal static OperationId LateIdOf(OperationId of, GatewayPaymentId id) => new(DerivedId.Base32("late", of.Value, id.Value));

    private static OperationId LateIdOf(OperationId of, GatewayPaymentId id, Money moved) =>
        new(DerivedId.Base32("more", of.Value, id.Value, moved.ToString()));

    private PaymentOperation Late(PaymentOperation of, OperationId lateId, PaymentId payment, GatewayPaymentId id, Money moved) => of with
    {
        Id = lateId, Kind = of.Kind == OperationKind.Authorize ? OperationKind.Capture : of.Kind, Hold = null, ReleasesRest = false,
        Authorization = of.Kind == OperationKind.Authorize ? of.Id : of.Authorization, Payment = payment, Amount = moved, Moved = moved, Allocation = of.Allocation.ScaledTo(moved),
        Status = OperationStatus.Succeeded, GatewayPaymentId = id, EvidenceOf = of.Id, CreatedAt = Now, AnsweredAt = Now,
        Decline = null, Error = null, Action = null, ActionDeadline = null, BusyUntil = null, NextCheckAt = null, Version = 0,
    };

    private PaymentOperation Arrive(PaymentOperation of, PaymentOperation late)
    {
        var covered = Consume(of, late.Allocation);
        var created = Begins(late) ? PaymentSummary.Of(Current(late.Payment), late) : null;
        var kept = Money.Zero(late.Amount.Currency);
        foreach (var whole in late.Allocation.Parts)
        {
            var beyond = of.GivesBack ? Money.Zero(kept.Currency) : BeyondDue(of, whole);
            var part = whole with { Amount = whole.Amount - beyond };
            kept += beyond;
            var amount = part.Amount.MinorUnits;
            var held = covered?.PartOf(part.Invoice);
            Tell(part, late, new InvoiceEvent.LateAnswer(of.Id, part.Amount, late.GatewayPaymentId!.Value, of.ReopensInvoice, held) { Created = created });
            ChangeShare(late.Payment, part.Invoice, s => of.GivesBack
                ? s with { Refunded = checked(s.Refunded + amount) }
                : s with { Captured = checked(s.Captured + amount) });
            if (of.GivesBack) TakeCreditBack(late, part);
            else CreditPaid(late, part, Money.Zero(kept.Currency));
            if (of.GivesBack) ChangeSums(part, s => s.GiveBack(amount, of.ReopensInvoice));
            else Change(part, i => i with { Sums = i.Sums.ReceiveUnreserved(amount, held?.MinorUnits ?? 0), LastAttemptFailed = false });
            TriedWell(of, part.Invoice);
            OpenAgain(late, part, mayShrink: of.ReopensInvoice);
        }

        KeepAsCredit(late, kept, new(kept, kept, late.GatewayPaymentId));
        return Put(late, null);
    }

    private Payment LatePayment(PaymentOperation of, PaymentOperation late) => Current(of.Payment) with
    {
        Id = late.Payment, Amount = late.Amount, Status = OperationStatus.Succeeded, GatewayPaymentId = late.GatewayPaymentId,
        Authorization = of.Kind == OperationKind.Authorize ? of.Payment : Current(of.Payment).Authorization,
        Shares = Payment.SharesOf(late.Allocation),
        Funding = [.. Current(of.Payment).Funding.Select(s => new FundingShare(s.Recipient, 0, 0, 0))],
        Discrepancies = [], Disputes = [], CreatedAt = Now, SucceededAt = Now, Version = 1,
    };
}

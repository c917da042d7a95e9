namespace InvoicePayments;

/// <content>What disputes and returned debits do to a payment and its invoices. Each is an operation of its own: the payment is final.</content>
internal sealed partial class StateChange
{
    private static readonly OperationError Won = new("dispute_won", "The dispute was won: no money was taken.");

    /// <summary>The operation that took money which the gateway knows by this id; null when nobody here knows it.</summary>
    internal PaymentOperation? TakenUnder(GatewayName gateway, GatewayPaymentId id) =>
        _operations.ToList().Select(o => o.Operation).Concat(state.Operations.Where(o => !_operations.Contains(o.Id)))
            .Where(o => o.Kind is (OperationKind.Charge or OperationKind.Capture) && o.Gateway == gateway && o.GatewayPaymentId == id)
            .OrderBy(o => o.Status == OperationStatus.Succeeded ? 0 : 1).ThenBy(o => Begins(o) ? 0 : 1).FirstOrDefault();

    /// <summary>An operation as it is after this change; null when it is not known.</summary>
    internal PaymentOperation? OperationNow(OperationId id) => _operations.TryGetValue(id, out var changed) ? changed.Operation : Loaded(id);

    /// <summary>A payment as it is after this change.</summary>
    internal Payment PaymentNow(PaymentId id) => Current(id);

    /// <summary>The gateway tells of another amount or currency than there is: shown, once.</summary>
    internal void NoteOnce(PaymentOperation operation, GatewayPaymentId id, Money reported)
    {
        if (!Current(operation.Payment).Discrepancies.Contains(new(operation.Id, id, reported))) NoteDiscrepancy(operation, id, reported);
    }

    /// <summary>A dispute was opened, or turned out to be about more: so much of the payment is held, and cannot be refunded meanwhile.</summary>
    internal void HoldBack(PaymentOperation of, OperationId id, GatewayNotice.DisputeOpened opened, Money amount)
    {
        var known = DisputeOf(of.Payment, id);
        if (known is { IsOver: true }) return;

        var more = amount.MinorUnits - (known?.Held ?? 0);
        var before = known is null ? null : OperationNow(id);
        if (more <= 0)
        {
            if (opened.RespondBy > (before!.ActionDeadline ?? DateTimeOffset.MinValue)) Put(before with { ActionDeadline = opened.RespondBy }, null);
            return;
        }

        var parts = BorneBy(of.Payment, Money.FromMinorUnits(more, amount.Currency), before);
        var next = (before ?? Beside(of, id, OperationKind.Dispute, opened.Dispute)) with
        {
            Status = OperationStatus.Processing, Amount = amount, Allocation = before?.Allocation.Plus(parts) ?? parts,
            Reason = before?.Reason ?? opened.Reason, ActionDeadline = before?.ActionDeadline > opened.RespondBy ? before.ActionDeadline : opened.RespondBy ?? before?.ActionDeadline,
        };
        foreach (var part in parts.Parts.Where(p => p.Amount.IsPositive))
        {
            ChangeShare(of.Payment, part.Invoice, s => s with { Disputed = checked(s.Disputed + part.Amount.MinorUnits) });
            Tell(part, next, new InvoiceEvent.DisputeOpened(part.Amount, opened.Dispute, opened.Reason, opened.RespondBy));
        }

        Put(next, null);
        Note(of.Payment, new(id, amount.MinorUnits, 0, IsOver: false));
    }

    /// <summary>The dispute is over and nothing is taken: what was held is free. After a loss it is old news.</summary>
    internal void Win(PaymentOperation of, OperationId id, GatewayNotice.DisputeWon won, Money amount)
    {
        var known = DisputeOf(of.Payment, id);
        if (known is { IsOver: true }) return;

        var open = known is null ? null : OperationNow(id);
        var done = Closed(open ?? Beside(of, id, OperationKind.Dispute, won.Dispute) with { Amount = amount, Allocation = BorneBy(of.Payment, amount) });
        foreach (var part in done.Allocation.Parts.Where(p => p.Amount.IsPositive))
        {
            var released = open is null ? Money.Zero(amount.Currency) : part.Amount;
            ChangeShare(of.Payment, part.Invoice, s => s with { Disputed = checked(s.Disputed - released.MinorUnits) });
            Tell(part, done, new InvoiceEvent.DisputeWon(released, won.Dispute));
        }

        Put(done with { Status = OperationStatus.Canceled, Error = Won }, null);
        Note(of.Payment, new(id, 0, 0, IsOver: true));
    }

    /// <summary>
    /// The money is taken back, by a lost dispute or a returned debit. What is reported beyond what was taken before, or after the dispute
    /// was won, is an operation of its own: a final one never changes.
    /// </summary>
    internal void Take(PaymentOperation of, OperationId id, OperationKind kind, GatewayPaymentId? gatewayId, Money amount, OperationError? returned)
    {
        var known = DisputeOf(of.Payment, id);
        var all = Money.FromMinorUnits(amount.MinorUnits - (known?.Taken ?? 0), amount.Currency);
        if (!all.IsPositive) return;

        var open = known is { IsOver: false } ? OperationNow(id) : null;
        var more = WithinReach(open, of.Payment, all);
        if (open is not null) Free(open);
        var parts = BorneBy(of.Payment, more, open);
        var done = Closed(open ?? Beside(of, known is null ? id : MoreIdOf(id, amount), kind, gatewayId)) with
        {
            Status = OperationStatus.Succeeded, Amount = more, Moved = more, Allocation = parts, Error = returned, EvidenceOf = known is { IsOver: true } ? id : null,
        };
        Note(of.Payment, new(id, 0, checked((known?.Taken ?? 0) + more.MinorUnits), IsOver: true));
        foreach (var part in parts.Parts)
        {
            var released = open?.Allocation.PartOf(part.Invoice) ?? Money.Zero(amount.Currency);
            if (part.Amount.IsZero && released.IsZero) continue;
            ChangeShare(of.Payment, part.Invoice, s => s with { Taken = checked(s.Taken + part.Amount.MinorUnits) });
            Tell(part, done, returned is null
                ? new InvoiceEvent.DisputeLost(part.Amount, released, gatewayId!.Value)
                : new InvoiceEvent.DebitReturned(part.Amount, returned));
            ChangeSums(part, s => s.Take(part.Amount.MinorUnits));
            OpenAgain(done, part);
        }

        Put(done, null);
        Take(of, id, kind, gatewayId, amount, returned);
    }

    /// <summary>
    /// What was taken of a payment is due again, as far as it was here: neither what never arrived nor what was given back before is asked
    /// for a second time. It follows from the sums alone, so it does not matter whether the money came, went back or was taken first; but what
    /// somebody has paid again meanwhile, or is paying, stays due again.
    /// </summary>
    private void OpenAgain(PaymentOperation operation, AllocationPart part, bool mayShrink = false)
    {
        var share = Current(operation.Payment).Shares.FirstOrDefault(s => s.Invoice == part.Invoice);
        if (share is null || share.Taken == 0) return;

        var more = Math.Min(share.Taken, Math.Max(0, checked(share.Captured - share.Refunded))) - share.TakenReopened;
        if (more < 0) more = mayShrink ? -Math.Min(-more, RoomFor(part)) : 0;
        if (more == 0) return;

        ChangeShare(operation.Payment, part.Invoice, s => s with { TakenReopened = checked(s.TakenReopened + more) });
        Tell(part, operation, new InvoiceEvent.Reopened(Money.FromMinorUnits(more, operation.Amount.Currency)));
        ChangeSums(part, s => s.Reopen(more));
        CreditReopened(operation, part with { Amount = Money.FromMinorUnits(more, operation.Amount.Currency) });
        if (more > 0) DunAfterLoss(operation, part.Invoice);
    }

    // How much more may count as settled before the sums of the document, or of the request through which it was paid, no longer hold.
    private long RoomFor(AllocationPart part) => new[] { part.Invoice, part.Request }.OfType<InvoiceId>().Select(Known)
        .Min(i => Math.Max(0, checked(i.Total.MinorUnits + i.Sums.Unreserved - i.Sums.Settled - i.Sums.Reserved)));

    private PaymentDispute? DisputeOf(PaymentId payment, OperationId id) => Current(payment).Disputes.FirstOrDefault(d => d.Operation == id);

    private void Note(PaymentId id, PaymentDispute dispute)
    {
        var payment = Edit(id);
        _payments[id] = payment with
        {
            // Kept in one order, so that it does not matter in which they came.
            Disputes = [.. payment.Disputes.Where(d => d.Operation != dispute.Operation).Append(dispute).OrderBy(d => d.Operation.Value, StringComparer.Ordinal)],
        };
    }

    private PaymentOperation Beside(PaymentOperation of, OperationId id, OperationKind kind, GatewayPaymentId? gatewayId) => new()
    {
        Tenant = of.Tenant, Id = id, Kind = kind, Payment = of.Payment, Account = of.Account, Amount = of.Amount, Allocation = of.Allocation,
        Status = OperationStatus.Processing, CreatedAt = Now, Gateway = of.Gateway, GatewayPaymentId = gatewayId,
        Fingerprint = CanonicalWriter.Begin().Add("command", "dispute").Add("operation", id.Value).ToFingerprint(),
    };

    private PaymentOperation Closed(PaymentOperation operation) => operation with { ActionDeadline = null, NextCheckAt = null, BusyUntil = null, AnsweredAt = Now };

    private static OperationId MoreIdOf(OperationId id, Money amount) => new(DerivedId.Base32("more", id.Value, amount.ToString()));
}

namespace InvoicePayments;

/// <content>Disputes and returned debits: what they hold and what they have taken, by the gateway and by the books.</content>
internal sealed partial class Books
{
    private readonly Dictionary<GatewayPaymentId, LedgerEntry> _failed = [];
    private readonly HashSet<(GatewayPaymentId Dispute, Type What, GatewayPaymentId About)> _lost = [];

    /// <summary>A webhook that no statement tells as well never came.</summary>
    internal void Lost(GatewayPaymentId about, GatewayNotice notice)
    {
        if (DisputeIn(notice) is { } dispute) _lost.Add((dispute, notice.GetType(), about));
    }

    /// <summary>A refund was sent back to the merchant.</summary>
    internal void Failed(GatewayNotice.RefundFailed notice, LedgerEntry refund) => _failed[notice.Refund] = refund;

    private static GatewayPaymentId? DisputeIn(GatewayNotice notice) => notice switch
    {
        GatewayNotice.DisputeOpened opened => opened.Dispute,
        GatewayNotice.DisputeWon won => won.Dispute,
        GatewayNotice.RefundFailed failed => failed.Refund,
        _ => null,
    };

    private void CheckDisputes(Payment payment, InvoiceState state)
    {
        if (payment.Disputes.Count == 0 && payment.Taken.IsZero && payment.Disputed.IsZero) return;
        var open = state.OpenOperations.Where(o => o.Kind == OperationKind.Dispute && o.Payment == payment.Id).Sum(o => o.Amount.MinorUnits);
        var noted = (payment.Disputes.Sum(d => d.Held), payment.Disputes.Sum(d => d.Taken));
        if (open != payment.Disputed.MinorUnits || noted != (payment.Disputed.MinorUnits, payment.Taken.MinorUnits))
            world.Break(Invariant.DisputesHold, $"Of {payment.Id} {payment.Disputed} is held and {payment.Taken} taken; its disputes say {noted}, and those that are open {open}.");
        CheckLossesAreShared(payment);
        foreach (var share in payment.Shares)
            if (share.TakenReopened < Math.Min(share.Taken, share.Captured - share.Refunded))
                world.Break(Invariant.DisputesHold, $"Of {share.Captured} that {share.Invoice} had of {payment.Id}, {share.Refunded} was given back and {share.Taken} taken, and only {share.TakenReopened} is due again.");
        foreach (var share in payment.Shares)
            if (share.TakenReopened < 0 || share.TakenReopened > Math.Min(share.Taken, share.Captured))
                world.Break(Invariant.NothingCountsTwice, $"Of {share.Captured} that {share.Invoice} had of {payment.Id}, {share.Taken} was taken, and {share.TakenReopened} is due again.");
    }

    // What one document has less than nothing of, another cannot have: the gateway has given it back or taken it once.
    private void CheckLossesAreShared(Payment payment)
    {
        long[] left = [.. payment.Shares.Select(s => s.Captured - s.Refunded - s.Taken)];
        for (var i = 0; i < left.Length; i++)
            if (left[i] < 0 && payment.Shares[i].Taken > 0 && left.Any(l => l > 0))
                world.Break(Invariant.NothingCountsTwice, $"Of {payment.Id} {payment.Shares[i].Invoice} has lost {-left[i]} more than it had, and other documents still have {left.Where(l => l > 0).Sum()}.");
    }

    // What nobody can give back at the gateway, nobody can give back here.
    private void CheckRefundable(IReadOnlyDictionary<(TenantId, PaymentId), Payment> payments)
    {
        foreach (var payment in payments.Values.Where(p => p is { Mode: PaymentMode.Online, GatewayPaymentId: not null, Discrepancies.Count: 0 }))
        {
            var charge = payment.GatewayPaymentId!.Value;
            if (TakerOf(payment.Tenant, charge)?.Payment != payment.Id || _lost.Any(l => l.About == charge)) continue;
            var left = world.Scripted.Ledger.Hold(book => book.RefundableOf(charge, payment.Amount.Currency));
            if (payment.Refundable.MinorUnits > Math.Max(0, left))
                world.Break(Invariant.DisputesHold, $"{payment.Refundable} of {payment.Id} can be given back by the books, and at the gateway {left}.");
        }
    }

    // Nobody can know where that money is now: a person has to be told, once.
    private void CheckFailedRefunds(IReadOnlyDictionary<(TenantId, PaymentId), Payment> payments)
    {
        foreach (var (id, refund) in _failed)
        {
            if (TakerOf(refund.Tenant, refund.Of!.Value) is not { } taker || _lost.Contains((id, typeof(GatewayNotice.RefundFailed), refund.Of!.Value))) continue;
            var shown = payments.GetValueOrDefault((refund.Tenant, taker.Payment))?.Discrepancies.Count(d => d.GatewayPaymentId == id && d.Reported.IsZero) ?? 0;
            if (shown != 1) world.Break(Invariant.FailuresAreShown, $"The refund {id} of {refund.Money} was sent back, and its payment shows that {shown} times.");
        }
    }

    // A dispute that was lost is in the ledger, and held to the books with all other money.
    private void CheckDisputesAgree(IReadOnlyDictionary<(TenantId, PaymentId), Payment> payments)
    {
        foreach (var dispute in world.Scripted.Ledger.Hold(book => book.Disputes))
        {
            if (dispute.Current is GatewayOutcome.Succeeded || TakerOf(dispute.Tenant, dispute.Of!.Value) is not { } taker) continue;
            var id = new GatewayPaymentId(dispute.Reference.Value);
            var ours = _operations.Values.FirstOrDefault(o => o.Kind == OperationKind.Dispute && o.Tenant == dispute.Tenant && o.GatewayPaymentId == id);
            var noted = payments.GetValueOrDefault((dispute.Tenant, taker.Payment))?.Disputes.FirstOrDefault(d => d.Operation == ours?.Id);
            var isOpen = dispute.Current is GatewayOutcome.Processing;
            var isHeard = !_lost.Contains((id, isOpen ? typeof(GatewayNotice.DisputeOpened) : typeof(GatewayNotice.DisputeWon), dispute.Of!.Value));
            if (isHeard && (noted is null || noted.IsOver == isOpen || noted.Held != (isOpen ? Math.Min(dispute.Asked.MinorUnits, taker.Amount.MinorUnits) : 0)))
                world.Break(Invariant.DisputesHold, $"The dispute {id} about {dispute.Asked} is {(isOpen ? "open" : "won")}, and the books say {noted?.ToString() ?? "nothing"}.");
        }
    }

    /// <summary>The operation that took the money which the gateway knows by this id; null while nobody here knows it.</summary>
    internal PaymentOperation? TakerOf(TenantId tenant, GatewayPaymentId charge) => _operations.Values.FirstOrDefault(
        o => o.Tenant == tenant && o.GatewayPaymentId == charge && o is { Kind: OperationKind.Charge or OperationKind.Capture, Status: OperationStatus.Succeeded });

    // By the gateway's own id of what was taken: of the dispute, and of the charge that came back.
    private void CheckMoneyTaken()
    {
        var booked = _operations.Values.Where(o => o is { Status: OperationStatus.Succeeded, Kind: OperationKind.Dispute or OperationKind.Return })
            .GroupBy(o => (o.Tenant, o.Kind, Id: o.GatewayPaymentId!.Value)).ToDictionary(g => g.Key, g => g.Sum(o => o.Moved!.Value.MinorUnits));
        foreach (var entry in world.Scripted.Ledger.Entries.Where(e => e.Kind is OperationKind.Dispute or OperationKind.Return))
        {
            var isBooked = booked.Remove((entry.Tenant, entry.Kind, entry.Kind == OperationKind.Return ? entry.Of!.Value : entry.GatewayPaymentId), out var units);
            if ((isBooked && units == entry.Money.MinorUnits) || IsOfShown(entry)) continue;
            world.Break(Invariant.MoneyAgrees, $"By {entry.Kind} {entry.GatewayPaymentId} the gateway took {entry.Money}, and the books say {(isBooked ? units : "nothing")}.");
        }

        foreach (var (key, units) in booked)
            world.Break(Invariant.MoneyAgrees, $"The books say that {units} was taken by {key.Kind} {key.Id}, and the gateway knows nothing of it.");
    }

    // What was taken of money that itself is not booked but shown.
    private bool IsOfShown(LedgerEntry taken) =>
        world.Scripted.Ledger.Entries.FirstOrDefault(e => !e.GivesBack && e.GatewayPaymentId == taken.Of) is { } charge && IsShown(charge);
}

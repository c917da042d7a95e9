namespace InvoicePayments;

/// <content>Which documents bear what a dispute holds, or what a loss takes, of the payment that paid them.</content>
internal sealed partial class StateChange
{
    /// <summary>Whether every document that a payment paid is at hand; what was kept of it as credit does not come with the operation that paid it.</summary>
    internal bool HasDocumentsOf(PaymentId payment) => Current(payment).Shares.All(s => Current(s.Invoice) is not null);

    /// <summary>
    /// Divides as a refund is divided: what became credit first, then each by what is left of it; what others have spoken for or hold is touched only when
    /// there is nothing else. What is beyond all that is left was given back or taken before, and goes by what has arrived for each. Names every document
    /// of the payment, because an operation names the same ones for ever; one that is open already stays with those that it has.
    /// </summary>
    private PaymentAllocation BorneBy(PaymentId id, Money amount, PaymentOperation? open = null)
    {
        PaymentShare[] shares = [.. Current(id).Shares.Where(s => open is null || open.Allocation.Names(s.Invoice))];
        bool[] grants = [.. shares.Select(s => Current(s.Invoice) is { Kind: PayableKind.CreditGrant })];
        var parts = CreditRules.Fill(amount.MinorUnits, grants, [.. shares.Select(s => s.Refundable)], [.. shares.Select(s => checked(s.Captured - s.Refunded - s.Taken))]);
        if (parts.Sum() is var found && found < amount.MinorUnits)
            parts = [.. parts.Zip(LargestRemainder.Weighted(amount.MinorUnits - found, [.. shares.Select(s => s.Captured)]), (part, beyond) => part + beyond)];
        return new([.. shares.Select((share, i) => new AllocationPart(share.Invoice, Money.FromMinorUnits(parts[i], amount.Currency), share.Request))]);
    }

    /// <summary>
    /// What of a loss an open dispute can say itself: where the payment has paid a document since, as when the gateway told of more money, what only that one
    /// has left is a loss beside it, if need be all of it.
    /// </summary>
    private Money WithinReach(PaymentOperation? open, PaymentId id, Money loss)
    {
        var shares = Current(id).Shares;
        if (open is null || shares.All(s => open.Allocation.Names(s.Invoice))) return loss;
        var reach = shares.Where(s => open.Allocation.Names(s.Invoice)).Sum(s => Math.Max(0, checked(s.Captured - s.Refunded - s.Taken)));
        return Money.Min(loss, Money.FromMinorUnits(reach, loss.Currency));
    }

    /// <summary>What a dispute held is free again.</summary>
    private void Free(PaymentOperation dispute)
    {
        foreach (var part in dispute.Allocation.Parts.Where(p => p.Amount.IsPositive))
            ChangeShare(dispute.Payment, part.Invoice, s => s with { Disputed = checked(s.Disputed - part.Amount.MinorUnits) });
    }
}

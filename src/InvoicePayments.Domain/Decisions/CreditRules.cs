namespace InvoicePayments;

/// <summary>What may be given back of a payment, some of which may have become credit.</summary>
internal static class CreditRules
{
    /// <summary>What may be given back of each share, in minor units. A credit grant gives back no more than the account still has of its credit.</summary>
    internal static long[] RefundableOf(InvoiceState state, Payment payment)
    {
        var left = state.CreditOf(new(payment.Account, payment.Amount.Currency))?.Available.MinorUnits ?? 0;
        return [.. payment.Shares.Select(share =>
        {
            if (!IsGrant(state, share)) return share.Refundable;
            var part = Math.Min(share.Refundable, left);
            left -= part;
            return part;
        })];
    }

    /// <summary>
    /// Which documents give how much of an amount back: what became credit first, then each by what is left of it. None gives back more
    /// than it has, and the last refund returns the rest to the unit.
    /// </summary>
    internal static PaymentAllocation GiveBack(InvoiceState state, Payment payment, Money amount, long[] refundable)
    {
        long[] grants = [.. payment.Shares.Select((share, i) => IsGrant(state, share) ? refundable[i] : 0)];
        long[] others = [.. refundable.Zip(grants, (all, grant) => all - grant)];
        var first = Money.Min(amount, Money.FromMinorUnits(grants.Sum(), amount.Currency));
        var parts = Split(first, grants).Zip(Split(amount - first, others), (credit, money) => credit + money).ToList();
        return new([.. payment.Shares.Select((share, i) => new AllocationPart(share.Invoice, parts[i], share.Request)).Where(p => p.Amount.IsPositive)]);
    }

    private static Money[] Split(Money amount, long[] weights) =>
        amount.IsZero ? [.. weights.Select(_ => amount)] : amount.Split(weights);

    private static bool IsGrant(InvoiceState state, PaymentShare share) => state.Find(share.Invoice) is { Kind: PayableKind.CreditGrant };
}

namespace InvoicePayments;

/// <summary>What may be given back of a payment, some of which may have become credit.</summary>
internal static class CreditRules
{
    /// <summary>What may be given back of each share, in minor units. A credit grant gives back no more than the account still has of its credit.</summary>
    internal static long[] RefundableOf(InvoiceState state, Payment payment) => ThereOf(state, payment, [.. payment.Shares.Select(share => share.Refundable)]);

    /// <summary>What of the parts of each share is still there: of a credit grant no more than the account still has of its credit.</summary>
    internal static long[] ThereOf(InvoiceState state, Payment payment, long[] parts)
    {
        var left = state.CreditOf(new(payment.Account, payment.Amount.Currency))?.Available.MinorUnits ?? 0;
        return [.. payment.Shares.Zip(parts, (share, part) =>
        {
            if (!IsGrant(state, share)) return part;
            part = Math.Min(part, left);
            left -= part;
            return part;
        })];
    }

    /// <summary>
    /// Which documents give how much of an amount back: what became credit first, then each by what is left of it. None gives back more
    /// than it has, and the last refund returns the rest to the unit.
    /// </summary>
    internal static PaymentAllocation GiveBack(InvoiceState state, Payment payment, Money amount, long[] refundable) =>
        AllocationOf(payment, PartsOf(state, payment, amount, refundable));

    /// <summary>The same of money that has gone back already: first as far as it is still there, and only then what was credit and is spent.</summary>
    internal static PaymentAllocation GivenBack(InvoiceState state, Payment payment, Money amount, long[] left)
    {
        var there = ThereOf(state, payment, left);
        var first = Money.Min(amount, Money.FromMinorUnits(there.Sum(), amount.Currency));
        var rest = Split(amount - first, [.. left.Zip(there, (all, part) => all - part)]);
        return AllocationOf(payment, [.. PartsOf(state, payment, first, there).Zip(rest, (part, spent) => part + spent)]);
    }

    private static Money[] PartsOf(InvoiceState state, Payment payment, Money amount, long[] refundable)
    {
        long[] grants = [.. payment.Shares.Select((share, i) => IsGrant(state, share) ? refundable[i] : 0)];
        long[] others = [.. refundable.Zip(grants, (all, grant) => all - grant)];
        var first = Money.Min(amount, Money.FromMinorUnits(grants.Sum(), amount.Currency));
        return [.. Split(first, grants).Zip(Split(amount - first, others), (credit, money) => credit + money)];
    }

    private static PaymentAllocation AllocationOf(Payment payment, Money[] parts) =>
        new([.. payment.Shares.Select((share, i) => new AllocationPart(share.Invoice, parts[i], share.Request)).Where(p => p.Amount.IsPositive)]);

    private static Money[] Split(Money amount, long[] weights) =>
        amount.IsZero ? [.. weights.Select(_ => amount)] : amount.Split(weights);

    private static bool IsGrant(InvoiceState state, PaymentShare share) => state.Find(share.Invoice) is { Kind: PayableKind.CreditGrant };
}

namespace InvoicePayments;

/// <summary>How what goes back of a payment is divided among the documents that it paid, some of which may have become credit.</summary>
internal static class CreditRules
{
    /// <summary>
    /// What may be given back of each share, in minor units. A credit grant gives back no more than the account still has of its credit, and all
    /// of them together no more than is left of the payment.
    /// </summary>
    internal static long[] RefundableOf(InvoiceState state, Payment payment)
    {
        var there = ThereOf(state, payment, [.. payment.Shares.Select(share => share.Refundable)]);
        return Fill(Math.Min(there.Sum(), payment.Refundable.MinorUnits), GrantsOf(state, payment), there);
    }

    /// <summary>
    /// Which documents give how much of an amount back: what became credit first, then each by what is left of it. None gives back more
    /// than it has, and the last refund returns the rest to the unit.
    /// </summary>
    internal static PaymentAllocation GiveBack(InvoiceState state, Payment payment, Money amount, long[] refundable) =>
        AllocationOf(payment, amount, GrantsOf(state, payment), refundable);

    /// <summary>
    /// The same of money that has gone back already: first as far as it is still there, then what was credit and is spent, and only then what
    /// others have spoken for or taken. In all it is no more than <paramref name="left"/>.
    /// </summary>
    internal static PaymentAllocation GivenBack(InvoiceState state, Payment payment, Money amount, long[] left)
    {
        long[] free = [.. payment.Shares.Zip(left, (share, all) => Math.Min(all, share.Refundable))];
        return AllocationOf(payment, amount, GrantsOf(state, payment), ThereOf(state, payment, free), free, left);
    }

    /// <summary>
    /// Divides an amount among shares: as much as there is room in the first row, then in the second, and so on; in each row what became credit
    /// first, then the others by their room. What no row has room for is left over.
    /// </summary>
    internal static long[] Fill(long amount, bool[] grants, params long[][] rows)
    {
        var parts = new long[grants.Length];
        foreach (var row in rows)
        {
            foreach (var isGrant in (ReadOnlySpan<bool>)[true, false])
            {
                long[] rooms = [.. row.Select((room, i) => grants[i] == isGrant ? Math.Max(0, room - parts[i]) : 0)];
                var filled = Math.Min(amount, rooms.Sum());
                if (filled == 0) continue;
                parts = [.. LargestRemainder.Weighted(filled, rooms).Zip(parts, (more, part) => part + more)];
                amount -= filled;
            }
        }

        return parts;
    }

    // What of each part is still there: of a credit grant no more than the account still has of its credit.
    private static long[] ThereOf(InvoiceState state, Payment payment, long[] parts)
    {
        var left = state.CreditOf(new(payment.Account, payment.Amount.Currency))?.Available.MinorUnits ?? 0;
        return [.. GrantsOf(state, payment).Zip(parts, (isGrant, part) =>
        {
            if (!isGrant) return part;
            part = Math.Min(part, left);
            left -= part;
            return part;
        })];
    }

    private static PaymentAllocation AllocationOf(Payment payment, Money amount, bool[] grants, params long[][] rows)
    {
        var parts = Fill(amount.MinorUnits, grants, rows);
        return new([.. payment.Shares.Select((share, i) => new AllocationPart(share.Invoice, Money.FromMinorUnits(parts[i], amount.Currency), share.Request))
            .Where(p => p.Amount.IsPositive)]);
    }

    private static bool[] GrantsOf(InvoiceState state, Payment payment) => [.. payment.Shares.Select(s => state.Find(s.Invoice) is { Kind: PayableKind.CreditGrant })];
}

namespace InvoicePayments;

/// <summary>One invoice's part of a payment.</summary>
/// <param name="Invoice">Which invoice.</param>
/// <param name="Amount">How much of the payment pays it.</param>
/// <param name="Request">The payment request through which it is paid, which the same money settles; null when it is paid directly.</param>
public sealed record AllocationPart(InvoiceId Invoice, Money Amount, InvoiceId? Request = null);

/// <summary>Which invoices a payment pays, and how much of each. The parts always sum to the whole, to the unit.</summary>
public sealed record PaymentAllocation
{
    /// <summary>An allocation with exactly these parts.</summary>
    /// <exception cref="ArgumentException">There is no part, one is null or negative, or an invoice is named twice.</exception>
    /// <exception cref="CurrencyMismatchException">The parts are in different currencies.</exception>
    /// <exception cref="OverflowException">The sum of the parts does not fit in a <see cref="long"/>.</exception>
    public PaymentAllocation(IReadOnlyList<AllocationPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0) throw new ArgumentException("An allocation names at least one invoice.", nameof(parts));
        AllocationPart[] all = [.. parts];
        if (all.Contains(null)) throw new ArgumentException("A part of an allocation is never null.", nameof(parts));
        if (NamesOneTwice(all)) throw new ArgumentException("An allocation names each invoice once.", nameof(parts));

        Parts = all;
        Total = Money.Zero(all[0].Amount.Currency);
        foreach (var part in all)
        {
            if (part.Amount.IsNegative) throw new ArgumentException("A part of an allocation is zero or more.", nameof(parts));
            Total += part.Amount;
        }
    }

    /// <summary>The parts, in the order in which the invoices were named.</summary>
    public IReadOnlyList<AllocationPart> Parts { get; }

    /// <summary>The whole: the sum of the parts.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Money Total { get; }

    /// <summary>Every document whose sums the parts change: the invoices, each followed by the payment request through which it is paid.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<InvoiceId> Documents => Parts.SelectMany<AllocationPart, InvoiceId>(p => p.Request is { } request ? [p.Invoice, request] : [p.Invoice]);

    /// <summary>Whether a document is among <see cref="Documents"/>.</summary>
    internal bool Names(InvoiceId document)
    {
        foreach (var part in Parts)
            if (part.Invoice == document || part.Request == document) return true;
        return false;
    }

    /// <summary>All of <paramref name="amount"/> to one invoice, through a payment request where one is named.</summary>
    public static PaymentAllocation To(InvoiceId invoice, Money amount, InvoiceId? request = null) => new([new(invoice, amount, request)]);

    /// <summary>Fills the invoices one after the other, the earliest due first (those without a due time last, then by age and id), each up to what is payable.</summary>
    /// <exception cref="ArgumentException">The amount is more than all of them can take.</exception>
    /// <exception cref="CurrencyMismatchException">They are in different currencies.</exception>
    public static PaymentAllocation OldestFirst(Money amount, IEnumerable<Invoice> invoices)
    {
        var rest = amount;
        var parts = new List<AllocationPart>();
        foreach (var invoice in invoices.OrderBy(i => i.DueAt ?? DateTimeOffset.MaxValue).ThenBy(i => i.CreatedAt).ThenBy(i => i.Id.Value, StringComparer.Ordinal))
        {
            var part = Money.Min(rest, invoice.Payable);
            if (!part.IsPositive) continue;
            parts.Add(new(invoice.Id, part));
            rest -= part;
        }

        return rest.IsZero ? new(parts) : throw TooMuch(amount, rest);
    }

    /// <summary>Shares the amount in proportion to what is payable on each, by largest remainder; no invoice gets more than it can take.</summary>
    /// <exception cref="ArgumentException">The amount is more than all of them can take.</exception>
    /// <exception cref="CurrencyMismatchException">They are in different currencies.</exception>
    public static PaymentAllocation Proportional(Money amount, IReadOnlyList<Invoice> invoices)
    {
        var payable = invoices.Select(i => i.Payable).Aggregate((sum, next) => sum + next);
        if (amount > payable) throw TooMuch(amount, amount - payable);

        var shares = amount.Split([.. invoices.Select(i => i.Payable.MinorUnits)]);
        return new([.. invoices.Select((invoice, i) => new AllocationPart(invoice.Id, shares[i])).Where(p => p.Amount.IsPositive)]);
    }

    /// <summary>The part of one invoice, or what is paid through one payment request; zero when it has none.</summary>
    public Money PartOf(InvoiceId invoice) =>
        Parts.FirstOrDefault(p => p.Invoice == invoice || p.Request == invoice)?.Amount ?? Money.Zero(Total.Currency);

    /// <summary>The same invoices in the same proportion, summing to <paramref name="moved"/>: for a partial approval. No part grows.</summary>
    /// <exception cref="ArgumentException"><paramref name="moved"/> is negative or more than the whole.</exception>
    public PaymentAllocation ScaledTo(Money moved)
    {
        if (moved == Total) return this;
        if (moved.IsNegative || moved > Total) throw new ArgumentException($"{moved} is not between zero and {Total}.", nameof(moved));

        var shares = moved.Split([.. Parts.Select(p => p.Amount.MinorUnits)]);
        return new([.. Parts.Select((part, i) => part with { Amount = shares[i] })]);
    }

    /// <summary>The same invoices, each with what it has here and in <paramref name="other"/>.</summary>
    internal PaymentAllocation Plus(PaymentAllocation other) => new([.. Parts.Select(p => p with { Amount = p.Amount + other.PartOf(p.Invoice) })]);

    /// <summary>The same invoices, each without what it has in <paramref name="other"/>; none goes below zero.</summary>
    internal PaymentAllocation Minus(PaymentAllocation other) =>
        new([.. Parts.Select(p => p with { Amount = p.Amount - Money.Min(p.Amount, other.PartOf(p.Invoice)) })]);

    /// <summary>Without the parts that are zero; all of them when there is nothing else.</summary>
    internal PaymentAllocation WithoutZeros() => Total.IsZero ? this : new([.. Parts.Where(p => p.Amount.IsPositive)]);

    /// <summary>Equal when the same parts come in the same order.</summary>
    public bool Equals(PaymentAllocation? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts[0].GetHashCode();

    private static bool NamesOneTwice(AllocationPart[] parts) => parts.Length > 1 && parts.Select(p => p.Invoice).Distinct().Count() != parts.Length;

    private static ArgumentException TooMuch(Money amount, Money rest) =>
        new($"{amount} is {rest} more than these invoices can take. Ask for less, or name more invoices.", nameof(amount));
}

namespace InvoicePayments;

/// <summary>
/// How one payment is spread over several invoices of one account and currency: a closed set. However it is spread, money moves once, and
/// all the invoices have it or none.
/// </summary>
public abstract record PaymentSpread
{
    /// <summary>How many invoices one payment may be spread over: 100.</summary>
    public const int MaxInvoices = 100;

    private PaymentSpread(IReadOnlyList<InvoiceId> invoices) => Invoices = [.. invoices ?? throw new ArgumentNullException(nameof(invoices))];

    /// <summary>The invoices, each once. When no payment method is named, the default of the first one is charged.</summary>
    public IReadOnlyList<InvoiceId> Invoices { get; }

    /// <summary>One after the other, the earliest due first, each up to what is payable.</summary>
    public sealed record OldestFirst : PaymentSpread
    {
        /// <summary>Over these invoices.</summary>
        public OldestFirst(params IReadOnlyList<InvoiceId> invoices)
            : base(invoices)
        {
        }
    }

    /// <summary>In proportion to what is payable on each, to the unit.</summary>
    public sealed record Proportional : PaymentSpread
    {
        /// <summary>Over these invoices.</summary>
        public Proportional(params IReadOnlyList<InvoiceId> invoices)
            : base(invoices)
        {
        }
    }

    /// <summary>As the caller says.</summary>
    public sealed record AsTold : PaymentSpread
    {
        /// <summary>Over the invoices of this allocation.</summary>
        public AsTold(PaymentAllocation allocation)
            : base([.. (allocation ?? throw new ArgumentNullException(nameof(allocation))).Parts.Select(p => p.Invoice)]) => Allocation = allocation;

        /// <summary>How much of the payment pays which invoice; its total is the amount of the payment.</summary>
        public PaymentAllocation Allocation { get; }
    }
}

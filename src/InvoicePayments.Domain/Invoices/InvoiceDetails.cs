using System.Collections.ObjectModel;

namespace InvoicePayments;

/// <summary>
/// What an invoice says beside its amount: kept and given back as it came. Rules read three of its fields and no other: <see cref="Type"/>,
/// <see cref="CollectedBy"/> and <see cref="DefaultPaymentMethod"/>. The fields are those of Rapyd's invoice object.
/// </summary>
public sealed record InvoiceDetails
{
    /// <summary>How many lines an invoice may have: 1,000.</summary>
    public const int MaxLines = 1_000;

    /// <summary>Details that say nothing.</summary>
    public static InvoiceDetails None { get; } = new();

    /// <summary>Which way its money goes; a payment when left out. Only a payment can be paid (Rapyd: type).</summary>
    public InvoiceType Type { get; init; } = InvoiceType.Payment;

    /// <summary>Who collects it; nobody but this host when left out (Chargebee: channel).</summary>
    public InvoiceCollector CollectedBy { get; init; } = InvoiceCollector.Host;

    /// <summary>The number printed on the invoice, for people.</summary>
    public string? Number { get; init; }

    /// <summary>A description a customer may see; at most <see cref="TextLimits.Description"/> characters.</summary>
    public string? Description { get; init; }

    /// <summary>The text on the payer's bank statement; at most <see cref="TextLimits.StatementDescriptor"/> characters.</summary>
    public string? StatementDescriptor { get; init; }

    /// <summary>The method used when a payment names none; before the account's own default (Rapyd: payment_method of the invoice).</summary>
    public PaymentMethodId? DefaultPaymentMethod { get; init; }

    /// <summary>Whether the invoice is collected by itself or sent and paid by hand (Rapyd: billing).</summary>
    public InvoiceBilling Billing { get; init; } = InvoiceBilling.SendInvoice;

    /// <summary>Why the invoice was made, in the host's words (Rapyd: billing_reason).</summary>
    public string? BillingReason { get; init; }

    /// <summary>The subscription it belongs to, in the host's words.</summary>
    public string? Subscription { get; init; }

    /// <summary>Start of the period that is billed, UTC.</summary>
    public DateTimeOffset? PeriodStart { get; init; }

    /// <summary>End of the period that is billed, UTC.</summary>
    public DateTimeOffset? PeriodEnd { get; init; }

    /// <summary>Days between issue and due time, as printed.</summary>
    public int? DaysUntilDue { get; init; }

    /// <summary>Sum of the lines before discount and tax.</summary>
    public Money? Subtotal { get; init; }

    /// <summary>Discount taken off.</summary>
    public Money? Discount { get; init; }

    /// <summary>Tax included in the total.</summary>
    public Money? Tax { get; init; }

    /// <summary>Tax rate in per cent, as printed.</summary>
    public decimal? TaxPercent { get; init; }

    /// <summary>The lines, as printed.</summary>
    public IReadOnlyList<InvoiceLine> Lines { get; init; } = [];

    /// <summary>The host's own key/value pairs; see <see cref="TextLimits"/> for the limits.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>One line of an invoice, as printed.</summary>
/// <param name="Description">What was sold.</param>
/// <param name="Amount">What it costs, in the invoice's currency.</param>
/// <param name="Quantity">How many; one when left out.</param>
public sealed record InvoiceLine(string Description, Money Amount, decimal Quantity = 1);

/// <summary>How an invoice is meant to be collected (Rapyd: billing).</summary>
public enum InvoiceBilling
{
    /// <summary>Sent to the customer, who pays it.</summary>
    SendInvoice,

    /// <summary>Charged to the default payment method.</summary>
    PayAutomatically,
}

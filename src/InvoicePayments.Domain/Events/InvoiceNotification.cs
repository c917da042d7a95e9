using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// What a customer is told: a closed set, in the words of Rapyd's webhooks. It follows from the facts (<see cref="Notifications"/>) and
/// from nothing else, and has no place for what is internal.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PaymentCreated), "invoice_payment.created")]
[JsonDerivedType(typeof(PaymentSucceeded), "payment.succeeded")]
[JsonDerivedType(typeof(PaymentCompleted), "payment.completed")]
[JsonDerivedType(typeof(PaymentFailed), "payment.failed")]
[JsonDerivedType(typeof(InvoiceFinalized), "invoice.finalized")]
[JsonDerivedType(typeof(InvoicePaid), "invoice.paid")]
[JsonDerivedType(typeof(InvoiceUpdated), "invoice.updated")]
public abstract record InvoiceNotification
{
    /// <summary>The version of the shape in which notifications are written.</summary>
    public const int CurrentSchemaVersion = 1;

    private InvoiceNotification()
    {
    }

    /// <summary>The version of its shape.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The tenant of the invoice.</summary>
    public TenantId Tenant { get; init; }

    /// <summary>The invoice it is about.</summary>
    public InvoiceId Invoice { get; init; }

    /// <summary>The number of the fact it follows from. Tenant, invoice, number and type together are never used for another.</summary>
    public long Sequence { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>A payment was begun and first answered: the content is the content of that answer (Rapyd: invoice payment created).</summary>
    /// <param name="Payment">The payment, with the address the payer has to go to, if any.</param>
    public sealed record PaymentCreated(PaymentSummary Payment) : InvoiceNotification;

    /// <summary>The money moved. Never sent while a payer still has to act, as Rapyd's is.</summary>
    /// <param name="Payment">The payment.</param>
    /// <param name="Amount">How much of it belongs to this invoice.</param>
    public sealed record PaymentSucceeded(PaymentId Payment, Money Amount) : InvoiceNotification;

    /// <summary>The payment is closed: the money is here, and nothing more is expected of it (Rapyd: CLO).</summary>
    /// <param name="Payment">The payment.</param>
    /// <param name="Amount">How much of it belongs to this invoice.</param>
    public sealed record PaymentCompleted(PaymentId Payment, Money Amount) : InvoiceNotification;

    /// <summary>The payment ended without money.</summary>
    /// <param name="Payment">The payment.</param>
    /// <param name="Status">Declined, failed, canceled or expired.</param>
    /// <param name="ErrorCode">Why, in a word.</param>
    /// <param name="ErrorMessage">Why, in a sentence.</param>
    public sealed record PaymentFailed(PaymentId Payment, OperationStatus Status, string? ErrorCode, string? ErrorMessage) : InvoiceNotification;

    /// <summary>The invoice was issued.</summary>
    /// <param name="Account">Who owes it.</param>
    /// <param name="Total">What it asks for.</param>
    /// <param name="DueAt">When it is due, UTC.</param>
    public sealed record InvoiceFinalized(AccountId Account, Money Total, DateTimeOffset? DueAt) : InvoiceNotification;

    /// <summary>The total has been settled.</summary>
    public sealed record InvoicePaid : InvoiceNotification;

    /// <summary>The invoice says something else than before.</summary>
    /// <param name="What">What happened, in a word: <c>drafted</c>, <c>authorization</c>, <c>payment</c>, <c>refund</c>, <c>dispute</c>, <c>returned</c>, <c>void</c> of a payment, <c>voided</c>, <c>uncollectible</c>.</param>
    public sealed record InvoiceUpdated(string What) : InvoiceNotification;
}

using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// A fact about an account's credit: which operation brought it, spoke for it or spent it, and for which document. Numbered per account and
/// currency from one, written in the same commit as the sums it explains, and never changed.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Added), "credit.added")]
[JsonDerivedType(typeof(Held), "credit.held")]
[JsonDerivedType(typeof(Spent), "credit.spent")]
[JsonDerivedType(typeof(Freed), "credit.freed")]
public abstract record CreditEvent
{
    /// <summary>The version of the shape in which facts are written now. Older versions go on being read, and keep their hashes.</summary>
    public const int CurrentSchemaVersion = 1;

    private CreditEvent()
    {
    }

    /// <summary>The version of the shape in which it was written.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The tenant.</summary>
    public TenantId Tenant { get; init; }

    /// <summary>Whose credit.</summary>
    public AccountId Account { get; init; }

    /// <summary>In which currency.</summary>
    public Currency Currency { get; init; }

    /// <summary>Its number among the facts of this credit, from one, without gaps.</summary>
    public long Sequence { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The hash of the fact before it; null for the first. See <see cref="FactChain"/>.</summary>
    public Fingerprint? Previous { get; init; }

    /// <summary>The operation that did it.</summary>
    public OperationId Operation { get; init; }

    /// <summary>What that operation is about: a refund of a credit grant takes credit back, one of a payment by credit brings it back.</summary>
    public OperationKind Kind { get; init; }

    /// <summary>The payment it belongs to.</summary>
    public PaymentId Payment { get; init; }

    /// <summary>The document that was paid, or given back from.</summary>
    public InvoiceId Invoice { get; init; }

    /// <summary>Credit came in.</summary>
    /// <param name="Amount">How much.</param>
    public sealed record Added(Money Amount) : CreditEvent;

    /// <summary>Credit is spoken for by an operation that is under way.</summary>
    /// <param name="Amount">How much.</param>
    public sealed record Held(Money Amount) : CreditEvent;

    /// <summary>Credit went out.</summary>
    /// <param name="Amount">How much.</param>
    /// <param name="Released">The part that was spoken for before.</param>
    /// <param name="Missing">What should have gone out with it and was not there any more; null when nothing.</param>
    public sealed record Spent(Money Amount, Money Released, Money? Missing = null) : CreditEvent;

    /// <summary>What was spoken for is free again.</summary>
    /// <param name="Released">How much.</param>
    public sealed record Freed(Money Released) : CreditEvent;
}

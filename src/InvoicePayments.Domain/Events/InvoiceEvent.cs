using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// A fact: something that happened to an invoice. Facts are numbered per invoice from one, written in the same commit as the sums
/// they explain, and never changed. They carry no token, no secret and no internal comment, so a customer may see every one.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Drafted), "invoice.drafted")]
[JsonDerivedType(typeof(Issued), "invoice.issued")]
[JsonDerivedType(typeof(Paid), "invoice.paid")]
[JsonDerivedType(typeof(Voided), "invoice.voided")]
[JsonDerivedType(typeof(MarkedUncollectible), "invoice.marked_uncollectible")]
[JsonDerivedType(typeof(DunningScheduled), "dunning.scheduled")]
[JsonDerivedType(typeof(DunningExhausted), "dunning.exhausted")]
[JsonDerivedType(typeof(DunningStopped), "dunning.stopped")]
[JsonDerivedType(typeof(DunningResumed), "dunning.resumed")]
[JsonDerivedType(typeof(Started), "operation.started")]
[JsonDerivedType(typeof(AskedAgain), "operation.asked_again")]
[JsonDerivedType(typeof(ActionRequired), "operation.action_required")]
[JsonDerivedType(typeof(Authorized), "operation.authorized")]
[JsonDerivedType(typeof(Progressed), "operation.progressed")]
[JsonDerivedType(typeof(Succeeded), "operation.succeeded")]
[JsonDerivedType(typeof(Ended), "operation.ended")]
[JsonDerivedType(typeof(LateAnswer), "operation.late_answer")]
[JsonDerivedType(typeof(DiscrepancySeen), "operation.discrepancy_seen")]
[JsonDerivedType(typeof(SettledByHand), "operation.settled_by_hand")]
[JsonDerivedType(typeof(DisputeOpened), "operation.dispute_opened")]
[JsonDerivedType(typeof(DisputeWon), "operation.dispute_won")]
[JsonDerivedType(typeof(DisputeLost), "operation.dispute_lost")]
[JsonDerivedType(typeof(DebitReturned), "operation.debit_returned")]
[JsonDerivedType(typeof(Reopened), "operation.reopened")]
public abstract partial record InvoiceEvent
{
    /// <summary>The version of the shape in which facts are written now. Older versions go on being read, and keep their hashes.</summary>
    public const int CurrentSchemaVersion = 1;

    private InvoiceEvent()
    {
    }

    /// <summary>The version of the shape in which it was written.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The tenant of the invoice.</summary>
    public TenantId Tenant { get; init; }

    /// <summary>The invoice it happened to.</summary>
    public InvoiceId Invoice { get; init; }

    /// <summary>Its number among the facts of the invoice, from one, without gaps.</summary>
    public long Sequence { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The hash of the fact before it; null for the first. See <see cref="FactChain"/>.</summary>
    public Fingerprint? Previous { get; init; }

    /// <summary>The invoice is being written.</summary>
    /// <param name="Account">Who will owe it.</param>
    /// <param name="Total">What it will ask for.</param>
    public sealed record Drafted(AccountId Account, Money Total) : InvoiceEvent;

    /// <summary>The invoice was issued (Rapyd: invoice finalized).</summary>
    /// <param name="Account">Who owes it.</param>
    /// <param name="Total">What it asks for.</param>
    /// <param name="DueAt">When it is due, UTC.</param>
    /// <param name="Payable">What kind of document it is.</param>
    /// <param name="InstalmentOf">What a payment request is an instalment of.</param>
    public sealed record Issued(
        AccountId Account, Money Total, DateTimeOffset? DueAt,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] PayableKind Payable = PayableKind.Invoice,
        InvoiceId? InstalmentOf = null) : InvoiceEvent;

    /// <summary>The total has been settled (Rapyd: invoice paid).</summary>
    public sealed record Paid : InvoiceEvent;

    /// <summary>The invoice was taken back.</summary>
    /// <param name="Reason">Why, as given.</param>
    public sealed record Voided(string? Reason) : InvoiceEvent;

    /// <summary>The invoice was given up.</summary>
    /// <param name="Reason">Why, as given.</param>
    public sealed record MarkedUncollectible(string? Reason) : InvoiceEvent;

    /// <summary>The merchant's charge was in vain, and is to be tried again.</summary>
    /// <param name="Tries">How many were in vain since dunning began or was resumed.</param>
    /// <param name="NextAt">When to try next, UTC.</param>
    public sealed record DunningScheduled(int Tries, DateTimeOffset NextAt) : InvoiceEvent;

    /// <summary>The merchant's charge was in vain, and no run tries again.</summary>
    /// <param name="Tries">How many were in vain since dunning began or was resumed.</param>
    public sealed record DunningExhausted(int Tries) : InvoiceEvent;

    /// <summary>An operator stopped the collecting.</summary>
    /// <param name="Reason">Why, as given.</param>
    public sealed record DunningStopped(string? Reason) : InvoiceEvent;

    /// <summary>An operator let the collecting begin anew.</summary>
    /// <param name="NextAt">When to try next, UTC.</param>
    public sealed record DunningResumed(DateTimeOffset NextAt) : InvoiceEvent;
}

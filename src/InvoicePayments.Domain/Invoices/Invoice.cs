using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// An invoice as far as paying it goes: whose it is, what it asks for, and its running sums. It carries no history, so that the
/// cost of a payment does not grow with the payments already made.
/// </summary>
public sealed record Invoice
{
    /// <summary>The largest total of an invoice, in minor units: 10^15. It leaves room for thousands of accidental second payments within <see cref="long"/>.</summary>
    public const long MaxTotal = 1_000_000_000_000_000;

    /// <summary>The tenant it belongs to. Tenants never meet.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Its id, unique within the tenant.</summary>
    public required InvoiceId Id { get; init; }

    /// <summary>The customer's account that owes it.</summary>
    public required AccountId Account { get; init; }

    /// <summary>What it asks for; its currency is the invoice's currency.</summary>
    public required Money Total { get; init; }

    /// <summary>What kind of document it is; an invoice unless said otherwise. All kinds are paid by the same rules.</summary>
    public PayableKind Kind { get; init; }

    /// <summary>The invoice or order of which it is an instalment; null unless it is a payment request.</summary>
    public InvoiceId? InstalmentOf { get; init; }

    /// <summary>What was done with it as a document.</summary>
    public required InvoiceDocument Document { get; init; }

    /// <summary>Its running sums, in minor units of the currency of <see cref="Total"/>.</summary>
    public InvoiceSums Sums { get; init; }

    /// <summary>What it says beside its amount.</summary>
    public InvoiceDetails Details { get; init; } = InvoiceDetails.None;

    /// <summary>When it is due, UTC; null when it has no due time.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it became known here, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last became paid, UTC.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>How often somebody tried to pay it, the successful times included.</summary>
    public int AttemptCount { get; init; }

    /// <summary>Whether the last finished attempt was declined or failed.</summary>
    public bool LastAttemptFailed { get; init; }

    /// <summary>The payment that was last begun and has not failed; null when there is none.</summary>
    public LastPayment? LastPayment { get; init; }

    /// <summary>How far the collecting of it has come.</summary>
    public InvoiceDunning Dunning { get; init; } = InvoiceDunning.None;

    /// <summary>The flags that follow from its open operations, as of the last commit.</summary>
    public InvoiceFlags OpenFlags { get; init; }

    /// <summary>What it said when it was issued; the same id issued with other content is refused.</summary>
    public Fingerprint? Content { get; init; }

    /// <summary>The sequence number of its last fact; facts are numbered from one.</summary>
    public long FactCount { get; init; }

    /// <summary>The hash of its last fact, which holds the hash of the one before, and so on: whoever changes a fact is found out.</summary>
    public Fingerprint? FactHash { get; init; }

    /// <summary>Grows by one with every commit that touches it; a commit on an older version is a conflict.</summary>
    public long Version { get; init; }

    /// <summary>The currency of the invoice.</summary>
    [JsonIgnore]
    public Currency Currency => Total.Currency;

    /// <summary>Where it stands; derived.</summary>
    [JsonIgnore]
    public InvoiceStatus Status => InvoiceStateMachine.StatusOf(Document, Sums, Total.MinorUnits);

    /// <summary>Money that counts towards the total.</summary>
    [JsonIgnore]
    public Money Settled => Of(Sums.Settled);

    /// <summary>Money spoken for by operations that are not final.</summary>
    [JsonIgnore]
    public Money Reserved => Of(Sums.Reserved);

    /// <summary>Money that was given back.</summary>
    [JsonIgnore]
    public Money Refunded => Of(Sums.Refunded);

    /// <summary>What is due, whether somebody is already paying it or not; zero for a draft or void invoice.</summary>
    [JsonIgnore]
    public Money Due => Of(AsksForMoney ? Sums.DueOf(Total.MinorUnits) : 0);

    /// <summary>What may still be asked for: <c>total − settled − reserved</c>; zero for a draft or void invoice.</summary>
    [JsonIgnore]
    public Money Payable => Of(AsksForMoney ? Sums.PayableOf(Total.MinorUnits) : 0);

    /// <summary>What is here beyond what the invoice asks for; a void invoice asks for nothing.</summary>
    [JsonIgnore]
    public Money Overpaid => Of(Sums.OverpaidOf(Document == InvoiceDocument.Void ? 0 : Total.MinorUnits));

    /// <summary>What is going on, without what depends on the clock.</summary>
    [JsonIgnore]
    public InvoiceFlags Flags =>
        OpenFlags
        | (LastAttemptFailed ? InvoiceFlags.Attempted : 0)
        | (Overpaid.IsPositive ? InvoiceFlags.Overpaid : 0)
        | (Sums.Refunded == 0 ? 0 : Sums.Refunded >= Sums.Received ? InvoiceFlags.Refunded : InvoiceFlags.PartiallyRefunded);

    /// <summary>
    /// From when on a collection run charges it, UTC; null when none does: nothing is due, it has no due time, dunning was stopped or is
    /// exhausted, a bank has refused a run's charge for ever, or it is no invoice or not charged here at all. While a charge is in vain its next try counts, and otherwise its due time.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? CollectAt => this switch
    {
        { Document: not InvoiceDocument.Open } or { Due.IsPositive: false } or { Kind: not PayableKind.Invoice } => null,
        { Details: { Type: not InvoiceType.Payment } or { CollectedBy: InvoiceCollector.AppStore or InvoiceCollector.PlayStore } } => null,
        { Dunning.State: DunningState.InProgress } => Dunning.NextAt,
        { Dunning: { State: DunningState.None, IsRefused: false } } => DueAt,
        _ => null,
    };

    private bool AsksForMoney => Document is InvoiceDocument.Open or InvoiceDocument.Uncollectible;

    /// <summary>What is going on at <paramref name="now"/>: <see cref="Flags"/>, and <see cref="InvoiceFlags.PastDue"/> when the due time has passed.</summary>
    public InvoiceFlags FlagsAt(DateTimeOffset now) =>
        Flags | (DueAt is { } due && due < now && Due.IsPositive ? InvoiceFlags.PastDue : 0);

    private Money Of(long minorUnits) => Money.FromMinorUnits(minorUnits, Total.Currency);
}

namespace InvoicePayments;

/// <summary>Something that has to hold at every moment of every run, whatever goes wrong.</summary>
/// <param name="Name">A short stable name.</param>
/// <param name="Sentence">What holds, in a sentence.</param>
public sealed record Invariant(string Name, string Sentence)
{
    /// <summary>No more is settled and reserved than the invoice asks for, unless money came unasked, and then it shows as overpaid.</summary>
    public static Invariant NeverOvercommitted { get; } = new(
        "NeverOvercommitted", "What is settled and reserved never exceeds the total, unless money came unasked, and then that shows as overpaid.");

    /// <summary>What was taken by those who asked for it never exceeds the total.</summary>
    public static Invariant NeverOvercharged { get; } = new(
        "NeverOvercharged", "What operations took for an invoice, however many keys they had, never exceeds its total and what refunds made due again.");

    /// <summary>Exactly the operations that are not final reserve.</summary>
    public static Invariant OpenReserves { get; } = new(
        "OpenReserves", "What is reserved is what the operations that are not final speak for: an unknown answer frees nothing.");

    /// <summary>A final operation never changes.</summary>
    public static Invariant FinalIsFinal { get; } = new("FinalIsFinal", "A final operation never changes.");

    /// <summary>One idempotency key moves money once.</summary>
    public static Invariant MovesOnce { get; } = new("MovesOnce", "No key leads to two movements of money, unless the gateway doubled it by itself.");

    /// <summary>Only a request moves money.</summary>
    public static Invariant QuestionsMoveNothing { get; } = new("QuestionsMoveNothing", "Asking a gateway what became of something moves no money.");

    /// <summary>Nobody is charged out of the blue.</summary>
    public static Invariant OnlyWhileWanted { get; } = new(
        "OnlyWhileWanted", "Where the gateway can prove that something never happened, it is asked again only within the time of the policy, or while a caller waits.");

    /// <summary>The gateway's ledger and the books say the same.</summary>
    public static Invariant MoneyAgrees { get; } = new(
        "MoneyAgrees", "Once recovery has run dry, the money that the gateway moved is the money that the books say, movement by movement; what differs is shown to a person.");

    /// <summary>Every answer that was given stays true.</summary>
    public static Invariant AnswersStayTrue { get; } = new("AnswersStayTrue", "Every answer given to a caller agrees with the books afterwards.");

    /// <summary>The facts explain the sums.</summary>
    public static Invariant FactsExplainSums { get; } = new(
        "FactsExplainSums", "The facts of an invoice are numbered without gaps, and added up they give its sums.");

    /// <summary>The hashes of the facts hold, and the journal balances.</summary>
    public static Invariant BooksProveThemselves { get; } = new(
        "BooksProveThemselves", "The facts of an invoice are chained by their hashes, and after every commit the journal that follows from them balances and says what the invoice says.");

    /// <summary>What happened goes out, in order.</summary>
    public static Invariant DeliversInOrder { get; } = new(
        "DeliversInOrder", "Every fact is delivered at least once, and none before the one before it on its invoice.");

    /// <summary>Nothing of one tenant is shown to another.</summary>
    public static Invariant TenantsNeverMeet { get; } = new("TenantsNeverMeet", "Nothing of one tenant is ever loaded for another.");

    /// <summary>Nothing stays stuck.</summary>
    public static Invariant Settles { get; } = new(
        "Settles", "Once faults stop, every operation becomes final within days of virtual time, or waits for a person where nobody else can answer.");

    /// <summary>Business answers are values.</summary>
    public static Invariant NothingElseEscapes { get; } = new(
        "NothingElseEscapes", "Nothing but a store that is not available is ever thrown at a caller, no record is damaged, and every call is answered.");

    /// <summary>What recipients have of a split payment is what the payment has.</summary>
    public static Invariant SplitsSum { get; } = new(
        "SplitsSum", "What the recipients of a split payment got and gave back sums to what the payment got and gave back, and none gives back more than it got.");

    /// <summary>Credit is never negative.</summary>
    public static Invariant CreditHolds { get; } = new(
        "CreditHolds", "Account credit is never negative, and what is spoken for of it is what operations that are not final speak for.");

    /// <summary>No unit of credit comes from nowhere or gets lost.</summary>
    public static Invariant CreditIsConserved { get; } = new(
        "CreditIsConserved", "What an account has as credit is what its credit grants brought, less what they gave back or losses took, less what was paid with it; its facts add up to it.");

    /// <summary>A payment is booked on everything it pays.</summary>
    public static Invariant AllOrNothing { get; } = new(
        "AllOrNothing", "A payment over several invoices, or through an instalment, is booked on all of them or on none: what it says that each has of it is what the facts of each say.");

    /// <summary>Disputes hold and take what the gateway says, once.</summary>
    public static Invariant DisputesHold { get; } = new(
        "DisputesHold", "What an open dispute is about is held back of its payment, a won one holds nothing, and what was taken is what disputes and returns say, and is due again.");

    /// <summary>What failed after it had succeeded is shown.</summary>
    public static Invariant FailuresAreShown { get; } = new(
        "FailuresAreShown", "A refund that had succeeded and was sent back is shown on its payment, once, for a person to look at.");

    /// <summary>Nothing is due twice.</summary>
    public static Invariant NothingCountsTwice { get; } = new(
        "NothingCountsTwice", "Refunds, disputes and returned debits never make a unit due twice: what is due again never exceeds what came in.");

    /// <summary>Runs charge nobody too early.</summary>
    public static Invariant DunningHolds { get; } = new(
        "DunningHolds", "A collection run never charges while money is spoken for, before its time, after a decline that is for ever, or where dunning was stopped.");

    /// <summary>What can be paid on a link stays spoken for, and is paid as it was asked for.</summary>
    public static Invariant LinksHold { get; } = new(
        "LinksHold", "As long as a payer can pay on a payment link, its money stays spoken for; on a link moves what was asked for, and once unless the gateway doubled it by itself.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Invariant> All { get; } =
    [
        NeverOvercommitted, NeverOvercharged, OpenReserves, FinalIsFinal, MovesOnce, QuestionsMoveNothing, OnlyWhileWanted, MoneyAgrees,
        AnswersStayTrue, FactsExplainSums, BooksProveThemselves, DeliversInOrder, TenantsNeverMeet, Settles, NothingElseEscapes, SplitsSum, CreditHolds, CreditIsConserved, AllOrNothing, DisputesHold,
        NothingCountsTwice, FailuresAreShown, DunningHolds, LinksHold,
    ];

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

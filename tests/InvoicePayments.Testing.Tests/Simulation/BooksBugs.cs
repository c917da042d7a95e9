namespace InvoicePayments.Tests;

/// <summary>Stores that keep the books wrongly: what was decided is not what is stored.</summary>
internal static class BooksBugs
{
    public static IReadOnlyList<Bug> All { get; } =
    [
        Of("FreesTheReservationOnATimeout", "An answer that did not come is stored as a failure, and the money it spoke for is free again.",
            (_, c) => FreedWhenUnknown(c)),
        Of("AnswersBeforeItIsDurable", "Commits are answered before they are written, and every fifth is lost.",
            (s, c) => s.Commits % 5 == 0 ? null : c),
        Of("StoresHalfAChangeSet", "An operation is written in one transaction and its invoice in another, which does not follow.",
            (_, c) => c.Operations.Count > 0 ? c with { Invoices = [] } : c),
        Of("DropsFacts", "Of the facts of one commit only the first is written.", (_, c) => c with { Facts = [.. c.Facts.Take(1)] }),
        Of("DropsLateAnswers", "Money that came after the operation had ended is taken for a duplicate and thrown away.",
            (_, c) => c.Operations.Any(o => o.Operation.EvidenceOf is not null) ? null : c),
        Of("FirstAnswerWins", "Whatever was answered first is kept, even when that was that nobody knows.",
            (s, c) => IsAnswered(s, c) ? null : c),
        Of("RefundsWithoutReserving", "The column for refunds under way was forgotten, so two refunds may want the same money.",
            (_, c) => c with { Payments = [.. c.Payments.Select(WithoutRefunds)] }),
        Of("HidesDiscrepancies", "That the gateway reported another amount is logged, and not stored where a person looks.",
            (_, c) => c with { Payments = [.. c.Payments.Select(p => p with { Discrepancies = [] })] }),
    ];

    private static Bug Of(string name, string sentence, Func<BuggyStore, ChangeSet, ChangeSet?> bend) =>
        new(name, sentence) { Store = () => new() { Bend = bend } };

    private static Payment WithoutRefunds(Payment payment) =>
        payment with { Shares = [.. payment.Shares.Select(s => s with { RefundReserved = 0 })] };

    private static bool IsAnswered(BuggyStore store, ChangeSet changes) => changes.Operations.Select(c => c.Operation).Any(
        o => o.Status != OperationStatus.Unknown && store.Find(o.Tenant, o.Id) is { Status: OperationStatus.Unknown });

    private static ChangeSet FreedWhenUnknown(ChangeSet changes)
    {
        var operations = changes.Operations.Select(c => c.Operation);
        if (operations.FirstOrDefault(o => o is { Status: OperationStatus.Unknown, Kind: OperationKind.Charge }) is not { } lost)
            return changes;
        return changes with
        {
            Invoices = [.. changes.Invoices.Select(i => i with { Sums = Freed(i.Sums, lost.Allocation.PartOf(i.Id)) })],
            Operations = [new(Failed(lost), null)],
            Payments = [.. changes.Payments.Select(p => p with { Status = OperationStatus.Failed })],
            Facts = [.. changes.Facts.Select(f => f is InvoiceEvent.Progressed unknown ? Ended(unknown, lost) : f)],
        };
    }

    private static InvoiceSums Freed(InvoiceSums sums, Money part) => sums with { Reserved = sums.Reserved - part.MinorUnits };

    private static PaymentOperation Failed(PaymentOperation lost) =>
        lost with { Status = OperationStatus.Failed, AnsweredAt = lost.LastSentAt, BusyUntil = null, NextCheckAt = null };

    private static InvoiceEvent.Ended Ended(InvoiceEvent.Progressed fact, PaymentOperation lost) =>
        new(OperationStatus.Failed, lost.Allocation.PartOf(fact.Invoice), null, fact.Why)
    {
        Tenant = fact.Tenant, Invoice = fact.Invoice, Sequence = fact.Sequence, At = fact.At,
        Operation = fact.Operation, Payment = fact.Payment, Kind = fact.Kind,
    };
}

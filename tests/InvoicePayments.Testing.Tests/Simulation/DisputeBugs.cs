namespace InvoicePayments.Tests;

/// <summary>Stores that keep wrong what disputes and returned debits hold and take.</summary>
internal static class DisputeBugs
{
    public static IReadOnlyList<Bug> All { get; } =
    [
        Of("LostDisputeDoesNotReopen", "A lost dispute takes the money, and the invoice stays paid.", StillPaid),
        Of("CountsADisputeBesideARefund", "What a lost dispute has taken is due again, though a refund had given it back before.",
            (s, c) => Each(c, Lost, p => p with { Shares = [.. p.Shares.Select(share => share with { TakenReopened = share.Taken })] })),
        Of("WonDisputeKeepsItsHold", "A won dispute is closed, and what it held back stays held.", (s, c) => Each(c, Won, p => s.Find(p.Tenant, p.Id) is { } before
            ? p with { Shares = [.. p.Shares.Select((share, n) => share with { Disputed = before.Shares[n].Disputed })] }
            : p)),
        Of("HoldsADisputeTwice", "A dispute that is told of twice is held twice.", (s, c) => Each(c, Opened, p => p with
        {
            Shares = [.. p.Shares.Select(share => share with { Disputed = 2 * share.Disputed })],
        })),
        Of("KeepsNoNewsOfUnknownPayments", "News of a payment that nobody here knows yet is thrown away.", (_, c) => c with { Parked = [] }),
        Of("ReturnsAreNotTaken", "A returned debit is written down, and the money it took is not.", (s, c) => Each(c, Returned, p => s.Find(p.Tenant, p.Id) is { } before
            ? p with { Disputes = before.Disputes }
            : p)),
        Of("BooksALossOnTheFirstInvoice", "What a dispute takes of a payment over several documents is booked on the first of them.", (_, c) => Each(c, Lost, OnTheFirst)),
        Of("ShowsNoFailedRefund", "A refund that is sent back after it had succeeded is shown to nobody.", (_, c) => c with
        {
            Payments = [.. c.Payments.Select(p => p with { Discrepancies = [.. p.Discrepancies.Where(d => !d.Reported.IsZero)] })],
        }),
    ];

    private static Bug Of(string name, string sentence, Func<BuggyStore, ChangeSet, ChangeSet?> bend) =>
        new(name, sentence) { Store = () => new() { Bend = bend } };

    private static bool Lost(PaymentOperation o) => o is { Kind: OperationKind.Dispute, Status: OperationStatus.Succeeded };

    private static bool Won(PaymentOperation o) => o is { Kind: OperationKind.Dispute, Status: OperationStatus.Canceled };

    private static bool Opened(PaymentOperation o) => o is { Kind: OperationKind.Dispute, Status: OperationStatus.Processing };

    private static bool Returned(PaymentOperation o) => o.Kind == OperationKind.Return;

    private static ChangeSet Each(ChangeSet changes, Func<PaymentOperation, bool> when, Func<Payment, Payment> change) =>
        changes.Operations.Any(o => when(o.Operation)) ? changes with { Payments = [.. changes.Payments.Select(change)] } : changes;

    private static Payment OnTheFirst(Payment payment) => payment with
    {
        Shares = [.. payment.Shares.Select((share, n) => share with { Taken = n == 0 ? payment.Taken.MinorUnits : 0 })],
    };

    // The last fact of each invoice was that it is due again; it is not written, and neither is what it says.
    private static ChangeSet StillPaid(BuggyStore store, ChangeSet changes)
    {
        var untold = changes.Facts.OfType<InvoiceEvent.Reopened>().Where(f => f.Kind == OperationKind.Dispute).ToList();
        return untold.Count == 0 ? changes : changes with
        {
            Facts = [.. changes.Facts.Except(untold)],
            Payments = [.. changes.Payments.Select(p => p with { Shares = [.. p.Shares.Select(s => s with { TakenReopened = 0 })] })],
            Invoices = [.. changes.Invoices.Select(i => untold.Find(f => f.Invoice == i.Id) is { } fact
                ? i with { FactCount = fact.Sequence - 1, FactHash = fact.Previous, Sums = i.Sums with { Reopened = i.Sums.Reopened - fact.Amount.MinorUnits } }
                : i)],
        };
    }
}

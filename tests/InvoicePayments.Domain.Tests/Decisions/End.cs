namespace InvoicePayments.Tests;

/// <summary>
/// What there is in the end, without what rightly tells the order: versions, facts, times, which of several movements is the
/// operation's own and which a late one, and so how much of the money came without a reservation.
/// </summary>
internal sealed record End
{
    internal End(Story story, OperationId id)
    {
        var operation = story[id];
        var invoice = story.Invoice;
        (Settled, Reserved) = (invoice.Settled.MinorUnits, invoice.Reserved.MinorUnits);
        Sums = string.Join(' ', invoice.Refunded, invoice.Due, invoice.Payable, invoice.Overpaid, invoice.Status);
        Payments = string.Join(' ', Total(story, s => s.Captured), Total(story, s => s.Refunded), Total(story, s => s.RefundReserved));
        var own = story.Operations.Where(o => o.Id == id && o is { Status: OperationStatus.Succeeded, Moved.IsPositive: true });
        Movements = string.Join(' ', story.Operations.Where(o => o.EvidenceOf == id).Concat(own)
            .GroupBy(o => o.GatewayPaymentId!.Value.Value, o => o.Moved!.Value.MinorUnits).Select(m => $"{m.Key}={m.Sum()}").Order());
        Discrepancies = string.Join(' ', story[operation.Payment].Discrepancies);
        Open = operation.IsFinal ? "" : $"{operation.Status} {operation.Action} {operation.ActionDeadline} {operation.Hold} {invoice.OpenFlags}";
        Holds = string.Join(' ', story.Operations.Where(o => o is { IsFinal: false, Hold: not null }).Select(o => $"{o.Id}: {o.Hold!.Held.Total} of {o.Hold}"));
        Status = operation.Status;
    }

    public long Settled { get; }
    public long Reserved { get; }
    public string Sums { get; }
    public string Payments { get; }
    public string Movements { get; }
    public string Discrepancies { get; }
    public string Open { get; }
    public string Holds { get; }
    public OperationStatus? Status { get; init; }

    private static long Total(Story story, Func<PaymentShare, long> of) => story.Payments.SelectMany(p => p.Shares).Sum(of);
}

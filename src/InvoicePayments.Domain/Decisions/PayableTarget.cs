using System.Diagnostics;

namespace InvoicePayments;

/// <summary>What a command names to be paid: exactly one of these (Billingrails).</summary>
internal sealed record PayableTarget(InvoiceId? Invoice, InvoiceId? PaymentRequest, InvoiceId? Order, InvoiceId? CreditGrant, PaymentSpread? Several)
{
    private IEnumerable<(InvoiceId Id, PayableKind Kind)> Single => new (InvoiceId? Id, PayableKind Kind)[]
    {
        (Invoice, PayableKind.Invoice), (PaymentRequest, PayableKind.PaymentRequest), (Order, PayableKind.Order), (CreditGrant, PayableKind.CreditGrant),
    }.Where(t => t.Id is not null).Select(t => (t.Id!.Value, t.Kind));

    internal IReadOnlyList<InvoiceId> Ids => [.. Single.Select(t => t.Id), .. Several?.Invoices ?? []];

    internal PayableKind Kind => Single.FirstOrDefault().Kind;

    internal string NotFound => Several is null
        ? $"There is no {Words(Kind)} {Ids[0]} for this account."
        : $"Not all of {string.Join(", ", Ids)} are invoices of this account.";

    internal Rejection? Problem => (Single.Count() + (Several is null ? 0 : 1), Several?.Invoices) switch
    {
        (0, _) or (_, { Count: 0 }) => Rejection.PayableMissing,
        ( > 1, _) => Rejection.PayableAmbiguous,
        (_, { Count: > PaymentSpread.MaxInvoices }) => Rejection.TooManyInvoices,
        (_, { } named) when named.Distinct().Count() < named.Count => Rejection.PayableAmbiguous,
        _ => null,
    };

    /// <summary>What is named, as part of what the command means.</summary>
    internal CanonicalWriter Write(CanonicalWriter writer)
    {
        foreach (var (id, kind) in Single) writer.Add(Words(kind), id.Value);
        if (Several is null) return writer;

        writer.Add("spread", Several switch
        {
            PaymentSpread.OldestFirst => "oldest first",
            PaymentSpread.Proportional => "proportional",
            PaymentSpread.AsTold => "as told",
            _ => throw new UnreachableException(),
        });
        foreach (var id in Several.Invoices) writer.Add("invoice", id.Value).Add("part", (Several as PaymentSpread.AsTold)?.Allocation.PartOf(id));
        return writer;
    }

    private static string Words(PayableKind kind) => kind switch
    {
        PayableKind.Invoice => "invoice",
        PayableKind.Order => "order",
        PayableKind.PaymentRequest => "payment request",
        PayableKind.CreditGrant => "credit grant",
        _ => throw new UnreachableException(),
    };
}

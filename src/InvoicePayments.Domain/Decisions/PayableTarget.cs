using System.Diagnostics;

namespace InvoicePayments;

/// <summary>What a command names to be paid: exactly one of these (Billingrails).</summary>
internal sealed class PayableTarget(InvoiceId? invoice, InvoiceId? paymentRequest, InvoiceId? order, InvoiceId? creditGrant, PaymentSpread? several)
{
    private List<(InvoiceId Id, PayableKind Kind)>? _single;
    private IReadOnlyList<InvoiceId>? _ids;

    internal PaymentSpread? Several => several;

    private List<(InvoiceId Id, PayableKind Kind)> Single => _single ??= Named();

    internal IReadOnlyList<InvoiceId> Ids => _ids ??= Several is null && Single is [var only] ? [only.Id] : [.. Single.Select(t => t.Id), .. Several?.Invoices ?? []];

    internal PayableKind Kind => Single.Count > 0 ? Single[0].Kind : default;

    internal string NotFound => Several is null
        ? $"There is no {Words(Kind)} {Ids[0]} for this account."
        : $"Not all of {string.Join(", ", Ids)} are invoices of this account.";

    internal Rejection? Problem => (Single.Count + (Several is null ? 0 : 1), Several?.Invoices) switch
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

    private List<(InvoiceId Id, PayableKind Kind)> Named()
    {
        var named = new List<(InvoiceId, PayableKind)>(1);
        if (invoice is { } bill) named.Add((bill, PayableKind.Invoice));
        if (paymentRequest is { } request) named.Add((request, PayableKind.PaymentRequest));
        if (order is { } ordered) named.Add((ordered, PayableKind.Order));
        if (creditGrant is { } grant) named.Add((grant, PayableKind.CreditGrant));
        return named;
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

namespace InvoicePayments;

/// <content>What readers were shown: everything as it stood at some moment between the question and the answer.</content>
internal sealed partial class Books
{
    private readonly HashSet<(TenantId, InvoiceId)> _toldOf = [];

    /// <summary>Every document that was asked for or came to be.</summary>
    internal IEnumerable<(TenantId Tenant, InvoiceId Invoice)> Documents => world.Invoices.Union(_versions.Keys);

    /// <summary>How often an invoice was changed so far.</summary>
    internal int VersionsOf(TenantId tenant, InvoiceId invoice) => _versions.GetValueOrDefault((tenant, invoice))?.Count ?? 0;

    /// <summary>How many facts an invoice has so far.</summary>
    internal long FactsOf(TenantId tenant, InvoiceId invoice) => LastOf(tenant, invoice)?.FactCount ?? 0;

    /// <summary>The operations of an invoice so far.</summary>
    internal List<PaymentOperation> OperationsOf(TenantId tenant, InvoiceId invoice) =>
        [.. _operations.Values.Where(o => o.Tenant == tenant && o.Allocation.PartOf(invoice).IsPositive)];

    /// <summary>One of the operations so far; null when there is none.</summary>
    internal PaymentOperation? AnyOperation(Func<PaymentOperation, bool>? which = null)
    {
        var some = _operations.Values.Where(which ?? (_ => true)).ToList();
        return some.Count == 0 ? null : some[world.Tape.Next(some.Count)];
    }

    internal void Shown(string words, int since, (TenantId Tenant, InvoiceId Id) asked, Invoice? invoice)
    {
        var known = _versions.GetValueOrDefault(asked) ?? [];
        var isTrue = invoice is null
            ? since == 0
            : invoice.Version >= since && invoice.Version <= known.Count && known[(int)invoice.Version - 1] is var stood
                && (stood.Sums, stood.Document, stood.FactCount) == (invoice.Sums, invoice.Document, invoice.FactCount);
        if (!isTrue) Untrue(words, invoice is null ? "nothing" : $"version {invoice.Version} with {invoice.Sums}");
    }

    internal void Shown(string words, IReadOnlyList<PaymentOperation> since, IReadOnlyList<PaymentOperation> operations)
    {
        var isComplete = since.All(before => operations.Any(o => o.Id == before.Id && o.Version >= before.Version));
        var isKnown = operations.All(o => _operations.TryGetValue((o.Tenant, o.Id), out var now) && o.Version <= now.Version);
        if (!isComplete || !isKnown) Untrue(words, $"{operations.Count} operations");
    }

    internal void Shown(string words, long since, long now, IReadOnlyList<InvoiceEvent> facts)
    {
        var isInOrder = facts.Select(f => f.Sequence).SequenceEqual(Enumerable.Range(1, facts.Count).Select(n => (long)n));
        if (!isInOrder || facts.Count < since || facts.Count > now) Untrue(words, $"{facts.Count} facts");
    }

    internal void Shown(string words, Payment since, Payment? payment)
    {
        if (payment is null || payment.Tenant != since.Tenant || payment.Version < since.Version || payment.Captured < since.Captured)
            Untrue(words, payment is null ? "nothing" : $"version {payment.Version}");
    }

    /// <summary>Somebody was told that a document is there.</summary>
    internal void Answered(InvoiceResult.Done done) => _toldOf.Add((done.Invoice.Tenant, done.Invoice.Id));

    private Invoice? LastOf(TenantId tenant, InvoiceId id) => _versions.GetValueOrDefault((tenant, id)) is [.., var last] ? last : null;

    private void Untrue(string words, string what) =>
        world.Break(Invariant.AnswersStayTrue, $"Who asked to {words} was shown {what}, and it never stood so since the question.");
}

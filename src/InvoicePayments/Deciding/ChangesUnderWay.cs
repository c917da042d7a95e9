namespace InvoicePayments;

/// <summary>What others before us in the same line are about to store: laid over what a store has loaded, it is what a load would find afterwards.</summary>
internal sealed class ChangesUnderWay
{
    private readonly Dictionary<InvoiceId, Row<Invoice>> _invoices = [];
    private readonly Dictionary<OperationId, Row<OperationChange>> _operations = [];
    private readonly Dictionary<PaymentId, Row<Payment>> _payments = [];
    private readonly Dictionary<CreditAddress, Row<AccountCredit>> _credits = [];
    private readonly HashSet<OperationId> _parked = [];

    internal void Add(ChangeSet changes)
    {
        foreach (var invoice in changes.Invoices) Put(_invoices, invoice.Id, invoice, invoice.Version);
        foreach (var change in changes.Operations) Put(_operations, change.Operation.Id, change, change.Operation.Version);
        foreach (var payment in changes.Payments) Put(_payments, payment.Id, payment, payment.Version);
        foreach (var credit in changes.Credits) Put(_credits, new(credit.Account, credit.Currency), credit, credit.Version);
        foreach (var parked in changes.Parked) _parked.Add(parked.Operation);
    }

    /// <summary>
    /// What <paramref name="loaded"/> will be once all this is stored; null when that can only be known by loading again: when rows came that
    /// were asked for and not there, or when the store had moved on in between.
    /// </summary>
    internal InvoiceState? Update(LoadRequest request, InvoiceState loaded)
    {
        if (_invoices.Count + _operations.Count + _parked.Count == 0) return loaded;
        if (HasNewsFor(request, loaded) || !Follows(loaded)) return null;

        var documents = loaded.Invoices.Select(i => i.Id).ToHashSet();
        var begun = _operations.Values.Where(o => o.Base == 0 && Concerns(o.Now.Operation, documents)).Select(o => o.Now.Operation);
        return !Touches(loaded) && !begun.Any() ? loaded : loaded with
        {
            Invoices = [.. loaded.Invoices.Select(i => _invoices.TryGetValue(i.Id, out var row) ? row.Now : i)],
            OpenOperations = [.. loaded.OpenOperations.Select(Current).Concat(begun).Where(o => !o.IsFinal)],
            Operations = [.. loaded.Operations.Select(Current)],
            Commands = [.. loaded.Operations.Select(o => _operations.TryGetValue(o.Id, out var row) ? row.Now.Command : loaded.CommandOf(o)).OfType<GatewayCommand>()],
            Payments = [.. loaded.Payments.Select(p => _payments.TryGetValue(p.Id, out var row) ? row.Now : p)],
            Credits = [.. Credits(request, loaded)],
        };
    }

    // What was asked for and was not there, or what can be found only by looking for it.
    private bool HasNewsFor(LoadRequest request, InvoiceState loaded) =>
        (_operations.Count > 0 && (request.GatewayPayment is not null || request.Authorization is not null))
        || request.Operations.Any(id => _parked.Contains(id) || (_operations.ContainsKey(id) && loaded.Find(id) is null))
        || request.Invoices.Any(id => _invoices.ContainsKey(id) && loaded.Find(id) is null)
        || (request.Payment is { } payment && _payments.ContainsKey(payment) && loaded.Find(payment) is null);

    // A row that both know has to be the one on which the changes build.
    private bool Follows(InvoiceState loaded)
    {
        var documents = loaded.Invoices.Select(i => i.Id).ToHashSet();
        var known = loaded.OpenOperations.Concat(loaded.Operations).ToLookup(o => o.Id);
        return loaded.Invoices.All(i => Follows(_invoices, i.Id, i.Version))
            && loaded.Payments.All(p => Follows(_payments, p.Id, p.Version))
            && loaded.Credits.All(c => Follows(_credits, new(c.Account, c.Currency), c.Version))
            && known.All(same => same.All(o => Follows(_operations, o.Id, o.Version)))
            && _operations.Values.All(o => o.Base == 0 || !Concerns(o.Now.Operation, documents) || known.Contains(o.Now.Operation.Id));
    }

    private bool Touches(InvoiceState loaded) => loaded.Invoices.Any(i => _invoices.ContainsKey(i.Id))
        || loaded.OpenOperations.Concat(loaded.Operations).Any(o => _operations.ContainsKey(o.Id))
        || loaded.Payments.Any(p => _payments.ContainsKey(p.Id)) || _credits.Count > 0;

    private PaymentOperation Current(PaymentOperation operation) => _operations.TryGetValue(operation.Id, out var row) ? row.Now.Operation : operation;

    private IEnumerable<AccountCredit> Credits(LoadRequest request, InvoiceState loaded) =>
        loaded.Invoices.Select(i => new CreditAddress(i.Account, i.Currency)).Concat(request.Credit is { } credit ? [credit] : []).Distinct()
            .Select(address => _credits.TryGetValue(address, out var row) ? row.Now : loaded.CreditOf(address)).OfType<AccountCredit>();

    private static bool Concerns(PaymentOperation operation, HashSet<InvoiceId> documents) => operation.Allocation.Documents.Any(documents.Contains);

    private static bool Follows<TKey, T>(Dictionary<TKey, Row<T>> rows, TKey key, long loaded)
        where TKey : notnull => !rows.TryGetValue(key, out var row) || row.Base == loaded;

    private static void Put<TKey, T>(Dictionary<TKey, Row<T>> rows, TKey key, T now, long version)
        where TKey : notnull => rows[key] = new(rows.TryGetValue(key, out var before) ? before.Base : version - 1, now);

    /// <summary>A row as it is about to be, and the version that the store still has.</summary>
    private readonly record struct Row<T>(long Base, T Now);
}

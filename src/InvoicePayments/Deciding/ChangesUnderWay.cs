namespace InvoicePayments;

/// <summary>What others before us in the same line are about to store: laid over what a store has loaded, it is what a load would find afterwards.</summary>
internal sealed class ChangesUnderWay
{
    private readonly Dictionary<InvoiceId, Row<Invoice>> _invoices = [];
    private readonly Dictionary<OperationId, Row<OperationChange>> _operations = [];
    private readonly Dictionary<PaymentId, Row<Payment>> _payments = [];
    private readonly Dictionary<CreditAddress, Row<AccountCredit>> _credits = [];
    private readonly HashSet<OperationId> _parked = [];

    // Of the operations: those that are new and open, and those that the store knows. Most are new and final, and in nobody's way.
    private readonly List<OperationId> _begun = [], _known = [];

    internal void Add(ChangeSet changes)
    {
        foreach (var invoice in changes.Invoices) Put(_invoices, invoice.Id, invoice, invoice.Version);
        foreach (var payment in changes.Payments) Put(_payments, payment.Id, payment, payment.Version);
        foreach (var credit in changes.Credits) Put(_credits, new(credit.Account, credit.Currency), credit, credit.Version);
        foreach (var parked in changes.Parked) _parked.Add(parked.Operation);
        foreach (var change in changes.Operations)
        {
            var (id, isNews) = (change.Operation.Id, !_operations.ContainsKey(change.Operation.Id));
            Put(_operations, id, change, change.Operation.Version);
            if (_operations[id].Base > 0 && isNews) _known.Add(id);
            if (_operations[id].Base > 0) continue;
            if (change.Operation.IsFinal) _begun.Remove(id);
            else if (isNews) _begun.Add(id);
        }
    }

    /// <summary>
    /// What <paramref name="loaded"/> will be once all this is stored; null when that can only be known by loading again: when rows came that
    /// were asked for and not there, or when the store had moved on in between.
    /// </summary>
    internal InvoiceState? Update(LoadRequest request, InvoiceState loaded)
    {
        if (_invoices.Count + _operations.Count + _parked.Count == 0) return loaded;
        if (HasNewsFor(request, loaded) || !Follows(loaded)) return null;

        var begun = _begun.Count == 0 ? [] : _begun.Select(id => _operations[id].Now.Operation).Where(o => Concerns(o, loaded)).ToList();
        return begun.Count == 0 && !Touches(loaded) ? loaded : loaded with
        {
            Invoices = Each(loaded.Invoices, i => _invoices.TryGetValue(i.Id, out var row) ? row.Now : i),
            OpenOperations = loaded.OpenOperations.Count + begun.Count == 0 ? [] : [.. loaded.OpenOperations.Select(Current).Concat(begun).Where(o => !o.IsFinal)],
            Operations = Each(loaded.Operations, Current),
            Commands = loaded.Operations.Count == 0 ? [] : [.. loaded.Operations.Select(o => _operations.TryGetValue(o.Id, out var row) ? row.Now.Command : loaded.CommandOf(o)).OfType<GatewayCommand>()],
            Payments = Each(loaded.Payments, p => _payments.TryGetValue(p.Id, out var row) ? row.Now : p),
            Credits = _credits.Count == 0 ? loaded.Credits : [.. Credits(request, loaded)],
        };
    }

    // What was asked for and was not there, or what can be found only by looking for it.
    private bool HasNewsFor(LoadRequest request, InvoiceState loaded)
    {
        if (_operations.Count > 0 && (request.GatewayPayment is not null || request.Authorization is not null)) return true;
        foreach (var id in request.Operations)
            if (_parked.Contains(id) || (_operations.ContainsKey(id) && loaded.Find(id) is null)) return true;
        foreach (var id in request.Invoices)
            if (_invoices.ContainsKey(id) && loaded.Find(id) is null) return true;
        return request.Payment is { } payment && _payments.ContainsKey(payment) && loaded.Find(payment) is null;
    }

    // A row that both know has to be the one on which the changes build.
    private bool Follows(InvoiceState loaded)
    {
        foreach (var invoice in loaded.Invoices)
            if (!Follows(_invoices, invoice.Id, invoice.Version)) return false;
        foreach (var payment in loaded.Payments)
            if (!Follows(_payments, payment.Id, payment.Version)) return false;
        foreach (var credit in loaded.Credits)
            if (!Follows(_credits, new(credit.Account, credit.Currency), credit.Version)) return false;
        foreach (var operation in loaded.OpenOperations)
            if (!Follows(_operations, operation.Id, operation.Version)) return false;
        foreach (var operation in loaded.Operations)
            if (!Follows(_operations, operation.Id, operation.Version)) return false;
        foreach (var id in _known)
            if (Concerns(_operations[id].Now.Operation, loaded) && loaded.Find(id) is null && loaded.OpenOperations.All(o => o.Id != id)) return false;
        return true;
    }

    private bool Touches(InvoiceState loaded) => _credits.Count > 0 || loaded.Invoices.Any(i => _invoices.ContainsKey(i.Id))
        || loaded.OpenOperations.Any(o => _operations.ContainsKey(o.Id)) || loaded.Operations.Any(o => _operations.ContainsKey(o.Id))
        || loaded.Payments.Any(p => _payments.ContainsKey(p.Id));

    private PaymentOperation Current(PaymentOperation operation) => _operations.TryGetValue(operation.Id, out var row) ? row.Now.Operation : operation;

    private IEnumerable<AccountCredit> Credits(LoadRequest request, InvoiceState loaded) =>
        loaded.Invoices.Select(i => new CreditAddress(i.Account, i.Currency)).Concat(request.Credit is { } credit ? [credit] : []).Distinct()
            .Select(address => _credits.TryGetValue(address, out var row) ? row.Now : loaded.CreditOf(address)).OfType<AccountCredit>();

    private static bool Concerns(PaymentOperation operation, InvoiceState loaded)
    {
        foreach (var part in operation.Allocation.Parts)
            if (loaded.Find(part.Invoice) is not null || (part.Request is { } request && loaded.Find(request) is not null)) return true;
        return false;
    }

    private static IReadOnlyList<T> Each<T>(IReadOnlyList<T> rows, Func<T, T> change)
    {
        if (rows.Count == 0) return rows;
        var changed = new T[rows.Count];
        for (var i = 0; i < changed.Length; i++) changed[i] = change(rows[i]);
        return changed;
    }

    private static bool Follows<TKey, T>(Dictionary<TKey, Row<T>> rows, TKey key, long loaded)
        where TKey : notnull => !rows.TryGetValue(key, out var row) || row.Base == loaded;

    private static void Put<TKey, T>(Dictionary<TKey, Row<T>> rows, TKey key, T now, long version)
        where TKey : notnull => rows[key] = new(rows.TryGetValue(key, out var before) ? before.Base : version - 1, now);

    /// <summary>A row as it is about to be, and the version that the store still has.</summary>
    private readonly record struct Row<T>(long Base, T Now);
}

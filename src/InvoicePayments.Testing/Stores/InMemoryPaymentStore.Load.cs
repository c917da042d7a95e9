namespace InvoicePayments;

public sealed partial class InMemoryPaymentStore
{
    /// <inheritdoc/>
    public ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock) return ValueTask.FromResult(Load(request));
    }

    private InvoiceState Load(LoadRequest request)
    {
        var tenant = request.Tenant;
        var asked = Found(request.Operations.Select(id => _operations.GetValueOrDefault((tenant, id))).Concat(KnownBy(tenant, request.GatewayPayment)).Distinct());
        var found = asked.Concat(AuthorizationsOf(request, asked)).DistinctBy(row => row.Number).ToList();
        var payments = Found(found.Select(row => row.Operation.Payment).Concat(Asked(request.Payment)).Distinct()
            .Select(id => _payments.GetValueOrDefault((tenant, id))));

        // Those that were named come first, so that "the first invoice" is the one the caller means.
        var named = request.Invoices
            .Concat(found.SelectMany(row => row.Operation.Allocation.Documents))
            .Concat(payments.Where(p => p.Id == request.Payment).SelectMany(p => p.Documents))
            .SelectMany(id => WithItsWhole(tenant, id));
        var rows = Found(named.Distinct().Select(id => _invoices.GetValueOrDefault((tenant, id)))).Where(row => row.Invoice is not null).ToList();
        var invoices = rows.Select(row => row.Invoice!).ToList();

        return new()
        {
            Invoices = invoices,
            OpenOperations = [.. rows.SelectMany(row => row.Open.Values).Distinct().OrderBy(row => row.Number).Select(row => row.Operation)],
            Operations = [.. found.Select(row => row.Operation)],
            Commands = Found(found.Select(row => row.Command)),
            Payments = payments,
            Credits = Found(invoices.Select(i => new CreditAddress(i.Account, i.Currency)).Concat(request.Credit is { } credit ? [credit] : []).Distinct()
                .Select(address => _credits.GetValueOrDefault((tenant, address)))),
            PaymentMethod = MethodFor(request, invoices),
            Parked = [.. request.Operations.Distinct().SelectMany(id => _parked.GetValueOrDefault((tenant, id), []))],
        };
    }

    // An authorization is open, so it is found among the open operations of its invoice.
    private List<OperationRow> AuthorizationsOf(LoadRequest request, List<OperationRow> asked) => Found(
        asked.Select(row => row.Operation.Authorization).OfType<OperationId>().Select(id => _operations.GetValueOrDefault((request.Tenant, id)))
            .Concat(request.Authorization is not { } named ? [] : request.Invoices.SelectMany(id => _invoices.GetValueOrDefault((request.Tenant, id))?.Open.Values ?? [])
                .Where(row => row.Operation.Kind == OperationKind.Authorize && row.Operation.GatewayPaymentId == named)));

    private IEnumerable<InvoiceId> WithItsWhole(TenantId tenant, InvoiceId id) =>
        _invoices.GetValueOrDefault((tenant, id))?.Invoice?.InstalmentOf is { } whole ? [id, whole] : [id];

    private StoredPaymentMethod? MethodFor(LoadRequest request, List<Invoice> invoices)
    {
        if (request.PaymentMethod is { } named) return _methods.GetValueOrDefault((request.Tenant, named));
        if (!request.DefaultPaymentMethod || invoices.Count == 0) return null;

        // An invoice that names a method means that one and no other, even when it is gone.
        return invoices[0].Details.DefaultPaymentMethod is { } ofInvoice
            ? _methods.GetValueOrDefault((request.Tenant, ofInvoice))
            : _methods.Values.FirstOrDefault(m => m.IsDefault && m.Tenant == request.Tenant && m.Account == invoices[0].Account);
    }

    private IEnumerable<OperationRow?> KnownBy(TenantId tenant, GatewayPaymentAddress? address) =>
        address is { } at && _movements.TryGetValue((tenant, at), out var rows) ? rows.Values : [];

    private static List<T> Found<T>(IEnumerable<T?> rows)
        where T : class => [.. rows.Where(row => row is not null).Select(row => row!)];

    private static IEnumerable<PaymentId> Asked(PaymentId? payment) => payment is { } id ? [id] : [];
}

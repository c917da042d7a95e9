namespace InvoicePayments;

/// <summary>Answers one load request from the rows that its batch brought back.</summary>
internal sealed class StateAssembler(FetchedRows rows, LoadRequest request)
{
    private readonly TenantId _tenant = request.Tenant;
    private readonly List<PaymentOperation> _operations = [];
    private readonly List<GatewayCommand> _commands = [];
    private readonly List<Payment> _payments = [];
    private readonly List<Invoice> _invoices = new(1);

    internal InvoiceState Assemble()
    {
        FindOperations();
        FindPayments();
        FindInvoices();
        return new()
        {
            Invoices = _invoices,
            OpenOperations = OpenOperations(),
            Operations = _operations,
            Commands = _commands,
            Payments = _payments,
            Credits = Credits(),
            PaymentMethod = Method(),
            Parked = rows.Parked.Count == 0 ? [] : [.. request.Operations.Distinct().SelectMany(ParkedFor)],
        };
    }

    private void FindOperations()
    {
        if (rows.Operations.Count == 0) return;
        for (var i = 0; i < request.Operations.Count; i++) Take(request.Operations[i]);
        if (request.Authorization is { } named)
        {
            foreach (var open in request.Invoices.SelectMany(OpenOn).Where(o => o.Kind == OperationKind.Authorize && o.GatewayPaymentId == named)) Take(open.Id);
        }

        if (request.GatewayPayment is { } address)
        {
            var known = rows.Operations.Values.Select(o => o.Operation)
                .Where(o => o.Tenant == _tenant && o.Gateway == address.Gateway && o.GatewayPaymentId == address.Id)
                .OrderBy(o => o.CreatedAt).ThenBy(o => o.Id.Value, StringComparer.Ordinal);
            foreach (var operation in known) Take(operation.Id);
        }

        // What a capture or a void takes from; the list grows while it is walked.
        for (var i = 0; i < _operations.Count; i++)
            if (_operations[i].Authorization is { } authorization) Take(authorization);
    }

    private void Take(OperationId id)
    {
        if (!rows.Operations.TryGetValue((_tenant, id), out var found) || Has(_operations, found.Operation)) return;
        _operations.Add(found.Operation);
        if (found.Command is not null) _commands.Add(found.Command);
    }

    private void FindPayments()
    {
        if (request.Payment is { } asked) Take(asked);
        foreach (var operation in _operations) Take(operation.Payment);
    }

    private void Take(PaymentId id)
    {
        if (rows.Payments.TryGetValue((_tenant, id), out var payment) && !Has(_payments, payment)) _payments.Add(payment);
    }

    // Those that were named come first, so that "the first invoice" is the one the caller means; with an instalment comes what it is one of.
    private void FindInvoices()
    {
        for (var i = 0; i < request.Invoices.Count; i++) Take(request.Invoices[i]);
        foreach (var operation in _operations)
            foreach (var document in operation.Allocation.Documents) Take(document);
        if (request.Payment is { } asked && rows.Payments.TryGetValue((_tenant, asked), out var payment))
            foreach (var document in payment.Documents) Take(document);
        for (var (i, count) = (0, _invoices.Count); i < count; i++)
            if (_invoices[i].InstalmentOf is { } whole) Take(whole);
    }

    private void Take(InvoiceId id)
    {
        if (rows.Invoices.TryGetValue((_tenant, id), out var invoice) && !Has(_invoices, invoice)) _invoices.Add(invoice);
    }

    // A row is one object, however often it came; comparing records would compare all they hold.
    private static bool Has<T>(List<T> list, T item)
        where T : class
    {
        foreach (var known in list)
            if (ReferenceEquals(known, item)) return true;
        return false;
    }

    private IReadOnlyList<PaymentOperation> OpenOperations() => rows.Open.Count == 0 || _invoices.Count == 0
        ? []
        : [.. _invoices.SelectMany(i => OpenOn(i.Id)).DistinctBy(o => o.Id)];

    private IEnumerable<PaymentOperation> OpenOn(InvoiceId id) => rows.Open.TryGetValue((_tenant, id), out var open) ? open.Values : [];

    private IReadOnlyList<AccountCredit> Credits()
    {
        if (rows.Credits.Count == 0) return [];
        var addresses = _invoices.Select(i => new CreditAddress(i.Account, i.Currency)).Concat(request.Credit is { } credit ? [credit] : []);
        return [.. addresses.Distinct().Select(a => rows.Credits.GetValueOrDefault((_tenant, a))).OfType<AccountCredit>()];
    }

    private StoredPaymentMethod? Method()
    {
        if (request.PaymentMethod is { } named) return rows.Methods.GetValueOrDefault((_tenant, named));
        if (!request.DefaultPaymentMethod || _invoices.Count == 0) return null;

        // A default that an invoice names and nobody knows is not replaced by another one: that would charge what nobody chose.
        return _invoices[0].Details.DefaultPaymentMethod is { } preferred
            ? rows.Methods.GetValueOrDefault((_tenant, preferred))
            : rows.Defaults.GetValueOrDefault((_tenant, _invoices[0].Account));
    }

    private IEnumerable<ParkedOutcome> ParkedFor(OperationId id) =>
        rows.Parked.TryGetValue((_tenant, id), out var parked) ? parked.OrderBy(p => p.ReceivedAt) : [];
}

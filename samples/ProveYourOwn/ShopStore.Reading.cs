using InvoicePayments;

namespace ProveYourOwn;

/// <content>What is loaded for a decision, what is listed, and the methods on file.</content>
internal sealed partial class ShopStore
{
    private IEnumerable<PaymentOperation> Operations => _inOrder.Select(key => _operations[key].Operation);

    public ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var tenant = request.Tenant;
            var named = Operations.Where(o => request.Authorization is not null && o.Tenant == tenant && !o.IsFinal && o.Kind == OperationKind.Authorize
                && o.GatewayPaymentId == request.Authorization && request.Invoices.Any(i => IsOf(o, i))).Select(o => o.Id);
            var rows = Rows(tenant, request.Operations.Concat(named).Concat(Operations.Where(o => o.Tenant == tenant && IsAt(o, request.GatewayPayment)).Select(o => o.Id)));
            var found = rows.Concat(Rows(tenant, rows.Select(r => r.Operation.Authorization).OfType<OperationId>())).DistinctBy(r => r.Operation.Id).ToList();
            var asked = request.Payment is { } payment ? _payments.GetValueOrDefault((tenant, payment)) : null;
            var invoices = request.Invoices
                .Concat(found.SelectMany(o => o.Operation.Allocation.Documents))
                .Concat(asked?.Documents ?? [])
                .SelectMany(id => _invoices.GetValueOrDefault((tenant, id))?.InstalmentOf is { } whole ? [id, whole] : new[] { id })
                .Distinct().Select(id => _invoices.GetValueOrDefault((tenant, id))).OfType<Invoice>().ToList();
            return new(new InvoiceState
            {
                Invoices = invoices,
                OpenOperations = [.. Operations.Where(o => o.Tenant == tenant && !o.IsFinal && invoices.Exists(i => IsOf(o, i.Id)))],
                Operations = [.. found.Select(o => o.Operation)],
                Commands = [.. found.Select(o => o.Command).OfType<GatewayCommand>()],
                Payments = [.. found.Select(o => _payments.GetValueOrDefault((tenant, o.Operation.Payment)))
                    .Append(asked).OfType<Payment>().Distinct()],
                Credits = [.. invoices.Select(i => new CreditAddress(i.Account, i.Currency))
                    .Concat(request.Credit is { } credit ? [credit] : []).Distinct()
                    .Select(address => _credits.GetValueOrDefault((tenant, address))).OfType<AccountCredit>()],
                PaymentMethod = MethodOf(request, invoices),
                Parked = [.. _parked.Where(p => p.Tenant == tenant && request.Operations.Contains(p.Operation))],
            });
        }
    }

    public ValueTask<Page<PaymentOperation>> ListOperationsAsync(
        TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var rows = Operations.Select((o, n) => (Item: o, At: n + 1L));
            return new(PageOf(rows.Where(r => r.Item.Tenant == tenant && IsOf(r.Item, invoice)), after, limit));
        }
    }

    public ValueTask<Page<InvoiceEvent>> ListFactsAsync(
        TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var rows = _facts.Where(f => f.Tenant == tenant && f.Invoice == invoice).OrderBy(f => f.Sequence).Select(f => (f, f.Sequence));
            return new(PageOf(rows, after, limit));
        }
    }

    public ValueTask<Page<CreditEvent>> ListCreditFactsAsync(
        TenantId tenant, CreditAddress credit, long? after, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var rows = _creditFacts.Where(f => IsOf(f, tenant, credit)).OrderBy(f => f.Sequence).Select(f => (f, f.Sequence));
            return new(PageOf(rows, after, limit));
        }
    }

    public ValueTask<IReadOnlyList<ParkedOutcome>> ListParkedAsync(TenantId tenant, int limit, CancellationToken cancellationToken)
    {
        lock (_lock) return new([.. _parked.Where(p => p.Tenant == tenant).Take(limit)]);
    }

    public ValueTask<IReadOnlyList<OperationAddress>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var due = Operations.Where(o => o.NextCheckAt <= now).OrderBy(o => o.NextCheckAt).Take(limit);
            return new([.. due.Select(o => new OperationAddress(o.Tenant, o.Id))]);
        }
    }

    public ValueTask<CommitResult> SaveAsync(StoredPaymentMethod method, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_methods.TryGetValue((method.Tenant, method.Id), out var there) && there.Account != method.Account)
                return new(CommitResult.Conflict);
            if (method.IsDefault)
                foreach (var other in _methods.Values.Where(m => m.Tenant == method.Tenant && m.Account == method.Account).ToList())
                    _methods[(other.Tenant, other.Id)] = other with { IsDefault = false };
            _methods[(method.Tenant, method.Id)] = method;
            return new(CommitResult.Committed);
        }
    }

    private List<OperationChange> Rows(TenantId tenant, IEnumerable<OperationId> ids) =>
        [.. ids.Distinct().Select(id => _operations.GetValueOrDefault((tenant, id))).OfType<OperationChange>()];

    public ValueTask<IReadOnlyList<PaymentOperation>> ListMovementsAsync(
        TenantId tenant, GatewayName gateway, DateTimeOffset from, DateTimeOffset until, PaymentOperation? after, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // A shop whose gateways give ids of plain letters and digits, whose bytes are in the order of their characters.
            var moved = Operations
                .Where(o => o.Tenant == tenant && o.Gateway == gateway && o is { GatewayPaymentId: not null, Status: OperationStatus.Succeeded, Moved.IsPositive: true })
                .Where(o => o.AnsweredAt >= from && o.AnsweredAt < until)
                .OrderBy(o => o.GatewayPaymentId!.Value.Value, StringComparer.Ordinal).ThenBy(o => o.Id.Value, StringComparer.Ordinal);
            return new([.. moved.SkipWhile(o => after is not null && !IsBehind(o, after)).Take(limit)]);
        }
    }

    private static bool IsBehind(PaymentOperation operation, PaymentOperation other)
    {
        var byGateway = string.CompareOrdinal(operation.GatewayPaymentId!.Value.Value, other.GatewayPaymentId!.Value.Value);
        return byGateway > 0 || (byGateway == 0 && string.CompareOrdinal(operation.Id.Value, other.Id.Value) > 0);
    }

    private StoredPaymentMethod? MethodOf(LoadRequest request, List<Invoice> invoices)
    {
        if (request.PaymentMethod is { } named) return _methods.GetValueOrDefault((request.Tenant, named));
        if (!request.DefaultPaymentMethod || invoices is not [var first, ..]) return null;
        return first.Details.DefaultPaymentMethod is { } own
            ? _methods.GetValueOrDefault((request.Tenant, own))
            : _methods.Values.FirstOrDefault(m => m.IsDefault && m.Tenant == request.Tenant && m.Account == first.Account);
    }

    private static bool IsOf(CreditEvent fact, TenantId tenant, CreditAddress credit) =>
        fact.Tenant == tenant && fact.Account == credit.Account && fact.Currency == credit.Currency;

    private static bool IsAt(PaymentOperation operation, GatewayPaymentAddress? address) =>
        address is { } at && operation.Gateway == at.Gateway && operation.GatewayPaymentId == at.Id;

    private static bool IsOf(PaymentOperation operation, InvoiceId invoice) =>
        operation.Allocation.Documents.Contains(invoice);

    private static Page<T> PageOf<T>(IEnumerable<(T Item, long At)> rows, long? after, int limit)
    {
        var rest = rows.Where(r => r.At > (after ?? 0)).Take(limit + 1).ToList();
        return new([.. rest.Take(limit).Select(r => r.Item)], rest.Count > limit ? rest[limit - 1].At : null);
    }
}

namespace InvoicePayments;

public sealed partial class InMemoryPaymentStore
{
    /// <inheritdoc/>
    public ValueTask<Page<PaymentOperation>> ListOperationsAsync(
        TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken)
    {
        Require(limit, cancellationToken);
        lock (_lock)
        {
            var rows = _invoices.GetValueOrDefault((tenant, invoice))?.Operations;
            return ValueTask.FromResult(PageOf(rows, row => row.Operation, after, limit));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Page<InvoiceEvent>> ListFactsAsync(
        TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken)
    {
        Require(limit, cancellationToken);
        lock (_lock)
        {
            var rows = _invoices.GetValueOrDefault((tenant, invoice))?.Facts;
            return ValueTask.FromResult(PageOf(rows, fact => fact, after, limit));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Page<CreditEvent>> ListCreditFactsAsync(
        TenantId tenant, CreditAddress credit, long? after, int limit, CancellationToken cancellationToken)
    {
        Require(limit, cancellationToken);
        lock (_lock) return ValueTask.FromResult(PageOf(_creditFacts.GetValueOrDefault((tenant, credit)), fact => fact, after, limit));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ParkedOutcome>> ListParkedAsync(TenantId tenant, int limit, CancellationToken cancellationToken)
    {
        Require(limit, cancellationToken);
        lock (_lock) return ValueTask.FromResult<IReadOnlyList<ParkedOutcome>>([.. _parkedInOrder.Where(p => p.Tenant == tenant).Take(limit)]);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OperationAddress>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        Require(limit, cancellationToken);
        lock (_lock)
        {
            return ValueTask.FromResult<IReadOnlyList<OperationAddress>>(
                [.. _due.TakeWhile(due => due.Key.At <= now).Take(limit).Select(due => due.Value)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<CommitResult> SaveAsync(StoredPaymentMethod method, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(method);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var key = (method.Tenant, method.Id);
            if (_methods.TryGetValue(key, out var stored) && stored.Account != method.Account) return ValueTask.FromResult(CommitResult.Conflict);

            if (method.IsDefault)
            {
                foreach (var other in _methods.Values.Where(m => m.IsDefault && m.Tenant == method.Tenant && m.Account == method.Account).ToList())
                    _methods[(other.Tenant, other.Id)] = other with { IsDefault = false };
            }

            _methods[key] = method;
            return ValueTask.FromResult(CommitResult.Committed);
        }
    }

    private static Page<T> PageOf<TRow, T>(SortedList<long, TRow>? rows, Func<TRow, T> select, long? after, int limit)
    {
        if (rows is null) return new([], null);
        var rest = rows.Where(row => after is null || row.Key > after).Take(limit + 1).ToList();
        return rest.Count > limit
            ? new([.. rest.Take(limit).Select(row => select(row.Value))], rest[limit - 1].Key)
            : new([.. rest.Select(row => select(row.Value))], null);
    }

    private static void Require(int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1_000);
        cancellationToken.ThrowIfCancellationRequested();
    }
}

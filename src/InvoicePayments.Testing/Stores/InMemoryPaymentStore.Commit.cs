namespace InvoicePayments;

public sealed partial class InMemoryPaymentStore
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Something in the change set belongs to another tenant.</exception>
    public ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        cancellationToken.ThrowIfCancellationRequested();
        RequireOneTenant(changes);
        lock (_lock)
        {
            // Everything is looked at before anything is written: that is what makes it all or nothing.
            if (IsStale(changes)) return ValueTask.FromResult(CommitResult.Conflict);
            if (Fault(changes) is { } fault) throw new PaymentStoreException(fault);
            Write(changes);
            return ValueTask.FromResult(CommitResult.Committed);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Something in a change set belongs to another tenant.</exception>
    public ValueTask<int> CommitInOrderAsync(IReadOnlyList<ChangeSet> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var set in changes) RequireOneTenant(set);
        lock (_lock)
        {
            var stored = 0;
            for (; stored < changes.Count && !IsStale(changes[stored]) && Fault(changes[stored]) is null; stored++) Write(changes[stored]);
            return ValueTask.FromResult(stored);
        }
    }

    private static string? Fault(ChangeSet changes) => changes.Invoices.Select(FaultOf).FirstOrDefault(fault => fault is not null)
        ?? (changes.Credits.FirstOrDefault(c => !c.Holds) is { } credit
            ? $"The credit of account {credit.Account} does not hold: {credit}. Nothing was stored."
            : null);

    private bool IsStale(ChangeSet changes)
    {
        var tenant = changes.Tenant;
        return Twice(changes.Invoices.Select(i => i.Id)) || Twice(changes.Operations.Select(o => o.Operation.Id))
            || Twice(changes.Payments.Select(p => p.Id)) || Twice(changes.Facts.Select(f => (f.Invoice, f.Sequence)))
            || changes.Invoices.Any(i => !Follows(i.Version, _invoices.GetValueOrDefault((tenant, i.Id))?.Invoice?.Version))
            || changes.Operations.Any(o => !Follows(o.Operation.Version, _operations.GetValueOrDefault((tenant, o.Operation.Id))?.Operation.Version))
            || Twice(changes.Credits.Select(AddressOf)) || Twice(changes.CreditFacts.Select(f => (AddressOf(f), f.Sequence)))
            || changes.Credits.Any(c => !Follows(c.Version, _credits.GetValueOrDefault((tenant, AddressOf(c)))?.Version))
            || changes.CreditFacts.Any(f => _creditFacts.GetValueOrDefault((tenant, AddressOf(f)))?.ContainsKey(f.Sequence) ?? false)
            || changes.Payments.Any(p => !Follows(p.Version, _payments.GetValueOrDefault((tenant, p.Id))?.Version))
            || changes.Facts.Any(f => _invoices.GetValueOrDefault((tenant, f.Invoice))?.Facts.ContainsKey(f.Sequence) ?? false);
    }

    private void Write(ChangeSet changes)
    {
        foreach (var invoice in changes.Invoices)
        {
            var row = RowOf(changes.Tenant, invoice.Id);
            ListDue(row.Invoice, invoice);
            row.Invoice = invoice;
        }

        foreach (var payment in changes.Payments) _payments[(changes.Tenant, payment.Id)] = payment;
        foreach (var change in changes.Operations) Write(change);
        foreach (var fact in changes.Facts)
        {
            RowOf(changes.Tenant, fact.Invoice).Facts.Add(fact.Sequence, fact);
            _facts.Add(fact);
            Tell(changes.Tenant, OutboxStream.Of(fact), fact.Sequence, fact.At);
        }

        foreach (var credit in changes.Credits) _credits[(changes.Tenant, AddressOf(credit))] = credit;
        foreach (var fact in changes.CreditFacts)
        {
            var key = (changes.Tenant, AddressOf(fact));
            if (!_creditFacts.TryGetValue(key, out var facts)) _creditFacts[key] = facts = [];
            facts.Add(fact.Sequence, fact);
            Tell(changes.Tenant, OutboxStream.Of(fact), fact.Sequence, fact.At);
        }

        foreach (var parked in changes.Parked) Park(parked);
    }

    private static CreditAddress AddressOf(AccountCredit credit) => new(credit.Account, credit.Currency);

    private static CreditAddress AddressOf(CreditEvent fact) => new(fact.Account, fact.Currency);

    private void Write(OperationChange change)
    {
        var operation = change.Operation;
        if (_operations.TryGetValue((operation.Tenant, operation.Id), out var row)) Unlist(row);
        else _operations[(operation.Tenant, operation.Id)] = row = new(++_lastNumber, operation);

        row.Operation = operation;
        row.Command = change.Command;
        foreach (var invoice in operation.Allocation.Documents.Select(id => RowOf(operation.Tenant, id)))
        {
            invoice.Operations[row.Number] = row;
            if (!operation.IsFinal) invoice.Open[row.Number] = row;
        }

        if (operation.NextCheckAt is { } at) _due[(at, row.Number)] = new(operation.Tenant, operation.Id);
        if (row.Address is not { } address) return;
        if (!_movements.TryGetValue((operation.Tenant, address), out var known)) _movements[(operation.Tenant, address)] = known = [];
        known[row.Number] = row;
    }

    private void Unlist(OperationRow row)
    {
        foreach (var invoice in row.Operation.Allocation.Documents.Select(id => RowOf(row.Operation.Tenant, id)))
        {
            invoice.Operations.Remove(row.Number);
            invoice.Open.Remove(row.Number);
        }

        if (row.Operation.NextCheckAt is { } at) _due.Remove((at, row.Number));
        if (row.Address is { } address) _movements[(row.Operation.Tenant, address)].Remove(row.Number);
    }

    private void Park(ParkedOutcome outcome)
    {
        if (!_parked.TryGetValue((outcome.Tenant, outcome.Operation), out var kept)) _parked[(outcome.Tenant, outcome.Operation)] = kept = [];
        if (kept.Exists(k => k.Evidence == outcome.Evidence)) return;

        // A copy, because an answer that was handed out must not change afterwards.
        _parked[(outcome.Tenant, outcome.Operation)] = [.. kept, outcome];
        _parkedInOrder.Add(outcome);
        _parkedUntil[outcome] = outcome.ReceivedAt;
    }

    private static bool Follows(long version, long? stored) => version == (stored ?? 0) + 1;

    private static bool Twice<T>(IEnumerable<T> keys)
    {
        var seen = new HashSet<T>();
        return keys.Any(key => !seen.Add(key));
    }

    private static void RequireOneTenant(ChangeSet changes)
    {
        var tenants = changes.Invoices.Select(i => i.Tenant).Concat(changes.Operations.Select(o => o.Operation.Tenant))
            .Concat(changes.Payments.Select(p => p.Tenant)).Concat(changes.Facts.Select(f => f.Tenant)).Concat(changes.Parked.Select(p => p.Tenant))
            .Concat(changes.Credits.Select(c => c.Tenant)).Concat(changes.CreditFacts.Select(f => f.Tenant));
        if (tenants.Any(tenant => tenant != changes.Tenant)) throw new ArgumentException("Everything in a change set belongs to its tenant.", nameof(changes));
    }

    private static string? FaultOf(Invoice invoice)
    {
        try
        {
            if (invoice.Sums.HoldFor(invoice.Total.MinorUnits)) return null;
        }
        catch (OverflowException)
        {
            // Sums that do not even fit do not hold either.
        }

        return $"The sums of invoice {invoice.Id} do not hold: {invoice.Sums} of {invoice.Total}. Nothing was stored.";
    }
}

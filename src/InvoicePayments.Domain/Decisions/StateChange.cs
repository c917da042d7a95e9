namespace InvoicePayments;

/// <summary>
/// Collects what one decision changes: rows, sums and facts together, so that no sum moves without the fact that explains it. Lives
/// for one decision only.
/// </summary>
internal sealed partial class StateChange(InvoiceState state, DecisionContext context)
{
    private readonly Dictionary<InvoiceId, Invoice> _invoices = [];
    private readonly Dictionary<PaymentId, Payment> _payments = [];
    private readonly Dictionary<OperationId, OperationChange> _operations = [];
    private readonly List<InvoiceEvent> _facts = [];

    internal DateTimeOffset Now => context.Now;

    internal bool IsEmpty => _invoices.Count + _payments.Count + _operations.Count == 0;

    /// <summary>The change set, with the flags of every invoice that was touched made to follow from its open operations.</summary>
    internal ChangeSet ToChangeSet(TenantId tenant)
    {
        BearLosses();
        foreach (var id in _invoices.Keys.ToList()) _invoices[id] = _invoices[id] with { OpenFlags = FlagsOf(id) };
        return new()
        {
            Tenant = tenant,
            Invoices = [.. _invoices.Values],
            Operations = [.. _operations.Values],
            Payments = [.. _payments.Values],
            Facts = [.. _facts],
            Credits = [.. _credits.Values],
            CreditFacts = [.. _creditFacts],
        };
    }

    /// <summary>The answer that follows from an operation, with everything as it is after this change.</summary>
    internal PaymentResult ResultOf(PaymentOperation operation, bool isReplay = false)
    {
        var current = _operations.TryGetValue(operation.Id, out var changed) ? changed.Operation : operation;
        var payment = _payments.GetValueOrDefault(current.Payment) ?? state.Find(current.Payment);
        var credit = CreditBeside(current);
        var documents = current.Allocation.Documents.Concat(credit?.Allocation.Documents ?? []).Distinct();
        return PaymentResult.Of(current, payment, [.. documents.Select(Current).OfType<Invoice>()], isReplay) with { CreditOperation = credit };
    }

    internal Invoice? Current(InvoiceId id) => _invoices.GetValueOrDefault(id) ?? state.Find(id);

    internal void Add(Invoice invoice) => _invoices[invoice.Id] = invoice with { Version = invoice.Version + 1 };

    internal void Tell(InvoiceId id, InvoiceEvent fact)
    {
        var invoice = Edit(id);
        var told = fact with { Tenant = invoice.Tenant, Invoice = id, Sequence = invoice.FactCount + 1, At = Now, Previous = invoice.FactHash };
        _invoices[id] = invoice with { FactCount = told.Sequence, FactHash = FactChain.HashOf(told) };
        _facts.Add(told);
    }

    /// <summary>Tells the invoice of a part, and the payment request through which it is paid.</summary>
    internal void Tell(AllocationPart part, InvoiceEvent fact)
    {
        Tell(part.Invoice, fact);
        if (part.Request is { } request) Tell(request, fact);
    }

    /// <summary>Changes an invoice; becoming paid is told as a fact of its own.</summary>
    internal void Change(InvoiceId id, Func<Invoice, Invoice> change)
    {
        var before = Edit(id);
        var after = _invoices[id] = change(before);
        if (after.Status != InvoiceStatus.Paid || before.Status == InvoiceStatus.Paid) return;

        _invoices[id] = after with { PaidAt = Now, Dunning = after.Dunning.OverByOtherMeans() };
        Tell(id, new InvoiceEvent.Paid());
    }

    /// <summary>Changes the invoice of a part, and with it the payment request through which it is paid.</summary>
    private void Change(AllocationPart part, Func<Invoice, Invoice> change)
    {
        Change(part.Invoice, change);
        if (part.Request is { } request) Change(request, change);
    }

    private void ChangeSums(AllocationPart part, Func<InvoiceSums, InvoiceSums> change) => Change(part, i => i with { Sums = change(i.Sums) });

    private Invoice Edit(InvoiceId id)
    {
        if (_invoices.TryGetValue(id, out var touched)) return touched;
        var loaded = state.Find(id) ?? throw new InvalidOperationException($"Invoice {id} was not loaded.");
        return _invoices[id] = loaded with { Version = loaded.Version + 1 };
    }

    private Payment Edit(PaymentId id)
    {
        if (_payments.TryGetValue(id, out var touched)) return touched;
        var loaded = state.Find(id) ?? throw new InvalidOperationException($"Payment {id} was not loaded.");
        return _payments[id] = loaded with { Version = loaded.Version + 1 };
    }

    private void ChangeShare(PaymentId id, InvoiceId invoice, Func<PaymentShare, PaymentShare> change)
    {
        var payment = Edit(id);
        _payments[id] = payment with { Shares = [.. payment.Shares.Select(s => s.Invoice == invoice ? change(s) : s)] };
    }

    private PaymentOperation Put(PaymentOperation operation, GatewayCommand? command)
    {
        var version = Loaded(operation.Id)?.Version ?? 0;
        var next = operation with { Version = version + 1 };
        Fund(_operations.GetValueOrDefault(operation.Id)?.Operation ?? state.Find(operation.Id), next);
        _operations[operation.Id] = new(next, next.IsFinal ? null : command ?? state.CommandOf(operation));
        return next;
    }

    private PaymentOperation? Loaded(OperationId id) => state.Find(id) ?? state.OpenOperations.FirstOrDefault(o => o.Id == id);

    private InvoiceFlags FlagsOf(InvoiceId invoice)
    {
        var open = state.OpenOperations.Where(o => !_operations.ContainsKey(o.Id))
            .Concat(_operations.Values.Select(o => o.Operation).Where(o => !o.IsFinal))
            .Where(o => o.Allocation.Documents.Contains(invoice));
        return open.Aggregate(InvoiceFlags.None, (flags, operation) => flags | operation.Status switch
        {
            _ when operation.Kind == OperationKind.Dispute => InvoiceFlags.Disputed,
            OperationStatus.ActionRequired => InvoiceFlags.ActionRequired,
            OperationStatus.Unknown => InvoiceFlags.Unknown,
            OperationStatus.NeedsAttention => InvoiceFlags.NeedsAttention,
            OperationStatus.Authorized when operation.Kind == OperationKind.Authorize => InvoiceFlags.Authorized,
            _ => InvoiceFlags.Processing,
        });
    }
}

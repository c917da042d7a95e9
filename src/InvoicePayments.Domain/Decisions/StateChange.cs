namespace InvoicePayments;

/// <summary>
/// Collects what one decision changes: rows, sums and facts together, so that no sum moves without the fact that explains it. Lives
/// for one decision only.
/// </summary>
internal sealed partial class StateChange(InvoiceState state, DecisionContext context)
{
    private readonly Rows<InvoiceId, Invoice> _invoices = new();
    private readonly Rows<PaymentId, Payment> _payments = new();
    private readonly Rows<OperationId, OperationChange> _operations = new();
    private readonly List<InvoiceEvent> _facts = [];

    internal DateTimeOffset Now => context.Now;

    internal bool IsEmpty => _invoices.Count + _payments.Count + _operations.Count == 0;

    /// <summary>The change set, with the flags of every invoice that was touched made to follow from its open operations.</summary>
    internal ChangeSet ToChangeSet(TenantId tenant)
    {
        BearLosses();
        _invoices.Change((id, invoice) => FlagsOf(id) is var flags && flags == invoice.OpenFlags ? invoice : invoice with { OpenFlags = flags });
        return new()
        {
            Tenant = tenant,
            Invoices = _invoices.ToList(),
            Operations = _operations.ToList(),
            Payments = _payments.ToList(),
            Facts = [.. _facts],
            Credits = _credits.ToList(),
            CreditFacts = _creditFacts is null ? [] : [.. _creditFacts],
        };
    }

    /// <summary>The answer that follows from an operation, with everything as it is after this change.</summary>
    internal PaymentResult ResultOf(PaymentOperation operation, bool isReplay = false)
    {
        var current = _operations.TryGetValue(operation.Id, out var changed) ? changed.Operation : operation;
        var payment = _payments.Find(current.Payment) ?? state.Find(current.Payment);
        var credit = CreditBeside(current);
        return PaymentResult.Of(current, payment, credit, InvoicesOf(current, credit), isReplay);
    }

    internal Invoice? Current(InvoiceId id) => _invoices.Find(id) ?? state.Find(id);

    internal void Add(Invoice invoice) => _invoices[invoice.Id] = invoice with { Version = invoice.Version + 1 };

    internal void Tell(InvoiceId id, InvoiceEvent fact)
    {
        var invoice = Known(id);
        Told(invoice, fact with { Tenant = invoice.Tenant, Invoice = id, Sequence = invoice.FactCount + 1, At = Now, Previous = invoice.FactHash });
    }

    /// <summary>Tells the invoice of a part of an operation, and the payment request through which it is paid.</summary>
    internal void Tell(AllocationPart part, PaymentOperation about, InvoiceEvent.OperationEvent fact)
    {
        Tell(part.Invoice, about, fact);
        if (part.Request is { } request) Tell(request, about, fact);
    }

    private void Tell(InvoiceId id, PaymentOperation about, InvoiceEvent.OperationEvent fact)
    {
        var invoice = Known(id);
        Told(invoice, fact with
        {
            Tenant = invoice.Tenant, Invoice = id, Sequence = invoice.FactCount + 1, At = Now, Previous = invoice.FactHash,
            Operation = about.Id, Payment = about.Payment, Kind = about.Kind, Gateway = about.Gateway,
        });
    }

    private void Told(Invoice invoice, InvoiceEvent fact)
    {
        _invoices[invoice.Id] = invoice with { FactCount = fact.Sequence, FactHash = FactChain.HashOf(fact), Version = VersionOf(invoice) };
        _facts.Add(fact);
    }

    /// <summary>Changes an invoice; becoming paid is told as a fact of its own.</summary>
    internal void Change(InvoiceId id, Func<Invoice, Invoice> change)
    {
        var before = Known(id);
        var after = change(before);
        if (after.Version != VersionOf(before)) after = after with { Version = VersionOf(before) };
        _invoices[id] = after;
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

    private Invoice Known(InvoiceId id) => Current(id) ?? throw new InvalidOperationException($"Invoice {id} was not loaded.");

    private long VersionOf(Invoice invoice) => _invoices.Contains(invoice.Id) ? invoice.Version : invoice.Version + 1;

    private Payment Edit(PaymentId id)
    {
        if (_payments.TryGetValue(id, out var touched)) return touched;
        var loaded = state.Find(id) ?? throw new InvalidOperationException($"Payment {id} was not loaded.");
        return _payments[id] = loaded with { Version = loaded.Version + 1 };
    }

    private void ChangeShare(PaymentId id, InvoiceId invoice, Func<PaymentShare, PaymentShare> change)
    {
        var payment = Edit(id);
        var shares = new PaymentShare[payment.Shares.Count];
        for (var i = 0; i < shares.Length; i++) shares[i] = payment.Shares[i] is var share && share.Invoice == invoice ? change(share) : share;
        _payments[id] = payment with { Shares = shares };
    }

    private PaymentOperation Put(PaymentOperation operation, GatewayCommand? command)
    {
        var version = Loaded(operation.Id)?.Version ?? 0;
        var next = operation.Version == version + 1 ? operation : operation with { Version = version + 1 };
        Fund(_operations.Find(operation.Id)?.Operation ?? state.Find(operation.Id), next);
        _operations[operation.Id] = new(next, next.IsFinal ? null : command ?? state.CommandOf(operation));
        return next;
    }

    private PaymentOperation? Loaded(OperationId id)
    {
        if (state.Find(id) is { } named) return named;
        foreach (var open in state.OpenOperations)
            if (open.Id == id) return open;
        return null;
    }

    private InvoiceFlags FlagsOf(InvoiceId invoice)
    {
        var flags = InvoiceFlags.None;
        foreach (var operation in state.OpenOperations)
            if (!_operations.Contains(operation.Id)) flags |= FlagOf(operation, invoice);
        foreach (var (_, change) in _operations.All) flags |= FlagOf(change.Operation, invoice);
        return flags;
    }

    private static InvoiceFlags FlagOf(PaymentOperation operation, InvoiceId invoice) => operation switch
    {
        _ when operation.IsFinal || !operation.Allocation.Names(invoice) => InvoiceFlags.None,
        { Kind: OperationKind.Dispute } => operation.Allocation.PartOf(invoice).IsPositive ? InvoiceFlags.Disputed : InvoiceFlags.None,
        { Status: OperationStatus.ActionRequired } => InvoiceFlags.ActionRequired,
        { Status: OperationStatus.Unknown } => InvoiceFlags.Unknown,
        { Status: OperationStatus.NeedsAttention } => InvoiceFlags.NeedsAttention,
        { Status: OperationStatus.Authorized, Kind: OperationKind.Authorize } => InvoiceFlags.Authorized,
        _ => InvoiceFlags.Processing,
    };

    // Each once, in the order in which the parts name them.
    private List<Invoice> InvoicesOf(PaymentOperation operation, PaymentOperation? credit)
    {
        var invoices = new List<Invoice>(1);
        Collect(operation, invoices);
        if (credit is not null) Collect(credit, invoices);
        return invoices;
    }

    private void Collect(PaymentOperation operation, List<Invoice> invoices)
    {
        foreach (var part in operation.Allocation.Parts)
        {
            Collect(part.Invoice, invoices);
            if (part.Request is { } request) Collect(request, invoices);
        }
    }

    private void Collect(InvoiceId id, List<Invoice> invoices)
    {
        foreach (var known in invoices)
            if (known.Id == id) return;
        if (Current(id) is { } invoice) invoices.Add(invoice);
    }
}

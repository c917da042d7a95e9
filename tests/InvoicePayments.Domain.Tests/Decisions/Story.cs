using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>
/// Given facts, when a command, then facts and an answer. It keeps what decisions change, as a store would, so that one can follow the
/// other, and holds every change set to its promises.
/// </summary>
internal sealed class Story
{
    private readonly Dictionary<InvoiceId, Invoice> _invoices = [];
    private readonly Dictionary<OperationId, OperationChange> _operations = [];
    private readonly Dictionary<PaymentId, Payment> _payments = [];
    private readonly Dictionary<PaymentMethodId, StoredPaymentMethod> _methods = [];
    private readonly Dictionary<(OperationId, Fingerprint), ParkedOutcome> _parked = [];
    private readonly List<InvoiceEvent> _facts = [];
    private readonly Dictionary<CreditAddress, AccountCredit> _credits = [];
    private readonly List<CreditEvent> _creditFacts = [];
    private bool _isInvented;

    internal PaymentPolicy Policy { get; set; } = PaymentPolicy.Default;
    internal DateTimeOffset Now { get; set; } = Noon;
    internal Dictionary<GatewayName, GatewayTerms> Gateways { get; private init; } =
        new() { [Acme] = Everything() };

    internal Invoice Invoice => _invoices[Inv];
    internal IReadOnlyList<InvoiceEvent> Facts => _facts;
    internal IReadOnlyCollection<Payment> Payments => _payments.Values;
    internal IReadOnlyCollection<ParkedOutcome> Parked => _parked.Values;
    internal IReadOnlyCollection<Invoice> Invoices => _invoices.Values;
    internal AccountCredit? CreditOf(CreditAddress address) => _credits.GetValueOrDefault(address);
    internal IReadOnlyList<CreditEvent> CreditFacts => _creditFacts;
    internal bool IsGrant(InvoiceId id) => _invoices[id].Kind == PayableKind.CreditGrant;
    internal IEnumerable<PaymentOperation> Operations => _operations.Values.Select(row => row.Operation);

    internal PaymentOperation this[OperationId id] => _operations[id].Operation;
    internal Payment this[PaymentId id] => _payments[id];
    internal GatewayCommand? CommandOf(OperationId id) => _operations[id].Command;

    internal static Story Of(long total)
    {
        var story = new Story();
        story.Answer(Issue(total));
        return story;
    }

    internal Story Fork()
    {
        var copy = new Story { Policy = Policy, Now = Now, Gateways = new(Gateways), _isInvented = _isInvented };
        foreach (var (id, row) in _invoices) copy._invoices[id] = row;
        foreach (var (id, row) in _operations) copy._operations[id] = row;
        foreach (var (id, row) in _payments) copy._payments[id] = row;
        foreach (var (id, row) in _parked) copy._parked[id] = row;
        copy._facts.AddRange(_facts);
        foreach (var (address, row) in _credits) copy._credits[address] = row;
        copy._creditFacts.AddRange(_creditFacts);
        return copy;
    }

    internal void Keep(params StoredPaymentMethod[] methods) => Array.ForEach(methods, method => _methods[method.Id] = method);
    internal void Invent(Func<Invoice, Invoice> change) => (_invoices[Inv], _isInvented) = (change(Invoice), true);
    internal void Invent(PaymentId id, Func<PaymentShare, PaymentShare> change) =>
        _payments[id] = this[id] with { Shares = [.. this[id].Shares.Select(change)] };

    internal Decision<T> When<T>(IDecidable<T> input)
    {
        var decision = input.Decide(Load(input.WhatToLoad(Policy)), new(Policy, Now, Gateways));
        if (ChangesOf(decision) is { } changes) Apply(changes);
        return decision;
    }

    internal T Answer<T>(IDecidable<T> input)
    {
        var decision = When(input);
        if (decision is Decision<T>.Park park) decision = When(park.Again);
        if (decision is Decision<T>.LoadMore more) decision = When(more.Again);
        return Assert.IsType<Decision<T>.Answer>(decision).Result;
    }

    internal Decision<PaymentResult>.Ask Ask(IDecidable<PaymentResult> input) => Assert.IsType<Decision<PaymentResult>.Ask>(When(input));
    internal Decision<PaymentResult>.Resolve Resolve(IDecidable<PaymentResult> input) =>
        Assert.IsType<Decision<PaymentResult>.Resolve>(When(input));

    internal PaymentResult.Rejected Refusal(IDecidable<PaymentResult> input)
    {
        var answer = Assert.IsType<Decision<PaymentResult>.Answer>(When(input));
        Assert.Null(answer.Changes);
        return Assert.IsType<PaymentResult.Rejected>(answer.Result);
    }

    internal PaymentResult Tell(OperationId id, GatewayOutcome news, OutcomeSource source = OutcomeSource.Webhook) =>
        Answer(new RecordOutcome { Operation = id, Gateway = Acme, Outcome = news, Source = source });

    internal InvoiceState Load(LoadRequest request)
    {
        var asked = request.Operations.Concat(Operations.Where(o => !o.IsFinal && o.Kind == OperationKind.Authorize && o.GatewayPaymentId == request.Authorization)
            .Select(o => o.Id)).Concat(Operations.Where(o => IsAt(o, request.GatewayPayment)).Select(o => o.Id)).Where(_operations.ContainsKey).ToList();
        var operations = asked.Concat(asked.Select(id => this[id].Authorization).OfType<OperationId>()).Distinct().Select(id => _operations[id]).ToList();
        var payments = operations.Select(row => row.Operation.Payment).Append(request.Payment ?? default).Distinct()
            .Where(_payments.ContainsKey).Select(id => _payments[id]).ToList();
        var invoices = request.Invoices.Concat(operations.SelectMany(row => row.Operation.Allocation.Documents))
            .Concat(payments.Where(p => p.Id == request.Payment).SelectMany(p => p.Documents))
            .SelectMany(id => _invoices.GetValueOrDefault(id)?.InstalmentOf is { } whole ? [id, whole] : new[] { id }).Distinct()
            .Where(_invoices.ContainsKey).Select(id => _invoices[id]).ToList();
        return new()
        {
            Invoices = invoices,
            OpenOperations = [.. Operations.Where(o => !o.IsFinal && o.Allocation.Documents.Any(id => invoices.Any(i => i.Id == id)))],
            Operations = [.. operations.Select(row => row.Operation)],
            Commands = [.. operations.Select(row => row.Command).OfType<GatewayCommand>()],
            Payments = payments,
            Credits = [.. invoices.Select(i => new CreditAddress(i.Account, i.Currency)).Distinct().Where(_credits.ContainsKey).Select(a => _credits[a])],
            PaymentMethod = MethodFor(request, invoices.FirstOrDefault()),
            Parked = [.. _parked.Values.Where(p => request.Operations.Contains(p.Operation))],
        };
    }

    private static bool IsAt(PaymentOperation operation, GatewayPaymentAddress? address) =>
        address is { } at && operation.Gateway == at.Gateway && operation.GatewayPaymentId == at.Id;

    private StoredPaymentMethod? MethodFor(LoadRequest request, Invoice? invoice) =>
        (request.PaymentMethod ?? (request.DefaultPaymentMethod ? invoice?.Details.DefaultPaymentMethod : null)) is { } named
            ? _methods.GetValueOrDefault(named)
            : _methods.Values.FirstOrDefault(m => request.DefaultPaymentMethod && m.IsDefault && m.Account == invoice?.Account);

    private void Apply(ChangeSet changes)
    {
        foreach (var fact in changes.Facts)
        {
            _facts.Add(fact);
            Assert.Equal(_facts.Count(f => f.Invoice == fact.Invoice), fact.Sequence);
        }

        foreach (var invoice in changes.Invoices) Write(_invoices, invoice.Id, invoice, i => i.Version);
        foreach (var payment in changes.Payments) Write(_payments, payment.Id, payment, p => p.Version);
        foreach (var fact in changes.CreditFacts)
        {
            _creditFacts.Add(fact);
            Assert.Equal(_creditFacts.Count(f => f.Account == fact.Account && f.Currency == fact.Currency), fact.Sequence);
        }

        foreach (var credit in changes.Credits) Write(_credits, new(credit.Account, credit.Currency), credit, c => c.Version);
        foreach (var credit in changes.Credits) Promises.Prove(credit, [.. _creditFacts.Where(f => f.Account == credit.Account && f.Currency == credit.Currency)]);
        foreach (var row in changes.Operations) Write(_operations, row.Operation.Id, row, r => r.Operation.Version);
        foreach (var parked in changes.Parked) _parked.TryAdd((parked.Operation, parked.Evidence), parked);
        Promises.Check(changes, [.. Operations.Where(o => !o.IsFinal)]);
        if (!_isInvented) foreach (var invoice in changes.Invoices) Promises.Prove(invoice, [.. _facts.Where(f => f.Invoice == invoice.Id)]);
    }

    private static void Write<TId, TRow>(Dictionary<TId, TRow> rows, TId id, TRow row, Func<TRow, long> version)
        where TId : notnull
    {
        Assert.Equal((rows.TryGetValue(id, out var before) ? version(before) : 0) + 1, version(row));
        rows[id] = row;
    }

    private static ChangeSet? ChangesOf<T>(Decision<T> decision) => decision switch
    {
        Decision<T>.Answer answer => answer.Changes,
        Decision<T>.Ask ask => ask.Changes,
        Decision<T>.Park park => park.Changes,
        Decision<T>.LoadMore => null,
        Decision<T>.Recall recall => recall.Changes,
        Decision<T>.Resolve resolve => resolve.Changes,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

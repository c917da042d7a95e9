namespace InvoicePayments;

/// <summary>
/// What whoever has just stored an operation knows of it, so that it needs not be loaded again once the gateway has answered. Others may have gone on
/// meanwhile, so it counts only for a decision that writes all of it: then every row answers for itself when that is committed, and what else is open on
/// an invoice never moves without the invoice. What the decision asks for beyond it has no version here, and is looked up.
/// </summary>
internal sealed class KnownState
{
    private readonly InvoiceState _state;
    private readonly LastVersions _versions;

    /// <summary>From now on <paramref name="versions"/> notices who goes on with these invoices.</summary>
    internal KnownState(InvoiceState state, LastVersions versions)
    {
        (_state, _versions) = (state, versions);
        _versions.Watch(state.Invoices);
    }

    /// <summary>
    /// What a load of the operations of a change set would bring once it is stored; null when it would bring more. Only of what has just begun is all at
    /// hand, and written again by whatever becomes of it: a refund or a capture is about what others know too.
    /// </summary>
    internal static InvoiceState? After(ChangeSet changes, InvoiceState loaded)
    {
        var isNew = changes.Operations.All(o => o.Operation.Version == 1 && changes.Payments.Any(p => p.Id == o.Operation.Payment && p.Version == 1));
        var isAll = changes.Invoices.All(i => loaded.Find(i.Id) is not null) && loaded.Credits.All(c => IsIn(changes.Credits, c));
        if (!isNew || !isAll) return null;

        var operations = changes.Operations.Select(o => o.Operation).ToList();
        return new()
        {
            Invoices = changes.Invoices, Payments = changes.Payments, Credits = changes.Credits, Operations = operations,
            OpenOperations = [.. loaded.OpenOperations.Where(o => changes.Invoices.Any(i => Pays(o, i))).Concat(operations).Where(o => !o.IsFinal)],
            Commands = [.. changes.Operations.Select(o => o.Command).OfType<GatewayCommand>()],
        };
    }

    /// <summary>
    /// The state for <paramref name="request"/>, to be asked for once; null when it has to be loaded, because somebody in this process has gone on since,
    /// or because there is by now what there was not.
    /// </summary>
    internal async ValueTask<InvoiceState?> CompleteAsync(LoadRequest request, IInvoicePaymentStore store, CancellationToken cancellationToken)
    {
        if (!_versions.Leave(_state.Invoices)) return null;
        var unknown = request.Operations.Where(id => _state.Find(id) is null).ToList();
        if (unknown.Count == 0) return _state;

        var found = await store.LoadAsync(new() { Tenant = request.Tenant, Operations = unknown }, cancellationToken).ConfigureAwait(false);
        return found.Operations.Count + found.Parked.Count == 0 ? _state : null;
    }

    /// <summary>Whether everything that is known here is written, so that none of it can have changed unnoticed.</summary>
    internal bool IsWrittenBy(ChangeSet changes) =>
        _state.Invoices.All(i => changes.Invoices.Any(c => c.Id == i.Id)) && _state.Operations.All(o => changes.Operations.Any(c => c.Operation.Id == o.Id))
        && _state.Payments.All(p => changes.Payments.Any(c => c.Id == p.Id)) && _state.Credits.All(c => IsIn(changes.Credits, c));

    private static bool IsIn(IReadOnlyList<AccountCredit> credits, AccountCredit credit) =>
        credits.Any(c => c.Account == credit.Account && c.Currency == credit.Currency);

    private static bool Pays(PaymentOperation operation, Invoice invoice) =>
        operation.Allocation.Parts.Any(p => p.Invoice == invoice.Id || p.Request == invoice.Id);
}

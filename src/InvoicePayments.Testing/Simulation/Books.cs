namespace InvoicePayments;

/// <summary>Reads the store behind the hosts' backs and holds it to the invariants: after every commit, and at the end in full.</summary>
internal sealed partial class Books(World world)
{
    private readonly Dictionary<(TenantId, OperationId), PaymentOperation> _operations = [];
    private readonly Dictionary<(TenantId, OperationId), (int Times, long Last)> _asked = [];
    private readonly Dictionary<(TenantId, InvoiceId), List<Invoice>> _versions = [];
    private readonly List<(Client Client, PaymentResult Answer)> _answers = [];
    private readonly HashSet<GatewayReference> _doubledByGateway = [];

    /// <summary>Payments that succeeded as far as anybody was told.</summary>
    internal List<(TenantId Tenant, Payment Payment)> Payments { get; } = [];

    /// <summary>What a refund may name: these payments, and what credit paid beside them.</summary>
    internal List<(TenantId Tenant, PaymentId Payment)> Refundable { get; } = [];

    /// <summary>Payments whose money was blocked as far as anybody was told; what a capture may name.</summary>
    internal List<(TenantId Tenant, Payment Payment)> Authorizations { get; } = [];

    internal IEnumerable<PaymentOperation> Operations => _operations.Values;

    internal void Asked(Client client)
    {
        if (client.Operation is { } id) _asked[(client.Tenant, id)] = (_asked.GetValueOrDefault((client.Tenant, id)).Times + 1, world.Queue.Now);
    }

    internal void Answered(Client client, PaymentResult answer)
    {
        _answers.Add((client, answer));
        if (answer is PaymentResult.Succeeded { Payment: { } payment }) AddPaid(client.Tenant, payment, answer.CreditOperation);
        if (answer is PaymentResult.Authorized { Payment: { } blocked }) Authorizations.Add((client.Tenant, blocked));
    }

    private void AddPaid(TenantId tenant, Payment payment, PaymentOperation? byCredit)
    {
        Payments.Add((tenant, payment));
        Refundable.Add((tenant, payment.Id));
        if (byCredit is not null) Refundable.Add((tenant, byCredit.Payment));
    }

    /// <summary>After every commit: what the store now says of what was changed.</summary>
    internal async ValueTask CheckAsync(ChangeSet changes, CommitResult result)
    {
        if (changes.Operations.Count + changes.Invoices.Count == 0) return;
        var state = await world.Store.LoadAsync(
            new()
            {
                Tenant = changes.Tenant,
                Invoices = [.. changes.Invoices.Select(i => i.Id)],
                Operations = [.. changes.Operations.Select(o => o.Operation.Id)],
            },
            CancellationToken.None).ConfigureAwait(false);
        foreach (var invoice in state.Invoices) Check(invoice, state);
        foreach (var payment in state.Payments) Check(payment, state);
        foreach (var operation in state.Operations) Check(operation);
        if (result == CommitResult.Committed) CheckDunning(changes);
        if (result == CommitResult.Committed) Book(changes);
        foreach (var changed in changes.Invoices) if (state.Find(changed.Id) is { } invoice) Remember(invoice);
        foreach (var changed in changes.Credits) if (state.CreditOf(new(changed.Account, changed.Currency)) is { } credit) Check(credit);
    }

    private void Remember(Invoice invoice)
    {
        var key = (invoice.Tenant, invoice.Id);
        if (!_versions.TryGetValue(key, out var versions)) _versions[key] = versions = [];
        if (invoice.Version == versions.Count + 1) versions.Add(invoice);
    }

    internal void TenantsMustNotMeet(LoadRequest request, InvoiceState state)
    {
        var tenants = state.Invoices.Select(i => i.Tenant).Concat(state.Operations.Select(o => o.Tenant)).Concat(state.OpenOperations.Select(o => o.Tenant))
            .Concat(state.Payments.Select(p => p.Tenant)).Concat(state.Commands.Select(c => c.Tenant)).Concat(state.Parked.Select(p => p.Tenant));
        if (tenants.Any(t => t != request.Tenant) || (state.PaymentMethod is { } method && method.Tenant != request.Tenant))
            world.Break(Invariant.TenantsNeverMeet, $"A load for {request.Tenant} brought what belongs to another tenant.");
    }

    /// <summary>Whether the gateway moved the money of this reference twice by itself.</summary>
    internal bool IsDoubledByGateway(GatewayReference reference) => _doubledByGateway.Contains(reference);

    internal void MovedMustBeOnce(GatewayReference reference, ScriptedBehaviour? behaviour)
    {
        if (behaviour?.Times > 1) _doubledByGateway.Add(reference);
        if (_doubledByGateway.Contains(reference)) return;
        var movements = world.Scripted.Ledger.MovementsOf(reference).Count;
        if (movements > 1) world.Break(Invariant.MovesOnce, $"The gateway moved money {movements} times under {Story.Short(reference)}.");
    }

    /// <summary>The gateway is about to move the money of this reference twice.</summary>
    internal void DoubledByGateway(GatewayReference reference) => _doubledByGateway.Add(reference);

    private void Check(Invoice invoice, InvoiceState state)
    {
        var (sums, total) = (invoice.Sums, invoice.Total.MinorUnits);
        if (sums.Reopened > sums.Received) world.Break(Invariant.NothingCountsTwice, $"{invoice.Id} has {sums}: more is due again than ever came in.");
        if (!sums.HoldFor(total)) world.Break(Invariant.NeverOvercommitted, $"{invoice.Id} over {invoice.Total} has {sums}.");
        var open = state.OpenOperations.Sum(o => o.Reserves?.PartOf(invoice.Id).MinorUnits ?? 0);
        if (open != sums.Reserved) world.Break(Invariant.OpenReserves, $"{invoice.Id} reserves {sums.Reserved}, and its open operations speak for {open}.");
    }

    private void Check(Payment payment, InvoiceState state)
    {
        var open = state.OpenOperations.Where(o => o.GivesBack && o.Payment == payment.Id).Sum(o => o.Amount.MinorUnits);
        var reserved = payment.Shares.Sum(s => s.RefundReserved);
        if (open != reserved) world.Break(Invariant.OpenReserves, $"{payment.Id} reserves {reserved} for refunds, and its open refunds speak for {open}.");
        CheckSplit(payment);
        CheckDisputes(payment, state);
    }

    // A refund that was given up and succeeded late gave back what it was asked to, whatever others have given back since.
    private void CheckSplit(Payment payment)
    {
        if (payment.Funding.Count == 0) return;
        var had = (payment.Funding.Sum(s => s.Captured), payment.Funding.Sum(s => s.Refunded), payment.Funding.Sum(s => s.RefundReserved));
        var has = (payment.Captured.MinorUnits, payment.Refunded.MinorUnits, payment.Shares.Sum(s => s.RefundReserved));
        var isLate = _operations.Values.Any(o => o.Tenant == payment.Tenant && o.Payment == payment.Id && o.EvidenceOf is not null);
        if (had != has) world.Break(Invariant.SplitsSum, $"The recipients of {payment.Id} have {had}, and the payment has {has}.");
        if (!isLate && payment.Funding.Any(s => s.Refunded + s.RefundReserved > s.Captured)) world.Break(Invariant.SplitsSum, $"A recipient of {payment.Id} gives back more than it got.");
    }

    private void Check(PaymentOperation operation)
    {
        var key = (operation.Tenant, operation.Id);
        if (_operations.TryGetValue(key, out var before) && before.IsFinal
            && (before.Status, before.Moved, before.GatewayPaymentId) != (operation.Status, operation.Moved, operation.GatewayPaymentId))
        {
            world.Break(Invariant.FinalIsFinal, $"{Story.Short(operation.Reference)} was {before.Status} and is {operation.Status}.");
        }

        if (before is not null && operation.Sends > before.Sends) CheckWanted(operation);

        if (before is not { IsFinal: true }) CheckLink(operation);

        _operations[key] = operation;
    }

    // Whoever decided to ask again did so by a clock that may be wrong, and may have been asked by one that is wrong the other way.
    private void CheckWanted(PaymentOperation operation)
    {
        if (world.Gateway.Profile.For(operation.Kind).AbsenceProvenAfter is null) return;
        if (world.Calls.Exists(call => call.Client.Wants(operation))) return;
        var wanted = Math.Max(_asked.GetValueOrDefault((operation.Tenant, operation.Id)).Last, operation.CreatedAt.UtcTicks);
        if (operation.LastSentAt!.Value.UtcTicks - wanted <= (world.Policy.ResumeWithin + World.LargestSkew + World.LargestSkew).Ticks) return;
        world.Break(Invariant.OnlyWhileWanted, $"{Story.Short(operation.Reference)} is asked of the gateway again, {TimeSpan.FromTicks(operation.LastSentAt.Value.UtcTicks - wanted):g} after anybody wanted it.");
    }
}

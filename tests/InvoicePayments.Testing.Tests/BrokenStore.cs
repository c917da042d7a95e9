using System.Collections.Concurrent;

namespace InvoicePayments.Tests;

public enum StoreFault
{
    None,
    IgnoresVersions,
    BuildsOnConflicts,
    StoresOnlyAll,
    StoresTheFirstAlone,
    StoresHalf,
    LosesFacts,
    MixesTenants,
    LoadsFinalAsOpen,
    KeepsTheCommand,
    IsNotAtomic,
    ParksTwice,
    AcceptsAnySums,
    ListsWhatIsNotDue,
    LosesAField,
    ClaimsTwice,
    ForgetsTheOutbox,
    IgnoresTheLease,
    IgnoresTheFence,
    ClaimsForEverybody,
    RetriesAtOnce,
    DeliversTheDead,
    ListsInvoicesNotDue,
    SkipsInvoicesDueAtOneTime,
    ForgetsTheAttempt,
    ForgetsTheGatewaysIds,
    ListsMovementsAsTheyCame,
    ForgetsToPutOff,
    KeepsWhatIsRemoved,
    PurgesTooMuch,
    DeliversNoCredit,
}

/// <summary>The store in memory behind a wrapper that breaks one promise.</summary>
internal sealed class BrokenStore(StoreFault fault)
    : ICommitInOrder, IInvoicePaymentQueries, IDueOperations, IPaymentMethodStore, IOutbox, IDueInvoices, IAccountCreditQueries, IGatewayMovements, IParkedOutcomes, IRetention
{
    private static readonly TenantId OnlyTenant = new("everybody");
    private readonly InMemoryPaymentStore _inner = new();
    private readonly ConcurrentDictionary<GatewayReference, GatewayCommand> _kept = new();
    private readonly ConcurrentDictionary<DateTimeOffset, IReadOnlyList<OutboxClaim>> _claimed = new();
    private int _evidence;

    public async ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        if (fault == StoreFault.MixesTenants) request = request with { Tenant = OnlyTenant };
        if (fault == StoreFault.ForgetsTheGatewaysIds) request = request with { GatewayPayment = null };
        var state = await _inner.LoadAsync(request, cancellationToken);
        return fault switch
        {
            StoreFault.LoadsFinalAsOpen => state with
            {
                OpenOperations = [.. _inner.Operations.Where(o => o.Tenant == request.Tenant && state.Invoices.Any(i => o.Allocation.PartOf(i.Id).IsPositive))],
            },
            StoreFault.KeepsTheCommand => state with { Commands = [.. state.Operations.Select(o => _kept.GetValueOrDefault(o.Reference)!).Where(c => c is not null)] },
            StoreFault.LosesAField => state with { Operations = [.. state.Operations.Select(o => o with { Comment = null })] },
            _ => state,
        };
    }

    public async ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken)
    {
        foreach (var change in changes.Operations)
            if (change.Command is { } command) _kept[command.Reference] = command;

        var result = await _inner.CommitAsync(Bend(changes), cancellationToken);
        if (result == CommitResult.Conflict && fault == StoreFault.StoresHalf)
            foreach (var invoice in changes.Invoices) await _inner.CommitAsync(new() { Tenant = changes.Tenant, Invoices = [invoice] }, cancellationToken);
        if (result == CommitResult.Conflict && fault == StoreFault.IsNotAtomic && changes.Operations.Count == 1)
            return await _inner.CommitAsync(changes with { Invoices = [], Facts = [] }, cancellationToken);

        // As a store does that looks first and inserts later: everybody who looked in time believes to have won.
        return fault == StoreFault.ClaimsTwice && changes.Operations.Any(o => o.Operation.Version == 1) ? CommitResult.Committed : result;
    }

    public async ValueTask<int> CommitInOrderAsync(IReadOnlyList<ChangeSet> changes, CancellationToken cancellationToken)
    {
        if (fault is StoreFault.StoresTheFirstAlone) return await _inner.CommitInOrderAsync([changes[0]], cancellationToken);
        if (fault is not (StoreFault.BuildsOnConflicts or StoreFault.StoresOnlyAll)) return await _inner.CommitInOrderAsync([.. changes.Select(Bend)], cancellationToken);
        var stored = 0;
        foreach (var set in changes) stored += await _inner.CommitInOrderAsync([set], cancellationToken);
        return fault == StoreFault.StoresOnlyAll && stored < changes.Count ? 0 : stored;
    }

    public ValueTask<Page<PaymentOperation>> ListOperationsAsync(TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken) =>
        _inner.ListOperationsAsync(tenant, invoice, after, limit, cancellationToken);

    public ValueTask<Page<InvoiceEvent>> ListFactsAsync(TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken) =>
        _inner.ListFactsAsync(tenant, invoice, after, limit, cancellationToken);

    public ValueTask<Page<CreditEvent>> ListCreditFactsAsync(
        TenantId tenant, CreditAddress credit, long? after, int limit, CancellationToken cancellationToken) =>
        _inner.ListCreditFactsAsync(tenant, credit, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<ParkedOutcome>> ListParkedAsync(TenantId tenant, int limit, CancellationToken cancellationToken) =>
        _inner.ListParkedAsync(tenant, limit, cancellationToken);

    public ValueTask<IReadOnlyList<OperationAddress>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        _inner.ListDueAsync(fault == StoreFault.ListsWhatIsNotDue ? now.AddDays(1) : now, limit, cancellationToken);

    public ValueTask<CommitResult> SaveAsync(StoredPaymentMethod method, CancellationToken cancellationToken) => _inner.SaveAsync(method, cancellationToken);

    public async ValueTask<IReadOnlyList<OutboxClaim>> ClaimAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        if (fault == StoreFault.ForgetsTheOutbox) return [];
        if (fault == StoreFault.DeliversNoCredit)
            return [.. (await _inner.ClaimAsync(now, until, limit, cancellationToken)).Where(c => c.Stream is OutboxStream.OfInvoice)];
        var claims = await _inner.ClaimAsync(now, fault == StoreFault.IgnoresTheLease ? now : until, limit, cancellationToken);

        // As a store does that reads what is due and marks it later: whoever read in time has it too.
        return fault == StoreFault.ClaimsForEverybody ? _claimed.GetOrAdd(now, claims) : claims;
    }

    public async ValueTask<CommitResult> SettleAsync(OutboxClaim claim, OutboxProgress progress, CancellationToken cancellationToken)
    {
        var bent = fault switch
        {
            StoreFault.RetriesAtOnce when progress.NextAt is not null => progress with { NextAt = DateTimeOffset.MinValue },
            StoreFault.DeliversTheDead => progress with { NextAt = progress.NextAt ?? DateTimeOffset.MinValue },
            _ => progress,
        };
        var result = await _inner.SettleAsync(claim, bent, cancellationToken);
        return fault == StoreFault.IgnoresTheFence ? CommitResult.Committed : result;
    }

    public ValueTask<IReadOnlyList<DeadLetter>> ListDeadAsync(TenantId tenant, int limit, CancellationToken cancellationToken) =>
        _inner.ListDeadAsync(tenant, limit, cancellationToken);

    public ValueTask<CommitResult> ReleaseAsync(TenantId tenant, OutboxStream stream, DateTimeOffset now, CancellationToken cancellationToken) =>
        _inner.ReleaseAsync(tenant, stream, now, cancellationToken);

    public async ValueTask<IReadOnlyList<DueInvoice>> ListDueInvoicesAsync(
        TenantId tenant, DateTimeOffset dueBy, DueInvoice? after, int limit, CancellationToken cancellationToken)
    {
        var page = await _inner.ListDueInvoicesAsync(tenant, fault == StoreFault.ListsInvoicesNotDue ? dueBy.AddDays(1) : dueBy, after, limit, cancellationToken);

        // As a store does that looks where the last page ended by the time alone.
        if (fault == StoreFault.SkipsInvoicesDueAtOneTime) return [.. page.Where(d => after is null || d.CollectAt > after.CollectAt)];
        return fault == StoreFault.ForgetsTheAttempt ? [.. page.Select(d => d with { Attempt = 0 })] : page;
    }

    public ValueTask<long> CountDueInvoicesAsync(TenantId tenant, DateTimeOffset dueBy, CancellationToken cancellationToken) =>
        _inner.CountDueInvoicesAsync(tenant, dueBy, cancellationToken);

    public async ValueTask<IReadOnlyList<PaymentOperation>> ListMovementsAsync(
        TenantId tenant, GatewayName gateway, DateTimeOffset from, DateTimeOffset until, PaymentOperation? after, int limit, CancellationToken cancellationToken)
    {
        var moved = await _inner.ListMovementsAsync(tenant, gateway, from, until, after, limit, cancellationToken);
        return fault == StoreFault.ListsMovementsAsTheyCame ? [.. moved.OrderBy(o => o.CreatedAt)] : moved;
    }

    public ValueTask<IReadOnlyList<ParkedOutcome>> ListDueParkedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        _inner.ListDueParkedAsync(now, limit, cancellationToken);

    public ValueTask PutOffParkedAsync(ParkedOutcome parked, DateTimeOffset until, CancellationToken cancellationToken) =>
        fault == StoreFault.ForgetsToPutOff ? default : _inner.PutOffParkedAsync(parked, until, cancellationToken);

    public ValueTask RemoveParkedAsync(ParkedOutcome parked, CancellationToken cancellationToken) =>
        fault == StoreFault.KeepsWhatIsRemoved ? default : _inner.RemoveParkedAsync(parked, cancellationToken);

    public ValueTask<int> PurgeAsync(DateTimeOffset idleSince, int limit, CancellationToken cancellationToken) =>
        _inner.PurgeAsync(fault == StoreFault.PurgesTooMuch ? idleSince.AddDays(1) : idleSince, limit, cancellationToken);

    private ChangeSet Bend(ChangeSet changes) => fault switch
    {
        StoreFault.IgnoresVersions => changes with
        {
            Invoices = [.. changes.Invoices.Select(i => i with { Version = 1 + (_inner.Invoices.FirstOrDefault(s => s.Tenant == i.Tenant && s.Id == i.Id)?.Version ?? 0) })],
        },
        StoreFault.LosesFacts => changes with { Facts = [.. changes.Facts.Take(1)] },
        StoreFault.MixesTenants => new()
        {
            Tenant = OnlyTenant,
            Invoices = [.. changes.Invoices.Select(i => i with { Tenant = OnlyTenant })],
            Operations = [.. changes.Operations.Select(o => o with { Operation = o.Operation with { Tenant = OnlyTenant } })],
            Payments = [.. changes.Payments.Select(p => p with { Tenant = OnlyTenant })],
        },
        StoreFault.ParksTwice => changes with { Parked = [.. changes.Parked.Select(p => p with { Evidence = new($"{Interlocked.Increment(ref _evidence):x64}") })] },
        StoreFault.AcceptsAnySums => changes with { Invoices = [.. changes.Invoices.Select(i => i.Sums.HoldFor(i.Total.MinorUnits) ? i : i with { Sums = default })] },
        _ => changes,
    };
}

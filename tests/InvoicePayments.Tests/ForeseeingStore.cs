using System.Text.Json;

namespace InvoicePayments.Tests;

/// <summary>
/// A store that, before it stores something, foresees what the latest loads would find afterwards, and then looks. In a simulated run it
/// is called by one thread at a time.
/// </summary>
internal sealed class ForeseeingStore : ICommitInOrder, IInvoicePaymentQueries, IDueOperations, IPaymentMethodStore, IGatewayMovements, IParkedOutcomes
{
    private const int Remembered = 8;

    private readonly InMemoryPaymentStore _store = new();
    private readonly Queue<LoadRequest> _latest = new();

    internal int Compared { get; private set; }

    internal int LeftOpen { get; private set; }

    internal int Together { get; private set; }

    internal int Known { get; private set; }

    internal List<string> Wrong { get; } = [];

    public ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        _latest.Enqueue(request);
        if (_latest.Count > Remembered) _latest.Dequeue();
        return _store.LoadAsync(request, cancellationToken);
    }

    public async ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken) =>
        await StoreAsync([changes], async () => await _store.CommitAsync(changes, cancellationToken) == CommitResult.Committed ? 1 : 0) == 1
            ? CommitResult.Committed
            : CommitResult.Conflict;

    public ValueTask<int> CommitInOrderAsync(IReadOnlyList<ChangeSet> changes, CancellationToken cancellationToken)
    {
        Together += changes.Count;
        return StoreAsync(changes, () => _store.CommitInOrderAsync(changes, cancellationToken));
    }

    public ValueTask<CommitResult> SaveAsync(StoredPaymentMethod method, CancellationToken cancellationToken) => _store.SaveAsync(method, cancellationToken);

    public ValueTask<IReadOnlyList<OperationAddress>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        _store.ListDueAsync(now, limit, cancellationToken);

    public ValueTask<Page<PaymentOperation>> ListOperationsAsync(TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken) =>
        _store.ListOperationsAsync(tenant, invoice, after, limit, cancellationToken);

    public ValueTask<Page<InvoiceEvent>> ListFactsAsync(TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken) =>
        _store.ListFactsAsync(tenant, invoice, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<ParkedOutcome>> ListParkedAsync(TenantId tenant, int limit, CancellationToken cancellationToken) =>
        _store.ListParkedAsync(tenant, limit, cancellationToken);

    public ValueTask<IReadOnlyList<PaymentOperation>> ListMovementsAsync(
        TenantId tenant, GatewayName gateway, DateTimeOffset from, DateTimeOffset until, PaymentOperation? after, int limit, CancellationToken cancellationToken) =>
        _store.ListMovementsAsync(tenant, gateway, from, until, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<ParkedOutcome>> ListDueParkedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        _store.ListDueParkedAsync(now, limit, cancellationToken);

    public ValueTask PutOffParkedAsync(ParkedOutcome parked, DateTimeOffset until, CancellationToken cancellationToken) =>
        _store.PutOffParkedAsync(parked, until, cancellationToken);

    public ValueTask RemoveParkedAsync(ParkedOutcome parked, CancellationToken cancellationToken) => _store.RemoveParkedAsync(parked, cancellationToken);

    private async ValueTask<int> StoreAsync(IReadOnlyList<ChangeSet> changes, Func<ValueTask<int>> store)
    {
        var underWay = new ChangesUnderWay();
        foreach (var set in changes) underWay.Add(set);
        var known = await KnownAfterAsync(changes[0]);
        var foreseen = new List<(LoadRequest Request, InvoiceState? State)>();
        foreach (var request in _latest.Where(r => r.Tenant == changes[0].Tenant))
            foreseen.Add((request, underWay.Update(request, await _store.LoadAsync(request, CancellationToken.None))));

        var stored = await store();
        if (stored < changes.Count) return stored;
        if (changes.Count == 1) await CompareKnownAsync(changes[0], known);
        foreach (var (request, state) in foreseen)
        {
            if (state is null) LeftOpen++;
            else Compare(Words(state), Words(await _store.LoadAsync(request, CancellationToken.None)));
        }

        return stored;
    }

    // Whatever the decision was made on, it named the operations.
    private async Task<List<InvoiceState>> KnownAfterAsync(ChangeSet changes)
    {
        var known = new List<InvoiceState>();
        foreach (var request in _latest.Where(r => r.Tenant == changes.Tenant && changes.Operations.Any(o => r.Operations.Contains(o.Operation.Id))))
            if (KnownState.After(changes, await _store.LoadAsync(request, CancellationToken.None)) is { } state) known.Add(state);
        return known;
    }

    private async Task CompareKnownAsync(ChangeSet changes, List<InvoiceState> known)
    {
        var request = new LoadRequest { Tenant = changes.Tenant, Operations = [.. changes.Operations.Select(o => o.Operation.Id)] };
        foreach (var state in known)
        {
            Known++;
            Compare(Words(InOrder(state)), Words(InOrder(await _store.LoadAsync(request, CancellationToken.None)) with { Parked = [] }));
        }
    }

    private static InvoiceState InOrder(InvoiceState state) =>
        state with { OpenOperations = [.. state.OpenOperations.OrderBy(o => o.Id.Value, StringComparer.Ordinal)] };

    private void Compare(string foreseen, string found)
    {
        Compared++;
        if (foreseen == found) return;
        var same = foreseen.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        var from = Math.Max(0, same - 200);
        Wrong.Add($"foreseen …{foreseen[from..Math.Min(foreseen.Length, same + 100)]}… found …{found[from..Math.Min(found.Length, same + 100)]}…");
    }

    private static string Words(InvoiceState state) => JsonSerializer.Serialize(state);
}

namespace InvoicePayments;

/// <summary>A host's way to the store: every call takes a while, may fail on either side of the commit, and may be the last thing the host does.</summary>
internal sealed partial class HostStore(World world, SimulatedHost host) : IInvoicePaymentStore, IInvoicePaymentQueries, IDueOperations, IPaymentMethodStore
{
    public async ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        var state = await CallAsync("load", () => world.Store.LoadAsync(request, CancellationToken.None)).ConfigureAwait(false);
        world.Books.TenantsMustNotMeet(request, state);
        return state;
    }

    public ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken) => CallAsync(
        "commit",
        async () =>
        {
            var result = await world.Store.CommitAsync(changes, CancellationToken.None).ConfigureAwait(false);
            await world.Books.CheckAsync(changes, result).ConfigureAwait(false);
            return result;
        },
        isWrite: true);

    public ValueTask<CommitResult> SaveAsync(StoredPaymentMethod method, CancellationToken cancellationToken) =>
        CallAsync("save method", () => world.MethodStore.SaveAsync(method, CancellationToken.None), isWrite: true);

    public ValueTask<IReadOnlyList<OperationAddress>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        CallAsync("list due", () => world.DueOperations.ListDueAsync(now, limit, CancellationToken.None));

    public ValueTask<Page<PaymentOperation>> ListOperationsAsync(
        TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken) =>
        CallAsync("list operations", () => world.Queries.ListOperationsAsync(tenant, invoice, after, limit, CancellationToken.None));

    public ValueTask<Page<InvoiceEvent>> ListFactsAsync(
        TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken) =>
        CallAsync("list facts", () => world.Queries.ListFactsAsync(tenant, invoice, after, limit, CancellationToken.None));

    public ValueTask<IReadOnlyList<ParkedOutcome>> ListParkedAsync(TenantId tenant, int limit, CancellationToken cancellationToken) =>
        CallAsync("list parked", () => world.Queries.ListParkedAsync(tenant, limit, CancellationToken.None));

    private ValueTask<T> CallAsync<T>(string what, Func<ValueTask<T>> call, bool isWrite = false)
    {
        // Continuations run where the call is answered: that is what keeps a whole run on one thread and in one order.
        var answer = new TaskCompletionSource<T>();
        var life = host.Life;
        world.Queue.Add(world.Faults.StoreDelay(), isWrite ? null : host, () => Serve(what, call, isWrite, life, answer));
        return new(answer.Task);
    }

    private void Serve<T>(string what, Func<ValueTask<T>> call, bool isWrite, int life, TaskCompletionSource<T> answer)
    {
        // What a host sent before it died may or may not have arrived.
        if (!host.IsAt(life) && !world.Faults.StillArrives()) return;

        var fault = host.IsAt(life) ? world.Faults.OfStore(isWrite) : StoreFault.None;
        if (fault == StoreFault.HostDiesBefore)
        {
            world.Kill(host, $"before its {what}");
            return;
        }

        if (fault == StoreFault.FailsBefore)
        {
            world.Story?.Tell(host, $"{what} fails, nothing is stored");
            answer.SetException(Failure());
            return;
        }

        T result;
        try
        {
            result = World.Now(call());
        }
        catch (Exception failure)
        {
            world.Story?.Tell(host, $"{what} throws {failure.GetType().Name}: {failure.Message}");
            if (host.IsAt(life)) answer.SetException(failure);
            return;
        }

        var suffix = Suffix(fault, host.IsAt(life));
        if (isWrite && suffix.Length == 0) world.Story?.TellStored(host, $"{what} → {result}");
        else if (isWrite) world.Story?.Tell(host, $"{what} → {result}{suffix}");
        if (!host.IsAt(life)) return;
        if (fault == StoreFault.HostDiesAfter) world.Kill(host, $"after its {what}");
        else if (fault == StoreFault.FailsAfter) answer.SetException(Failure());
        else if (fault == StoreFault.HostSleepsAfter) world.Sleep(host, () => answer.SetResult(result));
        else answer.SetResult(result);
    }

    private static string Suffix(StoreFault fault, bool isHeard) => fault == StoreFault.FailsAfter ? ", but the call fails" : isHeard ? "" : ", and nobody hears it";

    private static PaymentStoreException Failure() => new("The simulated store is not available.");
}

/// <summary>What can happen to one call of a store.</summary>
internal enum StoreFault
{
    None,
    FailsBefore,
    FailsAfter,
    HostDiesBefore,
    HostDiesAfter,
    HostSleepsAfter,
}

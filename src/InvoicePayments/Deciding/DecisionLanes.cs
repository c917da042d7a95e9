using System.Runtime.InteropServices;

namespace InvoicePayments;

/// <summary>
/// Those who want something of the same invoice in this process form a line. Whoever is first decides, and takes along all who came
/// meanwhile: each is decided on what the one before it is about to store, and all are stored at once. Then the next in line leads. A version
/// alone would not do for that: somebody else's change could have the number of the one that was built on. So they are stored in one go, up
/// to the first that does not fit. The line only saves work, so nobody depends on it: when the first does not come back, the next leads.
/// </summary>
internal sealed class DecisionLanes(IInvoicePaymentStore store, PaymentRuntime runtime)
{
    private const int MaxTogether = 128;

    // Longer than any store takes that is well, and shorter than what a dead connection keeps one waiting.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<LaneKey, Line> _lines = [];
    private readonly LastVersions _versions = new();

    /// <summary>Tries once: afterwards the attempt is done, or was overtaken and has to be tried again.</summary>
    internal async ValueTask RunAsync(Attempt attempt, LaneKey? line)
    {
        if (line is not { } key)
        {
            await AloneAsync(attempt).ConfigureAwait(false);
        }
        else if (IsFirst(key, attempt) || await attempt.TurnAsync().ConfigureAwait(false))
        {
            var inOrder = store as ICommitInOrder;
            var others = inOrder is null ? null : TakeWaiting(key, attempt);
            try
            {
                if (others is null) await AloneAsync(attempt).ConfigureAwait(false);
                else await TogetherAsync(inOrder!, [attempt, .. others]).ConfigureAwait(false);
            }
            finally
            {
                PassOn(key, attempt);
                foreach (var other in others ?? []) other.Serve();
            }
        }

        attempt.ThrowIfFailed();
    }

    private async ValueTask AloneAsync(Attempt attempt)
    {
        while (!attempt.IsDecided)
        {
            await attempt.LoadAsync(store).ConfigureAwait(false);
            if (attempt.HasFailed) return;
            attempt.Decide(attempt.State!, runtime.Now);
            if (attempt.HasFailed) return;
        }

        if (attempt.Changes is null) attempt.Settle();
        else await CommitAsync(attempt).ConfigureAwait(false);
    }

    private async ValueTask TogetherAsync(ICommitInOrder inOrder, List<Attempt> attempts)
    {
        await Task.WhenAll(attempts.Select(a => a.LoadAsync(store))).ConfigureAwait(false);

        var underWay = new ChangesUnderWay();
        var changing = new List<Attempt>(attempts.Count);
        var unchanged = new List<(Attempt Attempt, int After)>();
        foreach (var attempt in attempts)
        {
            if (attempt.HasFailed || underWay.Update(attempt.Request, attempt.State!) is not { } state) continue;
            attempt.Decide(state, runtime.Now);
            if (attempt.HasFailed || !attempt.IsDecided) continue;
            if (attempt.Changes is { } changes)
            {
                underWay.Add(changes);
                changing.Add(attempt);
            }
            else
            {
                unchanged.Add((attempt, ReferenceEquals(state, attempt.State) ? 0 : changing.Count));
            }
        }

        // Nobody is answered with what is not stored: an answer that changes nothing waits for those that it was decided on.
        var stored = await CommitAsync(inOrder, changing).ConfigureAwait(false);
        foreach (var (attempt, after) in unchanged)
            if (after <= stored) attempt.Settle();
    }

    private async ValueTask<int> CommitAsync(ICommitInOrder inOrder, List<Attempt> attempts)
    {
        if (attempts.Count == 0) return 0;
        if (attempts is [var single]) return await CommitAsync(single).ConfigureAwait(false) ? 1 : 0;
        try
        {
            var stored = await inOrder.CommitInOrderAsync([.. attempts.Select(a => a.Changes!)], CancellationToken.None).ConfigureAwait(false);
            foreach (var attempt in attempts.Take(stored))
            {
                attempt.Settle();
                attempt.Remember(_versions);
            }

            return stored;
        }
        catch (Exception failure)
        {
            // All of them hear of it, as each would have alone.
            foreach (var attempt in attempts) attempt.Fail(failure, ofStore: true);
            return 0;
        }
    }

    private async ValueTask<bool> CommitAsync(Attempt attempt)
    {
        if (!await attempt.CommitAsync(store).ConfigureAwait(false)) return false;
        attempt.Remember(_versions);
        return true;
    }

    private bool IsFirst(LaneKey key, Attempt attempt)
    {
        lock (_lines)
        {
            ref var there = ref CollectionsMarshal.GetValueRefOrAddDefault(_lines, key, out var exists);
            if (!exists || there is null)
            {
                there = new(attempt);
                return true;
            }

            var line = there;
            attempt.WaitInLine(runtime.Options.ContinueInline);
            line.Waiting.Enqueue(attempt);
            line.Impatience ??= runtime.Time.CreateTimer(_ => PassOn(key, line.Leader), null, Patience, Timeout.InfiniteTimeSpan);
            return false;
        }
    }

    private List<Attempt>? TakeWaiting(LaneKey key, Attempt leader)
    {
        lock (_lines)
        {
            if (!_lines.TryGetValue(key, out var line) || line.Leader != leader) return null;
            var taken = new List<Attempt>(line.Waiting.Count);
            while (taken.Count < MaxTogether && line.Waiting.TryDequeue(out var next))
                if (next.TryTake()) taken.Add(next);
            return taken.Count > 0 ? taken : null;
        }
    }

    private void PassOn(LaneKey key, Attempt leader)
    {
        Attempt? next = null;
        lock (_lines)
        {
            // Somebody else leads by now when this one took too long.
            if (!_lines.TryGetValue(key, out var line) || line.Leader != leader) return;
            while (line.Waiting.TryDequeue(out next) && !next.TryTake()) next = null;
            if (next is null)
            {
                _lines.Remove(key);
                line.Impatience?.Dispose();
            }
            else
            {
                line.Leader = next;
                line.Impatience?.Change(Patience, Timeout.InfiniteTimeSpan);
            }
        }

        next?.Lead();
    }

    /// <summary>One line: who leads it, and who waits behind.</summary>
    private sealed class Line(Attempt leader)
    {
        internal Attempt Leader { get; set; } = leader;

        internal Queue<Attempt> Waiting { get; } = new();

        /// <summary>Passes on when the leader does not; made when there is somebody to pass on to.</summary>
        internal ITimer? Impatience { get; set; }
    }
}

/// <summary>Who forms one line: all who want something of the same invoice, or, while that is not known, of the same payment or operation.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Id">The invoice, payment or operation.</param>
internal readonly record struct LaneKey(TenantId Tenant, string Id)
{
    /// <summary>The line for what is to be loaded; null for what is about nothing, and so in nobody's way.</summary>
    internal static LaneKey? Of(LoadRequest request)
    {
        var id = request.Invoices.Count > 0 ? request.Invoices[0].Value
            : request.Payment?.Value ?? (request.Operations.Count > 0 ? request.Operations[0].Value : null);
        return id is null ? null : new LaneKey(request.Tenant, id);
    }

    /// <summary>The line of the invoice that was loaded first, once one was.</summary>
    internal static LaneKey? Of(InvoiceState? state) => state is { Invoices: [var first, ..] } ? new LaneKey(first.Tenant, first.Id.Value) : null;

    /// <summary>The line of the invoice that an operation pays.</summary>
    internal static LaneKey Of(PaymentOperation operation) => new(operation.Tenant, operation.Allocation.Parts[0].Invoice.Value);
}

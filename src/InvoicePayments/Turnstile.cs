namespace InvoicePayments;

/// <summary>
/// Lets those who have met a conflict try again one after the other, as far as they are in this process: a crowd on one invoice then costs
/// each of them about one more try, instead of one for every other. Nothing relies on it; the versions alone keep the books right.
/// </summary>
internal sealed class Turnstile(bool continueInline)
{
    private readonly Lane[] _lanes = [.. Enumerable.Range(0, 64).Select(_ => new Lane())];

    /// <summary>Waits for this command's turn; disposing the answer lets the next one through.</summary>
    internal async ValueTask<Turn> EnterAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        var lane = _lanes[KeyOf(request) % (uint)_lanes.Length];
        var next = new TaskCompletionSource(continueInline ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        lock (lane.Waiting)
        {
            if (lane.IsTaken) lane.Waiting.Enqueue(next);
            else next.SetResult();
            lane.IsTaken = true;
        }

        using (cancellationToken.UnsafeRegister(static (waiting, token) => ((TaskCompletionSource)waiting!).TrySetCanceled(token), next))
            await next.Task.ConfigureAwait(false);
        return new(lane);
    }

    // FNV-1a rather than GetHashCode, which differs from process to process: a simulated run is the same in all of them.
    private static uint KeyOf(LoadRequest request)
    {
        var first = request.Invoices.Count > 0 ? request.Invoices[0].Value
            : request.Payment?.Value ?? (request.Operations.Count > 0 ? request.Operations[0].Value : "");
        return Hash(Hash(2_166_136_261, request.Tenant.Value), first);
    }

    private static uint Hash(uint hash, string text)
    {
        foreach (var letter in text) hash = unchecked((hash ^ letter) * 16_777_619);
        return hash;
    }

    internal sealed class Lane
    {
        internal Queue<TaskCompletionSource> Waiting { get; } = new();

        internal bool IsTaken { get; set; }

        internal void Leave()
        {
            while (true)
            {
                TaskCompletionSource? next;
                lock (Waiting)
                {
                    if (!Waiting.TryDequeue(out next)) IsTaken = false;
                }

                // Whoever gave up while waiting is passed over.
                if (next is null || next.TrySetResult()) return;
            }
        }
    }

    /// <summary>Somebody's turn; none for whoever has met no conflict.</summary>
    internal readonly struct Turn(Lane? lane) : IDisposable
    {
        public void Dispose() => lane?.Leave();
    }
}

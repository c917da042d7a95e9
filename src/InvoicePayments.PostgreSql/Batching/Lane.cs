using System.Threading.Channels;
using Npgsql;

namespace InvoicePayments;

/// <summary>
/// Takes whatever waits and does it at once, over one connection. It never waits for company: a lone call is done at once, and a batch is what
/// arrived while the last one was under way. The connection goes back to the pool as soon as nothing waits.
/// </summary>
internal sealed class Lane<TCall, TResult>
    where TCall : PendingCall<TResult>
{
    private readonly Channel<TCall> _waiting;
    private readonly IBatchWorker<TCall> _worker;
    private readonly int _maxBatch;

    internal Lane(Channel<TCall> waiting, IBatchWorker<TCall> worker, int maxBatch)
    {
        (_waiting, _worker, _maxBatch) = (waiting, worker, maxBatch);

        // The lane outlives the call that made it, so it takes nothing of that call's context along.
        using (ExecutionContext.SuppressFlow()) Closed = Task.Run(RunAsync);
    }

    /// <summary>Done once the channel was closed and everything it had accepted is answered.</summary>
    internal Task Closed { get; }

    private async Task RunAsync()
    {
        var batch = new List<TCall>(_maxBatch);
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (Take(batch)) await DoAsync(batch).ConfigureAwait(false);
            await _worker.RestAsync().ConfigureAwait(false);
        }

        await _worker.RestAsync().ConfigureAwait(false);
    }

    private bool Take(List<TCall> batch)
    {
        batch.Clear();
        while (batch.Count < _maxBatch && _waiting.Reader.TryRead(out var next))
        {
            if (next.TryTake()) batch.Add(next);
        }

        return batch.Count > 0;
    }

    private async Task DoAsync(List<TCall> batch)
    {
        PostgreSqlDiagnostics.BatchSize.Record(batch.Count);
        try
        {
            await _worker.DoAsync(batch).ConfigureAwait(false);
        }
        catch (Exception bug)
        {
            // A worker answers every call itself, whatever the database does. Should it not, no caller may wait for ever and the lane must go on.
            foreach (var call in batch) call.FailUnlessAnswered(bug);
        }
    }
}

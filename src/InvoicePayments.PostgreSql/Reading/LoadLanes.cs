using System.Threading.Channels;

namespace InvoicePayments;

/// <summary>The lanes that read. They take from one queue: whoever is free takes what waits.</summary>
internal sealed class LoadLanes
{
    private readonly Channel<PendingLoad> _waiting = Channel.CreateUnbounded<PendingLoad>();
    private readonly Lane<PendingLoad, InvoiceState>[] _lanes;

    internal LoadLanes(PostgreSqlDatabase database)
    {
        var sql = new LoadSql(database.Schema);
        _lanes = [.. Enumerable.Range(0, database.Options.Lanes)
            .Select(_ => new Lane<PendingLoad, InvoiceState>(_waiting, new LoadWorker(database, sql), database.Options.MaxBatch))];
    }

    /// <summary>Done once everything that was accepted is answered.</summary>
    internal Task Closed => Task.WhenAll(_lanes.Select(lane => lane.Closed));

    internal ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<InvoiceState>(cancellationToken);
        var call = new PendingLoad(request);
        var answer = call.Answer;
        call.MayGiveUp(cancellationToken);
        if (!_waiting.Writer.TryWrite(call)) call.Fail(new ObjectDisposedException(typeof(PostgreSqlPaymentStore).FullName));
        return answer;
    }

    /// <summary>Accepts nothing more.</summary>
    internal void Close() => _waiting.Writer.TryComplete();
}

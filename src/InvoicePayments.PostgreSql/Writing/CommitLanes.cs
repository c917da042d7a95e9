using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace InvoicePayments;

/// <summary>The lanes that write. Change sets of one invoice take one lane, so that they stay in the order in which they came.</summary>
internal sealed class CommitLanes
{
    private readonly Channel<PendingCommit>[] _waiting;
    private readonly Lane<PendingCommit, int>[] _lanes;
    private readonly CommitId.Source _ids = new();

    internal CommitLanes(PostgreSqlDatabase database)
    {
        var sql = new WriteSql(database.Schema);
        _waiting = [.. Enumerable.Range(0, database.Options.Lanes).Select(_ => Channel.CreateUnbounded<PendingCommit>(new() { SingleReader = true }))];
        _lanes = [.. _waiting.Select(w => new Lane<PendingCommit, int>(w, new CommitWorker(database, sql), database.Options.MaxBatch))];
    }

    /// <summary>Done once everything that was accepted is answered.</summary>
    internal Task Closed => Task.WhenAll(_lanes.Select(lane => lane.Closed));

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken) =>
        await CommitInOrderAsync([changes], cancellationToken).ConfigureAwait(false) == 1 ? CommitResult.Committed : CommitResult.Conflict;

    internal ValueTask<int> CommitInOrderAsync(IReadOnlyList<ChangeSet> sets, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancellationToken);
        if (sets.Count == 0 || ChangeSets.NamesARowTwice(sets[0])) return ValueTask.FromResult(0);

        var call = new PendingCommit(sets, _ids.Next(sets.Count));
        var answer = call.Answer;
        call.MayGiveUp(cancellationToken);
        if (!_waiting[LaneOf(sets[0]) % (uint)_waiting.Length].Writer.TryWrite(call))
            call.Fail(new ObjectDisposedException(typeof(PostgreSqlPaymentStore).FullName));
        return answer;
    }

    /// <summary>Accepts nothing more.</summary>
    internal void Close()
    {
        foreach (var waiting in _waiting) waiting.Writer.TryComplete();
    }

    private static uint LaneOf(ChangeSet changes) => (uint)string.GetHashCode(
        changes.Invoices.Count > 0 ? changes.Invoices[0].Id.Value
        : changes.Facts.Count > 0 ? changes.Facts[0].Invoice.Value
        : changes.Operations.Count > 0 ? changes.Operations[0].Operation.Id.Value
        : "",
        StringComparison.Ordinal);
}

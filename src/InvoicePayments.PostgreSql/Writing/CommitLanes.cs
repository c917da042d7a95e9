using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Threading.Channels;

namespace InvoicePayments;

/// <summary>The lanes that write. Change sets of one invoice take one lane, so that they stay in the order in which they came.</summary>
internal sealed class CommitLanes
{
    private readonly Channel<PendingCommit>[] _waiting;
    private readonly Lane<PendingCommit, CommitResult>[] _lanes;
    private readonly long _prefix = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
    private long _last;

    internal CommitLanes(PostgreSqlDatabase database)
    {
        var sql = new WriteSql(database.Schema);
        _waiting = [.. Enumerable.Range(0, database.Options.Lanes).Select(_ => Channel.CreateUnbounded<PendingCommit>(new() { SingleReader = true }))];
        _lanes = [.. _waiting.Select(w => new Lane<PendingCommit, CommitResult>(w, new CommitWorker(database, sql), database.Options.MaxBatch))];
    }

    /// <summary>Done once everything that was accepted is answered.</summary>
    internal Task Closed => Task.WhenAll(_lanes.Select(lane => lane.Closed));

    internal ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<CommitResult>(cancellationToken);
        if (ChangeSets.NamesARowTwice(changes)) return ValueTask.FromResult(CommitResult.Conflict);

        var call = new PendingCommit(changes, NextId());
        var answer = call.Answer;
        call.MayGiveUp(cancellationToken);
        Enqueue(call, changes);
        return answer;
    }

    /// <summary>Change sets that build on each other, in one lane; answers how many are stored.</summary>
    internal async ValueTask<int> CommitInOrderAsync(IReadOnlyList<ChangeSet> changes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var calls = new List<PendingCommit>(changes.Count);
        foreach (var set in changes.TakeWhile(ChangeSets.MayBeBuiltOn)) calls.Add(new(set, NextId(), calls.Count > 0 ? calls[^1] : null));
        var answers = calls.ConvertAll(static call => call.Answer);
        foreach (var call in calls) Enqueue(call, changes[0]);

        var (stored, isOver) = (0, false);
        Exception? failure = null;
        for (var i = 0; i < answers.Count; i++)
        {
            try
            {
                isOver |= await answers[i].ConfigureAwait(false) == CommitResult.Conflict;
            }
            catch (Exception error)
            {
                // What is wrong with one of them is told to whoever comes with it alone; what is wrong with the database, with the first.
                if (i == 0 && !calls[i].IsRefused) failure = error;
                isOver = true;
            }

            if (!isOver) stored++;
        }

        return failure is null ? stored : throw failure;
    }

    private void Enqueue(PendingCommit call, ChangeSet first)
    {
        if (!_waiting[LaneOf(first) % (uint)_waiting.Length].Writer.TryWrite(call))
            call.Fail(new ObjectDisposedException(typeof(PostgreSqlPaymentStore).FullName));
    }

    /// <summary>Accepts nothing more.</summary>
    internal void Close()
    {
        foreach (var waiting in _waiting) waiting.Writer.TryComplete();
    }

    // Unique without asking the system for randomness each time: 64 bits of this store, and a number.
    private Guid NextId()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, _prefix);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], Interlocked.Increment(ref _last));
        return new(bytes);
    }

    private static uint LaneOf(ChangeSet changes) => (uint)string.GetHashCode(
        changes.Invoices.Count > 0 ? changes.Invoices[0].Id.Value
        : changes.Facts.Count > 0 ? changes.Facts[0].Invoice.Value
        : changes.Operations.Count > 0 ? changes.Operations[0].Operation.Id.Value
        : "",
        StringComparison.Ordinal);
}

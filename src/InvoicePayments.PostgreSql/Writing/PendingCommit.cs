using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace InvoicePayments;

/// <summary>
/// A change set that waits for a lane, or several that build on each other, with their bodies already written as JSON, on the caller's thread: what
/// cannot be written fails before the lane, and the lane does nothing but SQL. The answer is how many of them are stored, from the first on.
/// </summary>
internal sealed class PendingCommit : PendingCall<int>
{
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    private readonly PooledBytes _bytes = PooledBytes.Borrow();
    private bool _hasLeft;
    private readonly int[] _ends;
    private int _written;

    internal PendingCommit(IReadOnlyList<ChangeSet> sets, CommitId id)
    {
        (Sets, Id, Wanted) = (sets, id, sets.Count);
        var bodies = 0;
        for (var i = 0; i < sets.Count; i++) bodies += BodiesOf(sets[i]);
        _ends = new int[bodies];
        try
        {
            for (var i = 0; i < sets.Count; i++) WriteBodies(sets[i]);
        }
        catch
        {
            Left();
            throw;
        }
    }

    /// <summary>The change sets, each built on the one before.</summary>
    internal IReadOnlyList<ChangeSet> Sets { get; }

    /// <summary>How many of them are still to be stored; the others do not fit, or build on one that does not.</summary>
    internal int Wanted { get; private set; }

    /// <summary>What this commit leaves on its rows, however often it is tried.</summary>
    internal CommitId Id { get; }

    /// <summary>Set once it was sent and no answer came: from then on it may be stored already.</summary>
    internal bool MayBeStored { get; set; }

    /// <summary>Whether a row was written by this call.</summary>
    internal bool IsOurs(Guid commit) => Id.PlaceOf(commit, Sets.Count) >= 0;

    /// <summary>Only so many are wanted from now on.</summary>
    internal void Want(int first) => Wanted = Math.Min(Wanted, first);

    /// <summary>The next body, in the order in which <see cref="ChangeBatch"/> asks for them.</summary>
    internal ReadOnlyMemory<byte> Body(ref int at)
    {
        var from = at == 0 ? 0 : _ends[at - 1];
        return _bytes.Slice(from, _ends[at++]);
    }

    // Once only: what is given back belongs to the next.
    protected override void Left()
    {
        if (_hasLeft) return;
        _hasLeft = true;
        _bytes.GiveBack();
    }

    private static int BodiesOf(ChangeSet changes) =>
        changes.Invoices.Count + 2 * changes.Operations.Count + changes.Payments.Count + changes.Facts.Count + changes.Credits.Count
        + changes.CreditFacts.Count + changes.Parked.Count;

    private void WriteBodies(ChangeSet changes)
    {
        var writer = _writer ??= new Utf8JsonWriter(_bytes);
        writer.Reset(_bytes);
        for (var i = 0; i < changes.Invoices.Count; i++) Write(writer, changes.Invoices[i], StoreJson.Default.Invoice);
        for (var i = 0; i < changes.Operations.Count; i++)
        {
            Write(writer, changes.Operations[i].Operation, StoreJson.Default.PaymentOperation);
            Write(writer, changes.Operations[i].Command, StoreJson.Default.GatewayCommand);
        }

        for (var i = 0; i < changes.Payments.Count; i++) Write(writer, changes.Payments[i], StoreJson.Default.Payment);
        for (var i = 0; i < changes.Facts.Count; i++) Write(writer, changes.Facts[i], StoreJson.Default.InvoiceEvent);
        for (var i = 0; i < changes.Credits.Count; i++) Write(writer, changes.Credits[i], StoreJson.Default.AccountCredit);
        for (var i = 0; i < changes.CreditFacts.Count; i++) Write(writer, changes.CreditFacts[i], StoreJson.Default.CreditEvent);
        for (var i = 0; i < changes.Parked.Count; i++) Write(writer, changes.Parked[i], StoreJson.Default.ParkedOutcome);
    }

    private void Write<T>(Utf8JsonWriter writer, T? record, JsonTypeInfo<T> type)
        where T : class
    {
        if (record is not null)
        {
            JsonSerializer.Serialize(writer, record, type);
            writer.Flush();
            writer.Reset();
        }

        _ends[_written++] = _bytes.Length;
    }
}

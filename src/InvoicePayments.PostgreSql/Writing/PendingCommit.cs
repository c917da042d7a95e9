using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace InvoicePayments;

/// <summary>
/// A change set that waits for a lane, with its bodies already written as JSON, on the caller's thread: what cannot be written fails before the
/// lane, and the lane does nothing but SQL.
/// </summary>
internal sealed class PendingCommit : PendingCall<CommitResult>
{
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    private readonly PooledBytes _bytes = new();
    private readonly int[] _ends;
    private int _written;

    internal PendingCommit(ChangeSet changes, Guid id, PendingCommit? builtOn = null)
    {
        (Changes, Id, BuiltOn) = (changes, id, builtOn);
        _ends = new int[changes.Invoices.Count + 2 * changes.Operations.Count + changes.Payments.Count + changes.Facts.Count
            + changes.Credits.Count + changes.CreditFacts.Count + changes.Parked.Count];
        try
        {
            WriteBodies();
        }
        catch
        {
            _bytes.GiveBack();
            throw;
        }
    }

    internal ChangeSet Changes { get; }

    /// <summary>What this commit leaves on its rows, however often it is tried.</summary>
    internal Guid Id { get; }

    /// <summary>The one without which it may not be stored; null when it stands for itself.</summary>
    internal PendingCommit? BuiltOn { get; }

    /// <summary>Whether it was answered that it is stored.</summary>
    internal bool IsStored { get; private set; }

    /// <summary>Whether it is in the transaction that is being put together.</summary>
    internal bool IsTaken { get; set; }

    /// <summary>Whether it was found to be itself the one that the database does not take.</summary>
    internal bool IsRefused { get; set; }

    /// <summary>Set once it was sent and no answer came: from then on it may be stored already.</summary>
    internal bool MayBeStored { get; set; }

    /// <summary>The next body, in the order in which <see cref="ChangeBatch"/> asks for them.</summary>
    internal ReadOnlyMemory<byte> Body(ref int at)
    {
        var from = at == 0 ? 0 : _ends[at - 1];
        return _bytes.Slice(from, _ends[at++]);
    }

    internal void Say(CommitResult result)
    {
        IsStored = result == CommitResult.Committed;
        Succeed(result);
    }

    protected override void Left() => _bytes.GiveBack();

    private void WriteBodies()
    {
        var writer = _writer ??= new Utf8JsonWriter(_bytes);
        writer.Reset(_bytes);
        for (var i = 0; i < Changes.Invoices.Count; i++) Write(writer, Changes.Invoices[i], StoreJson.Default.Invoice);
        for (var i = 0; i < Changes.Operations.Count; i++)
        {
            Write(writer, Changes.Operations[i].Operation, StoreJson.Default.PaymentOperation);
            Write(writer, Changes.Operations[i].Command, StoreJson.Default.GatewayCommand);
        }

        for (var i = 0; i < Changes.Payments.Count; i++) Write(writer, Changes.Payments[i], StoreJson.Default.Payment);
        for (var i = 0; i < Changes.Facts.Count; i++) Write(writer, Changes.Facts[i], StoreJson.Default.InvoiceEvent);
        for (var i = 0; i < Changes.Credits.Count; i++) Write(writer, Changes.Credits[i], StoreJson.Default.AccountCredit);
        for (var i = 0; i < Changes.CreditFacts.Count; i++) Write(writer, Changes.CreditFacts[i], StoreJson.Default.CreditEvent);
        for (var i = 0; i < Changes.Parked.Count; i++) Write(writer, Changes.Parked[i], StoreJson.Default.ParkedOutcome);
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

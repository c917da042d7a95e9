namespace InvoicePayments;

/// <summary>The key of a row, in the order in which every host writes rows: so no two ever wait for each other in a circle.</summary>
internal readonly record struct RowKey(string Tenant, string A, string B = "", long Number = 0) : IComparable<RowKey>
{
    public int CompareTo(RowKey other)
    {
        var order = string.CompareOrdinal(Tenant, other.Tenant);
        if (order == 0) order = string.CompareOrdinal(A, other.A);
        if (order == 0) order = string.CompareOrdinal(B, other.B);
        return order == 0 ? Number.CompareTo(other.Number) : order;
    }
}

/// <summary>A row as a batch writes it, whichever of its change sets wrote it last.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Record">The record.</param>
/// <param name="Base">The version that must be there before; zero for a new row.</param>
/// <param name="Version">The version that will be there.</param>
/// <param name="Body">The record as JSON.</param>
/// <param name="Command">A command as JSON; empty for none.</param>
/// <param name="Commit">Whose commit it is.</param>
internal readonly record struct MergedRow<T>(
    RowKey Key, T Record, long Base, long Version, ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Command, Guid Commit);

/// <summary>The rows of one table that a batch writes, each once: of two change sets of one call that follow each other the later one is written.</summary>
internal sealed class MergedRows<T>
{
    private readonly Dictionary<RowKey, int> _places = [];
    private readonly List<MergedRow<T>> _rows = [];

    /// <summary>Whether a change set with this version may be in the batch: it is the first for its row, or follows one of the same call.</summary>
    internal bool MayFollow(PendingCommit call, RowKey key, long version) =>
        !_places.TryGetValue(key, out var place) || (_rows[place].Version + 1 == version && call.IsOurs(_rows[place].Commit));

    internal void Put(RowKey key, T record, long version, ReadOnlyMemory<byte> body, Guid commit, ReadOnlyMemory<byte> command = default)
    {
        if (_places.TryGetValue(key, out var place))
        {
            _rows[place] = new(key, record, _rows[place].Base, version, body, command, commit);
            return;
        }

        _places.Add(key, _rows.Count);
        _rows.Add(new(key, record, version - 1, version, body, command, commit));
    }

    /// <summary>The version that a row will have; nothing where it is not written. To be asked before the rows are put in order.</summary>
    internal long? VersionOf(RowKey key) => _places.TryGetValue(key, out var place) ? _rows[place].Version : null;

    /// <summary>All rows, in the order in which they came.</summary>
    internal List<MergedRow<T>> AsTheyCame => _rows;

    /// <summary>All rows, in the order of their keys. Nothing may be put any more.</summary>
    internal List<MergedRow<T>> InOrder()
    {
        if (_rows.Count > 1) _rows.Sort(static (x, y) => x.Key.CompareTo(y.Key));
        return _rows;
    }

    internal void Clear()
    {
        _places.Clear();
        _rows.Clear();
    }
}

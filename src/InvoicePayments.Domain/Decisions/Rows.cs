using System.Diagnostics.CodeAnalysis;

namespace InvoicePayments;

/// <summary>
/// The rows of one kind that a decision changes, in the order in which they were first touched. Nearly always there is one, so they are looked
/// through; from the ninth on they are looked up.
/// </summary>
internal sealed class Rows<TKey, TRow>
    where TKey : struct, IEquatable<TKey>
    where TRow : class
{
    private const int Few = 8;

    private (TKey Key, TRow Row)[] _rows = [];
    private Dictionary<TKey, int>? _places;

    internal int Count { get; private set; }

    internal TRow this[TKey key]
    {
        set
        {
            var place = PlaceOf(key);
            if (place < 0) Append(key, value);
            else _rows[place].Row = value;
        }
    }

    internal ReadOnlySpan<(TKey Key, TRow Row)> All => _rows.AsSpan(0, Count);

    internal TRow? Find(TKey key) => PlaceOf(key) is >= 0 and var place ? _rows[place].Row : null;

    internal bool TryGetValue(TKey key, [NotNullWhen(true)] out TRow? row) => (row = Find(key)) is not null;

    internal bool Contains(TKey key) => PlaceOf(key) >= 0;

    /// <summary>Changes every row.</summary>
    internal void Change(Func<TKey, TRow, TRow> change)
    {
        for (var i = 0; i < Count; i++) _rows[i].Row = change(_rows[i].Key, _rows[i].Row);
    }

    internal IReadOnlyList<TRow> ToList()
    {
        if (Count == 0) return [];
        var rows = new TRow[Count];
        for (var i = 0; i < rows.Length; i++) rows[i] = _rows[i].Row;
        return rows;
    }

    private int PlaceOf(TKey key)
    {
        if (_places is not null) return _places.TryGetValue(key, out var place) ? place : -1;
        for (var i = 0; i < Count; i++)
            if (_rows[i].Key.Equals(key)) return i;
        return -1;
    }

    private void Append(TKey key, TRow row)
    {
        if (Count == _rows.Length) Array.Resize(ref _rows, Math.Max(1, Count * 2));
        if (Count == Few && _places is null)
        {
            _places = new(Count * 4);
            for (var i = 0; i < Count; i++) _places.Add(_rows[i].Key, i);
        }

        _places?.Add(key, Count);
        _rows[Count++] = (key, row);
    }
}

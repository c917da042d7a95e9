using System.Collections.Frozen;
using System.Globalization;

namespace InvoicePayments;

/// <summary>
/// Finds a row of the ISO table: by code when text comes in, by number from then on, so that no string is hashed in arithmetic.
/// </summary>
internal static class IsoCurrencies
{
    internal static readonly IReadOnlyList<CurrencyInfo> All = Array.AsReadOnly(IsoCurrencyTable.Rows);

    private static readonly FrozenDictionary<string, CurrencyInfo>.AlternateLookup<ReadOnlySpan<char>> ByCode = IsoCurrencyTable.Rows
        .ToFrozenDictionary(row => row.Code, StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly CurrencyInfo?[] ByNumber = IndexByNumber();

    internal static CurrencyInfo? Find(ReadOnlySpan<char> code) => ByCode.TryGetValue(code, out var info) ? info : null;

    internal static CurrencyInfo Get(ushort number) =>
        ByNumber[number] ?? throw new InvalidOperationException("This currency is not in the ISO 4217 table.");

    internal static ushort NumberOf(CurrencyInfo info) => ushort.Parse(info.NumericCode, CultureInfo.InvariantCulture);

    private static CurrencyInfo?[] IndexByNumber()
    {
        var index = new CurrencyInfo?[1000];
        foreach (var row in IsoCurrencyTable.Rows) index[NumberOf(row)] = row;
        return index;
    }
}

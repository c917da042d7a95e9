using System.Globalization;

namespace InvoicePayments.Tests;

public sealed class IsoCurrencyTableTests
{
    [Fact]
    public void TheTableHasEveryCurrentCode()
    {
        Assert.Equal(178, CurrencyInfo.All.Count);
        Assert.Equal(13, CurrencyInfo.All.Count(info => !info.IsPayable));
        var payable = CurrencyInfo.All.Where(info => info.IsPayable).ToLookup(info => info.DecimalDigits);
        Assert.Equal([17, 0, 139, 7, 2], Enumerable.Range(0, 5).Select(digits => payable[digits].Count()));
    }

    [Fact]
    public void CodesAreUniqueSortedAndWellFormed()
    {
        var codes = CurrencyInfo.All.Select(info => info.Code).ToList();
        Assert.Equal(codes.Distinct().Order(StringComparer.Ordinal), codes);
        Assert.Equal(codes.Count, CurrencyInfo.All.Select(info => info.NumericCode).Distinct().Count());
        Assert.All(CurrencyInfo.All, info => Assert.Matches("^[A-Z]{3} [0-9]{3}$", $"{info.Code} {info.NumericCode}"));
    }

    [Fact]
    public void TheTableIsTheListOfCurrentCodes()
    {
        var expected = ReferenceData.LinesOrSkip("iso4217/iso4217_active.derived.csv").Skip(1).Where(line => line.Length > 0);
        Assert.Equal(expected, CurrencyInfo.All.Select(info => $"{info.Code},{info.NumericCode},{Digits(info)},{info.EnglishName}"));
    }

    [Fact]
    public void EveryRowAgreesWithTheFullList()
    {
        // Names may hold commas in quotes, so the fields are counted from the end: …,code,number,digits,withdrawn.
        var live = ReferenceData.LinesOrSkip("iso4217/codes-all.csv").Skip(1)
            .Select(line => line.Split(','))
            .Where(fields => fields.Length >= 6 && fields[^1].Length == 0 && fields[^4].Length == 3)
            .ToLookup(fields => fields[^4], fields => (Number: fields[^3], Digits: fields[^2] == "-" ? "" : fields[^2]));

        Assert.Equal(live.Select(rows => rows.Key).Order(StringComparer.Ordinal), CurrencyInfo.All.Select(info => info.Code));
        Assert.All(CurrencyInfo.All, info => Assert.All(live[info.Code], row => Assert.Equal((info.NumericCode, Digits(info)), row)));
    }

    private static string Digits(CurrencyInfo info) => info.IsPayable ? info.DecimalDigits.ToString(CultureInfo.InvariantCulture) : "";
}

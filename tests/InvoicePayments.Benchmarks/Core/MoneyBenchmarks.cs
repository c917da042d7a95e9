using BenchmarkDotNet.Attributes;

namespace InvoicePayments.Benchmarks;

/// <summary>Money: sums, texts, and parts that sum to the whole.</summary>
[MemoryDiagnoser]
public class MoneyBenchmarks
{
    private static readonly Money One = Money.FromMinorUnits(12_345, Currency.EUR);
    private static readonly Money Other = Money.FromMinorUnits(67_890, Currency.EUR);
    private static readonly long[] Weights = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];

    /// <summary>Checked, and of one currency.</summary>
    [Benchmark]
    public Money Add() => One + Other;

    /// <summary>With its currency.</summary>
    [Benchmark]
    public string Print() => One.ToString();

    /// <summary>And back again.</summary>
    [Benchmark]
    public Money Parse() => Money.Parse("EUR 123.45");

    /// <summary>Ten parts by largest remainder.</summary>
    [Benchmark]
    public IReadOnlyList<Money> Allocate() => One.Split(Weights);
}

using BenchmarkDotNet.Attributes;

namespace InvoicePayments.Benchmarks;

/// <summary>The hash that chains a fact to the one before it.</summary>
[MemoryDiagnoser]
public class FactBenchmarks
{
    private readonly InvoiceEvent _fact = new InvoiceEvent.Issued(new("acc_1"), Money.FromMinorUnits(12_345, Currency.EUR), null)
    {
        Tenant = TenantId.Default, Invoice = new("inv_1"), Sequence = 1, At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    /// <summary>SHA-256 over the fact in canonical form.</summary>
    [Benchmark]
    public Fingerprint Hash() => FactChain.HashOf(_fact);
}

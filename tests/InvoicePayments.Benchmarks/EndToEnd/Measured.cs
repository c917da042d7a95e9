namespace InvoicePayments.Benchmarks;

/// <summary>What one contender did in one round, or in the median of its rounds.</summary>
/// <param name="PerSecond">Payments a second.</param>
/// <param name="Median">Half of the calls took no longer, in milliseconds.</param>
/// <param name="P99">99 of 100 calls took no longer, in milliseconds.</param>
/// <param name="Bytes">What was allocated per call, in this process, by everybody in it.</param>
/// <param name="CpuMicroseconds">What this process's processors worked per call; the database is another process.</param>
/// <param name="Refused">How many calls were sent away.</param>
internal sealed record Measured(double PerSecond, double Median, double P99, double Bytes, double CpuMicroseconds, double Refused)
{
    /// <summary>Of what is no call of its own only the rate is known.</summary>
    internal static Measured OfRate(double perSecond) => new(perSecond, 0, 0, 0, 0, 0);

    internal static Measured MedianOf(IReadOnlyList<Measured> rounds) => new(
        MedianOf(rounds, m => m.PerSecond), MedianOf(rounds, m => m.Median), MedianOf(rounds, m => m.P99), MedianOf(rounds, m => m.Bytes),
        MedianOf(rounds, m => m.CpuMicroseconds), MedianOf(rounds, m => m.Refused));

    private static double MedianOf(IReadOnlyList<Measured> rounds, Func<Measured, double> value)
    {
        var sorted = rounds.Select(value).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

using System.Diagnostics;
using System.Globalization;

namespace InvoicePayments.Benchmarks;

/// <summary>So many callers, each of which asks again as soon as it is answered.</summary>
internal static class Crowd
{
    private static long _keys = Stopwatch.GetTimestamp();

    /// <summary>
    /// How long a first round is, which does not count: it lets everybody's code be compiled for good and everybody's pages be in memory. Compiling takes
    /// some seconds while both processors are busy, the more code somebody has the longer.
    /// </summary>
    internal static TimeSpan Warming { get; } = TimeSpan.FromSeconds(8);

    internal static async Task<Measured> RunAsync(Contender contender, int callers, TimeSpan time, Func<Random, int> invoice, Func<Contender, int, string, Task> pay, Func<int, string>? key = null)
    {
        await ForAsync(contender, callers, TimeSpan.FromSeconds(0.5), invoice, pay, key);

        var refused = contender.Refused;
        var (bytes, cpu, began) = (GC.GetTotalAllocatedBytes(), Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        var took = await ForAsync(contender, callers, time, invoice, pay, key);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        (bytes, cpu) = (GC.GetTotalAllocatedBytes() - bytes, Process.GetCurrentProcess().TotalProcessorTime - cpu);

        took.Sort();
        return new(
            took.Count / seconds, took[took.Count / 2], took[(int)(took.Count * 0.99)], (double)bytes / took.Count, cpu.TotalMicroseconds / took.Count, contender.Refused - refused);
    }

    internal static string NewKey() => string.Create(CultureInfo.InvariantCulture, $"k{Interlocked.Increment(ref _keys)}");

    private static async Task<List<double>> ForAsync(Contender contender, int callers, TimeSpan time, Func<Random, int> invoice, Func<Contender, int, string, Task> pay, Func<int, string>? key)
    {
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var all = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var (random, took) = (new Random(caller), new List<double>(4096));
            while (Stopwatch.GetTimestamp() < end)
            {
                var (number, asked) = (invoice(random), Stopwatch.GetTimestamp());
                await pay(contender, number, key?.Invoke(number) ?? NewKey());
                took.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }

            return took;
        })));
        return [.. all.SelectMany(took => took)];
    }
}

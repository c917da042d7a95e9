using System.Globalization;

namespace InvoicePayments.Benchmarks;

/// <summary>Runs scenarios and prints what each contender did, and how many times as much as the others that is.</summary>
internal static class EndToEnd
{
    private const string Invoices = "growth-invoices", Payments = "growth-payments", Collected = "collection";

    private static IEnumerable<string> Names => [.. Scenario.All.Select(s => s.Name), Invoices, Payments, Collected];

    internal static async Task<int> RunAsync(string[] names)
    {
        var unknown = names.Except(Names).ToList();
        if (unknown.Count > 0)
        {
            Console.Error.WriteLine($"There is no scenario {string.Join(", ", unknown)}. There are: {string.Join(", ", Names)}.");
            return 2;
        }

        var rounds = Number("INVOICEPAYMENTS_BENCHMARK_ROUNDS", 5);
        var time = TimeSpan.FromSeconds(Number("INVOICEPAYMENTS_BENCHMARK_SECONDS", 3));
        await using var ground = await Ground.OpenAsync();
        var results = new Results();
        foreach (var scenario in Scenario.All.Where(s => names.Length == 0 || names.Contains(s.Name)))
        {
            Console.WriteLine(scenario.Sentence);
            var medians = await scenario.RunAsync(ground, rounds, time);
            foreach (var (contender, median) in medians) Console.WriteLine(Line(contender, median, medians[0].Median));
            results.Put(scenario, medians);
        }

        if (IsWanted(Invoices)) await Growth.RunInvoicesAsync(ground, results, rounds, time, Number("INVOICEPAYMENTS_BENCHMARK_INVOICES", 10_000_000));
        if (IsWanted(Payments)) await Growth.RunPaymentsAsync(ground, results, rounds, time, Number("INVOICEPAYMENTS_BENCHMARK_PAYMENTS", 100_000));
        if (IsWanted(Collected)) await Collection.RunAsync(ground, results, Number("INVOICEPAYMENTS_BENCHMARK_DUE", 1_000_000));
        results.Save();
        return 0;

        bool IsWanted(string name) => names.Length == 0 || names.Contains(name);
    }

    internal static string Line(string contender, Measured median, Measured ours) => string.Create(CultureInfo.InvariantCulture,
        $"  {contender,-32} {median.PerSecond,9:N0}/s  {ours.PerSecond / median.PerSecond,6:0.00} ×  p50 {median.Median,8:0.00} ms  p99 {median.P99,8:0.00} ms  {median.Bytes,8:N0} B  {median.CpuMicroseconds,6:N0} µs  {median.Refused:N0} refused");

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}

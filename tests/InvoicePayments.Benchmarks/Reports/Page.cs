using System.Globalization;
using System.Text;

namespace InvoicePayments.Benchmarks;

/// <summary>Writes what was measured last into the page about performance, between its two marks, and the chart beside it.</summary>
internal static class Page
{
    private const string Begin = "<!-- measured: written by the benchmarks -->", End = "<!-- /measured -->";

    internal static int Write()
    {
        var docs = Path.Combine(SourceFolder.Root, "docs");
        var (page, rows) = (Path.Combine(docs, "performance.md"), new Results().Rows);
        var text = File.ReadAllText(page);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (from < 0 || to < from || rows.Count == 0)
        {
            Console.Error.WriteLine($"Nothing was written: {page} needs the lines {Begin} and {End}, and there have to be results of an end-to-end run.");
            return 2;
        }

        var scenarios = rows.GroupBy(r => r.Scenario).ToList();
        File.WriteAllText(page, text[..(from + Begin.Length)] + "\n\n" + Tables(scenarios) + text[to..]);
        File.WriteAllText(Path.Combine(docs, "performance.svg"), Chart.Draw(scenarios));
        return 0;
    }

    private static string Tables(List<IGrouping<string, ResultRow>> scenarios)
    {
        var text = new StringBuilder();
        foreach (var scenario in scenarios)
        {
            var ours = scenario.First().Median;
            text.Append(CultureInfo.InvariantCulture, $"**{scenario.First().Sentence}** (`{scenario.Key}`)\n\n");
            text.Append("| | a second | this library, as a multiple | median ms | p99 ms | bytes a payment | µs of the host's processors | refused |\n|---|---|---|---|---|---|---|---|\n");
            foreach (var row in scenario)
            {
                var m = row.Median;
                text.Append(CultureInfo.InvariantCulture,
                    $"| {row.Contender} | {m.PerSecond:N0} | {ours.PerSecond / m.PerSecond:0.00} × | {Known(m.Median, "0.00")} | {Known(m.P99, "0.00")} | {Known(m.Bytes, "N0")} | {Known(m.CpuMicroseconds, "N0")} | {m.Refused:N0} |\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    // Nothing takes no time at all: it was not measured.
    private static string Known(double value, string format) => value == 0 ? "–" : value.ToString(format, CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;

namespace InvoicePayments.Benchmarks;

/// <summary>Payments a second as bars, one group for each scenario, on a logarithmic scale; it follows the reader's light or dark page.</summary>
internal static class Chart
{
    private const int Left = 150, Right = 90, Width = 960, Bar = 16, Gap = 22, Top = 64;
    private const double Least = 10, Most = 100_000;

    internal static string Draw(IReadOnlyList<IGrouping<string, ResultRow>> scenarios)
    {
        var contenders = scenarios.SelectMany(s => s.Select(r => r.Contender)).Distinct().ToList();
        var height = Top + scenarios.Sum(s => s.Count() * Bar + Gap) + 24;
        var svg = new StringBuilder();
        svg.Append(Invariant($$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{height}}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Payments a second">
            <style>
              text { fill: #24292f } .grid { stroke: #d0d7de } .c0 { fill: #0969da } .c1 { fill: #8c959f } .c2 { fill: #bf8700 } .c3 { fill: #8250df }
              @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .grid { stroke: #30363d } .c0 { fill: #58a6ff } .c1 { fill: #8b949e } .c2 { fill: #d29922 } .c3 { fill: #bc8cff } }
            </style>

            """));
        for (var i = 0; i < contenders.Count; i++)
            svg.AppendLine(Invariant($"""<rect class="c{i % 4}" x="{12 + i * 230}" y="14" width="12" height="12"/><text x="{30 + i * 230}" y="24">{Escaped(contenders[i])}</text>"""));
        for (var tick = Least; tick <= Most; tick *= 10)
            svg.AppendLine(Invariant($"""<line class="grid" x1="{At(tick):0}" x2="{At(tick):0}" y1="{Top - 12}" y2="{height - 20}"/><text x="{At(tick):0}" y="{Top - 18}" text-anchor="middle">{tick:N0}/s</text>"""));

        var y = Top;
        foreach (var scenario in scenarios)
        {
            svg.AppendLine(Invariant($"""<text x="{Left - 12}" y="{y + scenario.Count() * Bar / 2 + 4}" text-anchor="end">{Escaped(scenario.Key)}</text>"""));
            foreach (var row in scenario)
            {
                var end = At(row.Median.PerSecond);
                svg.AppendLine(Invariant($"""<rect class="c{contenders.IndexOf(row.Contender) % 4}" x="{Left}" y="{y}" width="{Math.Max(1, end - Left):0}" height="{Bar - 3}"/><text x="{end + 6:0}" y="{y + 11}">{row.Median.PerSecond:N0}</text>"""));
                y += Bar;
            }

            y += Gap;
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static double At(double perSecond) =>
        Left + (Width - Left - Right) * Math.Clamp(Math.Log10(Math.Max(perSecond, Least) / Least) / Math.Log10(Most / Least), 0, 1);

    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

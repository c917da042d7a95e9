using System.Text.Json;

namespace InvoicePayments.Benchmarks;

/// <summary>The latest medians of every scenario, in a file beside the build's other output; a run of some leaves the others as they were.</summary>
internal sealed class Results
{
    private static readonly string File = Path.Combine(SourceFolder.Root, "artifacts", "benchmarks.json");
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal Results() => Rows = System.IO.File.Exists(File) ? JsonSerializer.Deserialize<List<ResultRow>>(System.IO.File.ReadAllText(File)) ?? [] : [];

    internal List<ResultRow> Rows { get; }

    internal void Put(Scenario scenario, IReadOnlyList<(string Contender, Measured Median)> medians) =>
        Put(scenario.Name, scenario.Sentence, medians);

    internal void Put(string scenario, string sentence, IReadOnlyList<(string Contender, Measured Median)> medians)
    {
        Rows.RemoveAll(r => r.Scenario == scenario);
        Rows.AddRange(medians.Select(m => new ResultRow(scenario, sentence, m.Contender, m.Median)));
    }

    internal void Save()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, JsonSerializer.Serialize(Rows, Indented));
    }
}

/// <summary>One contender's medians in one scenario.</summary>
internal sealed record ResultRow(string Scenario, string Sentence, string Contender, Measured Median);

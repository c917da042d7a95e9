using System.Text.Json;

namespace InvoicePayments.Mutants;

/// <summary>One change that Stryker made.</summary>
/// <param name="Id">Its number, by which it is switched on.</param>
/// <param name="File">Where, below the project's folder.</param>
/// <param name="Line">On which line.</param>
/// <param name="What">What was there, and what is there instead.</param>
internal sealed record Change(int Id, string File, int Line, string What)
{
    internal string Folder => File[..File.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>Those that count: not the ones that do not compile, are inside a block that goes already, or are texts.</summary>
    internal static IReadOnlyList<Change> In(string report, string project)
    {
        using var json = JsonDocument.Parse(System.IO.File.ReadAllText(report));
        return [.. json.RootElement.GetProperty("files").EnumerateObject().SelectMany(file => Of(file.Name.Split(project + "/")[^1], file.Value)).OrderBy(c => c.Id)];
    }

    private static IEnumerable<Change> Of(string name, JsonElement file)
    {
        var lines = file.GetProperty("source").GetString()!.Split('\n');
        foreach (var mutant in file.GetProperty("mutants").EnumerateArray().Where(m => m.GetProperty("status").GetString() is not ("Ignored" or "CompileError")))
        {
            var (start, end) = (mutant.GetProperty("location").GetProperty("start"), mutant.GetProperty("location").GetProperty("end"));
            var line = start.GetProperty("line").GetInt32();
            var to = end.GetProperty("line").GetInt32() == line ? end.GetProperty("column").GetInt32() - 1 : lines[line - 1].Length;
            var was = lines[line - 1][(start.GetProperty("column").GetInt32() - 1)..to].Trim();
            var now = mutant.TryGetProperty("replacement", out var text) ? text.GetString()!.ReplaceLineEndings(" ") : "";
            yield return new(int.Parse(mutant.GetProperty("id").GetString()!, System.Globalization.CultureInfo.InvariantCulture), name, line, $"{was} → {now}");
        }
    }
}

using System.Globalization;

namespace InvoicePayments.Mutants;

/// <summary>What became of each change: one line each, of which the last counts.</summary>
internal static class Results
{
    internal static IReadOnlyDictionary<int, string> Read(string file)
    {
        var verdicts = new Dictionary<int, string>();
        foreach (var line in File.Exists(file) ? File.ReadAllLines(file) : [])
        {
            var parts = line.Split('\t');
            verdicts[int.Parse(parts[0], CultureInfo.InvariantCulture)] = parts[1];
        }

        return verdicts;
    }

    internal static void Write(IReadOnlyList<Change> changes, IReadOnlyList<Change> left)
    {
        foreach (var change in left) Console.WriteLine($"{change.File}:{change.Line}  {change.What}");
        Console.WriteLine();
        foreach (var folder in changes.GroupBy(c => c.Folder)) Line(folder.Key, folder.Count(), left.Count(c => c.Folder == folder.Key));
        Line("together", changes.Count, left.Count);
    }

    private static void Line(string name, int tried, int survived) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {name} | {tried:N0} | {tried - survived:N0} | {survived:N0} | {100.0 * (tried - survived) / tried:F2} % |"));
}

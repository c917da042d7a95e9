using System.Globalization;

namespace InvoicePayments.Mutants;

/// <summary>What became of each change: one line each, of which the last counts.</summary>
internal static class Results
{
    private const int MostSpecific = 8;

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

    /// <summary>Of each change that was tried with the rows of the five systems: the rows that noticed it, each with its test.</summary>
    internal static IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> ReadRows(string file) =>
        (File.Exists(file) ? File.ReadAllLines(file) : []).Select(line => line.Split('\t')).ToLookup(l => int.Parse(l[0], CultureInfo.InvariantCulture), l => l[2]).ToDictionary(
            change => change.Key,
            change => (IReadOnlyDictionary<string, string>)change.Last().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split('=')).ToDictionary(r => r[0], r => r[1]));

    /// <summary>Of each row the changes that fewest other rows notice.</summary>
    internal static void WriteRows(IReadOnlyList<Change> changes, IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> noticed)
    {
        foreach (var row in noticed.Values.SelectMany(v => v.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            Console.WriteLine(row);
            foreach (var change in changes.Where(c => noticed.TryGetValue(c.Id, out var by) && by.ContainsKey(row)).OrderBy(c => noticed[c.Id].Count).Take(MostSpecific))
                Console.WriteLine($"  {change.File}:{change.Line}  {change.What}  {noticed[change.Id][row]}  [{string.Join(' ', noticed[change.Id].Keys.Where(r => r != row))}]");
        }
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

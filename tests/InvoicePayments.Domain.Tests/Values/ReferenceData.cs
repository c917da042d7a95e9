namespace InvoicePayments.Tests;

/// <summary>Finds data files that are kept beside the sources; a test that needs one is skipped, by name, without it.</summary>
internal static class ReferenceData
{
    internal static string[] LinesOrSkip(string relativePath)
    {
        var path = Folders().Select(folder => Path.Combine(folder, relativePath)).FirstOrDefault(File.Exists);
        if (path is null) Assert.Skip($"The data file {relativePath} is not here; INVOICEPAYMENTS_DATA names the folder that holds it.");
        return File.ReadAllLines(path);
    }

    /// <summary>The folder of that name among the data; null when it is not here.</summary>
    internal static string? FolderOf(string name) => Folders().Select(folder => Path.Combine(folder, name)).FirstOrDefault(Directory.Exists);

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("INVOICEPAYMENTS_DATA") is { Length: > 0 } named) yield return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var isRoot = File.Exists(Path.Combine(folder.FullName, "InvoicePayments.sln"));
            if (isRoot) yield return Path.Combine(folder.FullName, "..", "shared", "data");
        }
    }
}

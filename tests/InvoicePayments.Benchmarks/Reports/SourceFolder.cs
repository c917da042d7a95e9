using System.Runtime.CompilerServices;

namespace InvoicePayments.Benchmarks;

/// <summary>Where the sources are.</summary>
internal static class SourceFolder
{
    /// <summary>The folder of the solution.</summary>
    internal static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", ".."));

    private static string Here([CallerFilePath] string file = "") => file;
}

namespace InvoicePayments.Tests;

/// <summary>The repository that the tests were built from, and whether this run approves what it finds there.</summary>
internal static class SourceTree
{
    public const string HowToApprove = "INVOICEPAYMENTS_APPROVE=1 dotnet test tests/InvoicePayments.Architecture.Tests -c Release";

    public static bool Approving => Environment.GetEnvironmentVariable("INVOICEPAYMENTS_APPROVE") == "1";

    private static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(string path) =>
        File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "InvoicePayments.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds InvoicePayments.sln.");
    }
}

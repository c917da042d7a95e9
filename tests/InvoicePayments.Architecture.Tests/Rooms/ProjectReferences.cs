using System.Xml.Linq;

namespace InvoicePayments.Tests;

public sealed class ProjectReferences
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["InvoicePayments.Domain"] = [],
        ["InvoicePayments"] = ["InvoicePayments.Domain"],
        ["InvoicePayments.Sqlite"] = ["InvoicePayments", "InvoicePayments.Domain"],
        ["InvoicePayments.PostgreSql"] = ["InvoicePayments", "InvoicePayments.Domain"],
        ["InvoicePayments.Stripe"] = ["InvoicePayments", "InvoicePayments.Domain"],
        ["InvoicePayments.Testing"] = ["InvoicePayments", "InvoicePayments.Domain"],
    };

    private static readonly string[] TestFrameworks =
    [
        "xunit", "nunit", "mstest", "tunit", "fscheck",
        "microsoft.net.test.sdk", "microsoft.visualstudio.testplatform", "microsoft.testing",
    ];

    [Theory]
    [MemberData(nameof(Libraries.Names), MemberType = typeof(Libraries))]
    public void ALibraryReferencesOnlyWhatItMay(string library)
    {
        var ours = References(library, "ProjectReference").Concat(Used(library)).Where(name => MayReference.ContainsKey(name));

        Assert.Empty(ours.Except(MayReference[library]));
    }

    [Fact]
    public void TheCoreStandsOnTheBaseLibraryAlone()
    {
        var shared = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var foreign = Used("InvoicePayments.Domain").Where(name => !File.Exists(Path.Combine(shared, name + ".dll"))
            || new[] { "System.Net", "System.Data", "Microsoft." }.Any(no => name.StartsWith(no, StringComparison.Ordinal)));

        Assert.Empty(foreign);
    }

    [Theory]
    [MemberData(nameof(Libraries.Names), MemberType = typeof(Libraries))]
    public void NoLibraryKnowsATestFramework(string library)
    {
        var named = References(library, "PackageReference").Concat(Used(library));

        Assert.DoesNotContain(named, name => TestFrameworks.Any(no => name.StartsWith(no, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void EveryLibraryIsLookedAt()
    {
        var projects = Directory.EnumerateFiles(SourceTree.PathOf("src"), "*.csproj", SearchOption.AllDirectories);

        Assert.Equal(
            projects.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            Libraries.All.Select(a => a.GetName().Name).Order(StringComparer.Ordinal));
    }

    // A reference that no code uses is in the project file alone; one that came with another package is in the assembly alone.
    private static IEnumerable<string> References(string library, string kind) =>
        XDocument.Load(SourceTree.PathOf("src", library, library + ".csproj")).Descendants(kind)
            .Select(reference => reference.Attribute("Include")!.Value)
            .Select(name => kind == "ProjectReference" ? Path.GetFileNameWithoutExtension(name) : name);

    private static IEnumerable<string> Used(string library) =>
        Libraries.Named(library).GetReferencedAssemblies().Select(a => a.Name!);
}

using System.Reflection;
using System.Text.RegularExpressions;

namespace InvoicePayments.Tests;

/// <summary>Holds docs/parity.md to the rows and to the tests that carry them.</summary>
public sealed partial class ParityPageTests
{
    private static string[] Page { get; } = [.. IdsIn(File.ReadAllLines(SourceTree.PathOf("docs", "parity.md")))];

    [Fact]
    public void EveryRow_StandsOnThePageOnce()
    {
        var rows = IdsIn(ReferenceData.LinesOrSkip(Path.Combine("..", "parity.md")));

        Assert.Equal(rows.Order(StringComparer.Ordinal), Page.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryRow_WasBrokenOnPurpose()
    {
        var broken = IdsIn(File.ReadAllLines(SourceTree.PathOf("docs", "parity-proof.md")));

        Assert.Equal(Page.Order(StringComparer.Ordinal), broken.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryRow_IsCarriedByATest_AndNothingElseIs()
    {
        var carried = typeof(ParityPageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .SelectMany(test => test.GetCustomAttribute<ParityAttribute>()?.Ids ?? []).ToHashSet();

        Assert.Empty(Page.Except(carried));
        Assert.Empty(carried.Except(Page));
    }

    private static IEnumerable<string> IdsIn(IEnumerable<string> lines) =>
        lines.Select(line => RowId().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^\| ([A-Z]{3}-\d\d) \|")]
    private static partial Regex RowId();
}

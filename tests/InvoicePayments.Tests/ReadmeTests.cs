namespace InvoicePayments.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void TheHostInTheReadme_IsTheSampleThatIsCompiledAndRuns()
    {
        var readme = Between(Lines("README.md"), "```csharp", "```");
        var sample = Between(Lines("samples", "ReadmeExample", "Program.cs"), "// <readme>", "// </readme>");

        Assert.NotEmpty(readme);
        Assert.Equal(sample, readme);
    }

    [Fact]
    public void TheCommandsInTheReadme_NameWhatIsThere()
    {
        var commands = Between(Lines("README.md"), "```bash", "```").Select(line => line.Split('#')[0].TrimEnd());

        Assert.Equal(["dotnet run --project samples/QuickStart", "bash tests/run.sh"], commands);
        Assert.True(File.Exists(SourceTree.PathOf("samples", "QuickStart", "QuickStart.csproj")));
        Assert.True(File.Exists(SourceTree.PathOf("tests", "run.sh")));
    }

    private static string[] Between(string[] lines, string first, string last)
    {
        var inside = lines.SkipWhile(line => line.Trim() != first).Skip(1).TakeWhile(line => line.Trim() != last).ToList();
        var indent = inside.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return [.. inside.Select(line => line.Length > 0 ? line[indent..] : line)];
    }

    private static string[] Lines(params string[] path) => [.. File.ReadAllLines(SourceTree.PathOf(path)).Select(line => line.TrimEnd())];
}

namespace InvoicePayments.Tests;

public sealed class RejectionListTests
{
    private static readonly string Path = SourceTree.PathOf("docs", "rejections.md");

    [Fact]
    public void ThePageListsEveryRejectionUnderItsClass()
    {
        var page = SourceTree.Read(Path);
        var listed = Enum.GetValues<RejectionClass>()
            .Aggregate(page, (text, each) => StateDiagrams.Replace(text, Mark(each), TableOf(each)));

        ApprovedText.Check(Path, page, listed);
    }

    private static string Mark(RejectionClass each) => each.ToString().ToLowerInvariant();

    private static string TableOf(RejectionClass each) => "| code | what is wrong | what to do |\n|---|---|---|\n" + string.Concat(
        Rejection.All.Where(r => r.Class == each).OrderBy(r => r.Code, StringComparer.Ordinal)
            .Select(r => $"| `{r.Code}` | {r.Message} | {r.WhatToDo} |\n"));
}

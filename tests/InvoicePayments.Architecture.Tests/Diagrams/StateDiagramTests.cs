namespace InvoicePayments.Tests;

public sealed class StateDiagramTests
{
    private static readonly string Path = SourceTree.PathOf("docs", "states.md");

    [Fact]
    public void ThePageShowsTheTables()
    {
        var page = SourceTree.Read(Path);
        var drawn = StateDiagrams.Replace(page, "invoice", StateDiagrams.Invoice);

        ApprovedText.Check(Path, page, StateDiagrams.Replace(drawn, "payment", StateDiagrams.Payment));
    }

    [Fact]
    public void EveryStepOfAnInvoice_IsAnArrow()
    {
        var lines = StateDiagrams.Invoice.Split('\n').Select(line => line.Trim()).ToList();

        Assert.All(
            InvoiceStateMachine.Transitions,
            step => Assert.Contains($"{step.From?.ToString() ?? "[*]"} --> {step.To}: {step.Verb}", lines));
        Assert.Contains("[*] --> Open: issue", lines);
        Assert.Contains("Void --> [*]", lines);
    }

    [Fact]
    public void EveryStatusOfAnOperation_IsInThePicture()
    {
        var words = StateDiagrams.Payment.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

        Assert.All(Enum.GetNames<OperationStatus>(), status => Assert.Contains(status, words));
        Assert.Contains("[*] --> Pending\n", StateDiagrams.Payment, StringComparison.Ordinal);
        Assert.Contains("Authorized --> Final\n", StateDiagrams.Payment, StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyWhatStandsBetweenTheMarks_IsRewritten() =>
        Assert.Equal(
            "before\n<!-- generated: invoice -->\nnew\n<!-- end -->\nafter",
            StateDiagrams.Replace("before\n<!-- generated: invoice -->\nold\n<!-- end -->\nafter", "invoice", "new\n"));

    [Fact]
    public void APageWithoutMarks_IsNotTakenForAPageWithoutChanges() =>
        Assert.Throws<InvalidOperationException>(() => StateDiagrams.Replace("nothing here", "invoice", "new\n"));
}

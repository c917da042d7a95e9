namespace InvoicePayments.Tests;

/// <summary>Workers that do what nobody may do are found out by the same comparison; without any other fault than those of the gateway.</summary>
public sealed class ItBitesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("NewReference", "of which the books know nothing")]
    [InlineData("FreesOnTimeout", "and the gateway moved")]
    [InlineData("LosesDeliveries", "was never delivered")]
    [InlineData("AcknowledgesTooEarly", "somebody was told")]
    public async Task AWorkerWithAFlaw_IsFoundOut(string flaw, string finding)
    {
        var folder = Directory.CreateTempSubdirectory("invoice-payments-chaos-books-");
        await using var run = await ChaosRun.StartAsync("sqlite", $"Data Source={Path.Combine(folder.FullName, "payments.db")}", [Enum.Parse<Flaw>(flaw)], gatewayFaults: 25);
        await run.WorkUntilAsync(movements: 120);
        var report = await run.EndAsync();
        folder.Delete(recursive: true);
        output.WriteLine($"{flaw}: found {report.Violations.Count} times in {report.Books.Invoices} invoices, such as: {report.Findings.Split('\n')[0]}");
        Assert.Contains(report.Violations, violation => violation.Contains(finding, StringComparison.Ordinal));
    }
}

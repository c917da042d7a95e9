using System.Globalization;

namespace InvoicePayments.Tests;

/// <summary>What was done in a run, and what became of it.</summary>
/// <param name="Faults">What was done, by kind.</param>
/// <param name="Books">What the books, the ledger and the logs say.</param>
/// <param name="Violations">What does not fit.</param>
internal sealed record ChaosReport(IReadOnlyDictionary<string, int> Faults, Books Books, IReadOnlyList<string> Violations)
{
    /// <summary>The first violations, for a failing test; empty when there is none.</summary>
    public string Findings => string.Join('\n', Violations.Take(20));

    public string Tell(string name) => string.Create(
        CultureInfo.InvariantCulture,
        $"Chaos on {name}: {string.Join(", ", Faults.Select(f => $"{f.Key} {f.Value}"))}; calls that the store could not answer: {Books.StoreTrouble}; "
        + $"{Books.Invoices} invoices, {Books.Operations} operations, {Books.Movements} movements at the gateway, {Books.Acknowledgements} acknowledgements, {Books.Facts} facts, {Books.Deliveries} deliveries; "
        + $"nothing open {Books.Drained.TotalSeconds:0.0} s after the workers stopped; {Violations.Count} violations.");
}

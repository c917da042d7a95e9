namespace InvoicePayments.Tests;

/// <summary>What processes wrote down while they lived: the gateway its movements, workers what they told clients and delivered.</summary>
internal sealed class Logs(ChaosSettings settings)
{
    public IReadOnlyList<LedgerLine> Ledger { get; } = LedgerLine.ReadAll(settings.Ledger);

    public IReadOnlyList<Acknowledgement> Acknowledgements { get; } = [.. settings.AckFiles.SelectMany(file => AppendedFile.Lines(file)).Select(Acknowledgement.Parse)];

    public static IReadOnlyList<Delivery> DeliveriesOf(ChaosSettings settings) =>
        [.. settings.DeliveryFiles.SelectMany(file => AppendedFile.Lines(file)).Select(Delivery.Parse)];
}

using System.Text.Json;

namespace InvoicePayments.Tests;

/// <summary>Where the books, the gateway and the logs of one run are. In the run's folder, where every worker finds it.</summary>
/// <param name="Folder">The run's folder.</param>
/// <param name="Store">postgresql or sqlite.</param>
/// <param name="ConnectionString">Where the books are.</param>
/// <param name="Gateway">Where the gateway listens.</param>
/// <param name="Clients">How many clients a worker serves at once.</param>
/// <param name="Pace">How long a client waits after an invoice, on average, in milliseconds.</param>
internal sealed record ChaosSettings(string Folder, string Store, string ConnectionString, string Gateway, int Clients, int Pace)
{
    public string Ledger => Path.Combine(Folder, "ledger.jsonl");

    public void Save() => File.WriteAllText(PathIn(Folder), JsonSerializer.Serialize(this));

    public static ChaosSettings Load(string folder) => JsonSerializer.Deserialize<ChaosSettings>(File.ReadAllText(PathIn(folder)))!;

    /// <summary>The log of what a worker has acknowledged.</summary>
    public string AcksOf(string worker) => Path.Combine(Folder, $"acks-{worker}.log");

    /// <summary>Where a worker delivers facts to.</summary>
    public string DeliveriesOf(string worker) => Path.Combine(Folder, $"delivered-{worker}.log");

    public IEnumerable<string> AckFiles => Directory.EnumerateFiles(Folder, "acks-*.log");

    public IEnumerable<string> DeliveryFiles => Directory.EnumerateFiles(Folder, "delivered-*.log");

    private static string PathIn(string folder) => Path.Combine(folder, "chaos.json");
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InvoicePayments.Tests;

/// <summary>Facts as an earlier version wrote them go on being read, say the same, and keep their hashes. Frozen lines are never changed; new versions add a file.</summary>
public sealed class FrozenFactsTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Frozen");

    public static TheoryData<string> CreditLines => [.. Directory.GetFiles(Folder, "credit.v*.jsonl").SelectMany(File.ReadAllLines)];

    public static TheoryData<string> Lines => [.. Directory.GetFiles(Folder, "facts.v*.jsonl").SelectMany(File.ReadAllLines)];

    [Theory]
    [MemberData(nameof(Lines))]
    public void AFrozenFact_IsRead_WrittenTheSame_AndKeepsItsHash(string line)
    {
        var frozen = JsonNode.Parse(line)!;
        var fact = Json.Read(Encoding.UTF8.GetBytes(frozen["fact"]!.ToJsonString()), StoreJson.Default.InvoiceEvent);

        Assert.Equal((int)frozen["fact"]!["schema_version"]!, fact.SchemaVersion);
        Assert.Equal((string)frozen["hash"]!, FactChain.HashOf(fact).Value);
        var written = JsonSerializer.SerializeToNode(fact, StoreJson.Default.InvoiceEvent);
        Assert.True(JsonNode.DeepEquals(frozen["fact"], written), $"It is written as {written!.ToJsonString()}");
    }

    [Theory]
    [MemberData(nameof(CreditLines))]
    public void AFrozenFactOfCredit_IsRead_WrittenTheSame_AndKeepsItsHash(string line)
    {
        var frozen = JsonNode.Parse(line)!;
        var fact = Json.Read(Encoding.UTF8.GetBytes(frozen["fact"]!.ToJsonString()), StoreJson.Default.CreditEvent);

        Assert.Equal((int)frozen["fact"]!["schema_version"]!, fact.SchemaVersion);
        Assert.Equal((string)frozen["hash"]!, FactChain.HashOf(fact).Value);
        Assert.True(JsonNode.DeepEquals(frozen["fact"], JsonSerializer.SerializeToNode(fact, StoreJson.Default.CreditEvent)), line);
    }

    [Fact]
    public void EveryTypeOfFactOfCredit_IsFrozenInTheCurrentVersion()
    {
        var file = Path.Combine(Folder, $"credit.v{CreditEvent.CurrentSchemaVersion}.jsonl");
        if (Environment.GetEnvironmentVariable("INVOICEPAYMENTS_FREEZE_CREDIT") is { Length: > 0 } source)
            File.WriteAllLines(source, FactSamples.OfCredit.Select(f => new JsonObject { ["hash"] = FactChain.HashOf(f).Value, ["fact"] = JsonSerializer.SerializeToNode(f, StoreJson.Default.CreditEvent) }.ToJsonString()));

        Assert.Equal(
            FactSamples.OfCredit.Select(f => (string)JsonSerializer.SerializeToNode(f, StoreJson.Default.CreditEvent)!["type"]!).Order(),
            File.ReadLines(file).Select(line => (string)JsonNode.Parse(line)!["fact"]!["type"]!).Order());
    }

    [Fact]
    public void EveryTypeOfFact_IsFrozenInTheCurrentVersion()
    {
        var file = Path.Combine(Folder, $"facts.v{InvoiceEvent.CurrentSchemaVersion}.jsonl");
        if (Environment.GetEnvironmentVariable("INVOICEPAYMENTS_FREEZE") is { Length: > 0 } source) Freeze(source);
        var frozen = File.ReadLines(file).Select(line => (string)JsonNode.Parse(line)!["fact"]!["type"]!).ToHashSet();

        Assert.Equal(FactSamples.All.Select(f => (string)JsonSerializer.SerializeToNode(f, StoreJson.Default.InvoiceEvent)!["type"]!).Order(), frozen.Order());
    }

    // Adds what is not frozen yet, and leaves the rest alone.
    private static void Freeze(string file)
    {
        var there = File.Exists(file) ? File.ReadAllLines(file).Select(line => (string)JsonNode.Parse(line)!["fact"]!["type"]!).ToHashSet() : [];
        foreach (var fact in FactSamples.All)
        {
            var node = JsonSerializer.SerializeToNode(fact, StoreJson.Default.InvoiceEvent)!;
            if (there.Contains((string)node["type"]!)) continue;
            File.AppendAllText(file, new JsonObject { ["hash"] = FactChain.HashOf(fact).Value, ["fact"] = node }.ToJsonString() + "\n");
        }
    }
}

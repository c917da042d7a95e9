using System.Text.Json;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

/// <summary>Holds what the vocabularies write against the documents that they were taken from, where these are at hand.</summary>
public sealed class VocabularyExampleTests() : EveryStore(StoreKind.InMemory)
{
    [Fact]
    [Parity("BEY-20")]
    public async Task RapydsExample_HasTheShapeOfOurAnswer()
    {
        var example = ExampleOf("001_8301715eb86c90b9.txt", "\"status\": {");
        var created = DateTimeOffset.FromUnixTimeSeconds(1764745257);
        await Host.Service.IssueAsync(
            new()
            {
                InvoiceId = Inv, Account = Ada, Total = Eur(0), DueAt = created.AddDays(30),
                Details = new() { Billing = InvoiceBilling.PayAutomatically, DaysUntilDue = 30, DefaultPaymentMethod = new("card_1") },
            },
            Token);
        var invoice = await Host.InvoiceAsync();
        await Host.IssueAsync(id: "inv_2");
        var answer = Vocabulary.Rapyd.Answer(await Host.PayAsync(id: "inv_2"));

        Assert.Equal(ShapeOf(example.GetProperty("data"), "$"), ShapeOf(Parse(Vocabulary.Rapyd.Invoice(invoice)), "$"));
        Assert.Equal(NamesOf(example), NamesOf(Parse(answer)));
        Assert.Equal(ShapeOf(example.GetProperty("status"), "$"), ShapeOf(Parse(answer).GetProperty("status"), "$"));
        var ours = Parse(Vocabulary.Rapyd.Invoice(invoice));
        string[] alike = ["billing", "billing_reason", "days_until_due", "due_date", "payment", "period_end", "description", "status", "type"];
        Assert.All(alike, name => Assert.Equal(example.GetProperty("data").GetProperty(name).GetRawText(), ours.GetProperty(name).GetRawText()));
    }

    [Fact]
    [Parity("BEY-20")]
    public async Task BillingrailsExample_HasTheShapeOfOurAnswer()
    {
        var example = ExampleOf("004_e60218b19b3d5d97.txt", "\"payment\": {");
        await Host.Service.IssueAsync(new() { InvoiceId = new("INV-0001"), Account = Ada, Total = Money.Parse("USD 10.00", null) }, Token);
        var request = new ForeignRequest("/v1/payments", """{ "mode": "offline", "account_id": "acc_ada", "reference_id": "PAY-REF-001", "invoice_id": "INV-0001" }""") { Key = "b" };
        var offline = Parse(Vocabulary.Billingrails.Answer(await Vocabulary.Billingrails.Read(request).SendAsync(Host.Service, Token)));

        Assert.Equal(ShapeOf(example.GetProperty("payment"), "$"), ShapeOf(offline.GetProperty("payment"), "$"));
        Assert.Equal(NamesOf(example), NamesOf(offline));
        string[] alike = ["object", "amount", "currency", "description", "reference_id", "status"];
        Assert.All(alike, name => Assert.Equal(example.GetProperty("payment").GetProperty(name).GetRawText(), offline.GetProperty("payment").GetProperty(name).GetRawText()));
        var (theirs, mine) = (example.GetProperty("payment").GetProperty("created_at").GetString()!, offline.GetProperty("payment").GetProperty("created_at").GetString()!);
        Assert.Equal(string.Concat(theirs.Select(Digit)), string.Concat(mine.Select(Digit)));
    }

    [Theory]
    [InlineData("000_ac7a10879f1c0782.txt", "source_id payment_gateway gateway_token site_id payment_intent requires_action invoices/101/pay void uncollectible paid")]
    [InlineData("001_8301715eb86c90b9.txt", "payment_method idempotency redirect_url /v1/invoices/:invoice/pay error_code operation_id")]
    [InlineData("002_ed10c72a3c5daf7a.txt", "idempotency_id /invoice/{id}/pay/{method} PARTIALLY|APPLIED")]
    [InlineData("003_6e1667c5a9b0a15f.txt", "amount payment_source_id comment payment_initiator customer merchant collect_payment payment_due not_paid app_store play_store invalid_state_for_request")]
    [InlineData("004_e60218b19b3d5d97.txt", "mode account_id reference_id succeeded_at payment_method_id invoice_id payment_link")]
    public void TheWordsThatAreReadAndWritten_StandInTheDocument(string file, string words)
    {
        var text = SeedOrSkip(file);
        Assert.All(words.Split(' '), word => Assert.Contains(word.Replace('|', ' '), text, StringComparison.Ordinal));
    }

    private static char Digit(char c) => char.IsAsciiDigit(c) ? '9' : c;

    private static string SeedOrSkip(string file) => string.Join('\n', ReferenceData.LinesOrSkip(Path.Combine("..", "seeds", file)));

    private static JsonElement ExampleOf(string file, string first)
    {
        var text = SeedOrSkip(file);
        var start = text.LastIndexOf('{', text.LastIndexOf(first, StringComparison.Ordinal));
        return Parse(text[start..(text.LastIndexOf('}') + 1)]);
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static IEnumerable<string> NamesOf(JsonElement of) => of.EnumerateObject().Select(field => field.Name);

    /// <summary>Every field with its kind, in order, down to the leaves.</summary>
    private static IEnumerable<string> ShapeOf(JsonElement of, string path) => of.EnumerateObject().SelectMany(field =>
        field.Value.ValueKind == JsonValueKind.Object
            ? ShapeOf(field.Value, $"{path}.{field.Name}").Prepend($"{path}.{field.Name}")
            : [$"{path}.{field.Name}: {field.Value.ValueKind}"]);
}

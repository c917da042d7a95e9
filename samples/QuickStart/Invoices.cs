using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using InvoicePayments;

namespace QuickStart;

/// <summary>An invoice as the file has it. The library does not care where invoices come from; a row of a table would do.</summary>
internal sealed record WrittenInvoice(
    InvoiceId Id, AccountId Account, string Customer, string Description, Money Total, DateTimeOffset DueAt, string? VoidedBecause = null)
{
    public IssueInvoice ToCommand() => new()
    {
        InvoiceId = Id, Account = Account, Total = Total, DueAt = DueAt, Details = new() { Number = Id.Value, Description = Description },
    };
}

/// <summary>The invoices that lie beside the program.</summary>
/// <param name="All">In the file's order.</param>
/// <param name="DefaultFolder">Where their books are kept: a folder per user and per content of the file, so an edit begins anew.</param>
internal sealed record Invoices(IReadOnlyList<WrittenInvoice> All, string DefaultFolder)
{
    public static Invoices Read()
    {
        var file = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "invoices.json"));
        var mark = Convert.ToHexStringLower(SHA256.HashData(file))[..8];
        return new(
            JsonSerializer.Deserialize(file, InvoicesJson.Default.IReadOnlyListWrittenInvoice)!,
            Path.Combine(Path.GetTempPath(), $"invoice-payments-{Environment.UserName}", mark));
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(IReadOnlyList<WrittenInvoice>))]
internal sealed partial class InvoicesJson : JsonSerializerContext;

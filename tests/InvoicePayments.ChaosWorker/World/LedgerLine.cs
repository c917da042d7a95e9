using System.Text.Json;
using System.Text.Json.Serialization;

namespace InvoicePayments.Tests;

/// <summary>One decision of the gateway, and the answer that it gave or wanted to give. A line of its ledger.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Answer">What became of it.</param>
internal sealed record LedgerLine(WireRequest Request, WireAnswer Answer)
{
    /// <summary>Whether money moved, one way or the other: what is only held or let go has not.</summary>
    [JsonIgnore]
    public bool Moves => Answer.State == "succeeded" && !(Request.Kind == "void" && Request.Ends);

    /// <summary>Whether it gave money back.</summary>
    [JsonIgnore]
    public bool GivesBack => Request.Kind is "refund" or "void";

    /// <summary>Every whole line of a ledger's file; what a killed gateway left half-written was never decided.</summary>
    public static IReadOnlyList<LedgerLine> ReadAll(string path) =>
        [.. AppendedFile.Lines(path).Select(line => JsonSerializer.Deserialize(line, WireJson.Default.LedgerLine)!)];
}

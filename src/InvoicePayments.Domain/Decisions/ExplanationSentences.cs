using System.Diagnostics;
using System.Globalization;

namespace InvoicePayments;

/// <summary>Says an explanation in words.</summary>
internal static class ExplanationSentences
{
    internal static IReadOnlyList<string> Of(
        Invoice invoice, IReadOnlyList<OpenOperation> underWay, Rejection? refusal, IReadOnlyList<NextStep> next, DateTimeOffset now) =>
    [
        $"Invoice {invoice.Id} of {invoice.Account} is {invoice.Status}: of {invoice.Total}, {invoice.Settled} is settled, {invoice.Reserved} is reserved, and {invoice.Payable} may still be paid.",
        .. PastDue(invoice, now),
        .. underWay.Select(Sentence),
        .. refusal is null ? (string[])[] : [$"Paying everything due would be refused as {refusal.Code}: {refusal.Message}"],
        .. next.Except(underWay.Select(o => o.Next)).Select(Sentence),
    ];

    private static IEnumerable<string> PastDue(Invoice invoice, DateTimeOffset now) =>
        invoice.FlagsAt(now).HasFlag(InvoiceFlags.PastDue) ? [$"It was due at {Time(invoice.DueAt!.Value)}."] : [];

    private static string Sentence(OpenOperation open)
    {
        var operation = open.Operation;
        var reserves = open.Reserves.IsPositive ? $"reserves {open.Reserves}" : $"{(operation.Kind == OperationKind.Dispute ? "holds" : "gives")} back {open.Part}";
        var why = operation.Error is { } error ? $" ({error.Code})" : "";
        return $"{operation.Kind} {operation.Id} {reserves} and is {operation.Status}{why} since {Time(operation.CreatedAt)}. {Sentence(open.Next)}";
    }

    private static string Sentence(NextStep step) => step.What switch
    {
        NextAction.Nothing => "Nothing is left to do.",
        NextAction.Issue => "The host has to issue it before it can be paid.",
        NextAction.Pay => $"{Name(step.Who)} may pay what is payable{Until(step)}.",
        NextAction.CompleteChallenge => $"The payer has to complete the challenge{Until(step)}; after that the gateway is asked.",
        NextAction.Answer => $"The gateway is expected to answer{Until(step)}; after that it is asked.",
        NextAction.AskGateway => $"The gateway is asked what became of it{At(step)}.",
        NextAction.CaptureOrVoid => "The host has to capture what is blocked, or let it go.",
        NextAction.SettleByHand => "A person has to look it up at the gateway and settle it by hand.",
        NextAction.AnswerDispute => $"A person may hand in evidence at the gateway{Until(step)}; the gateway tells who won.",
        NextAction.GiveBack => "A person has to decide what becomes of the money that is here beyond the total.",
        _ => throw new UnreachableException(),
    };

    private static string Name(ActingParty who) => who == ActingParty.Host ? "The host" : "The payer";

    private static string Until(NextStep step) => step.At is { } at ? $" until {Time(at)}" : "";

    private static string At(NextStep step) => step.At is { } at ? $" at {Time(at)}" : "";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace InvoicePayments;

/// <summary>
/// A run told line by line: when, who, what. Only told when somebody wants to read it, and then no longer than it has to be: a call that
/// nothing came between is one line, and so are the rounds of recovery that learn nothing new.
/// </summary>
internal sealed partial class Story(EventQueue queue)
{
    internal const string Recovery = "recover";
    internal const string Delivery = "deliver";
    internal const string Release = "deliver what was given up";

    private readonly long _began = queue.Now;
    private readonly List<StoryLine> _lines = [];

    internal void Tell(SimulatedHost host, string what) => Tell($"host {host.Name}", what);

    internal void TellGateway(string what) => Tell("gateway", what);

    internal void Tell(string who, string what) => _lines.Add(new(queue.Now, who, what));

    /// <summary>A host is asked for something.</summary>
    internal void TellAsked(SimulatedHost host, string words) => Tell(host, $"is asked: {words}", StoryLineKind.Asked, words);

    /// <summary>A host answers what it was asked.</summary>
    internal void TellAnswer(SimulatedHost host, string words, string answer) => Tell(host, answer, StoryLineKind.Answered, words);

    /// <summary>A host's store has answered, and the host hears it.</summary>
    internal void TellStored(SimulatedHost host, string what) => Tell(host, what, StoryLineKind.Stored);

    /// <summary>A host dies, and with it what it was asked.</summary>
    internal void TellDeath(SimulatedHost host, string when) => Tell(host, $"dies {when}", StoryLineKind.Died);

    /// <summary>Recovery comes round once more.</summary>
    internal void TellRound() => _lines.Add(new(queue.Now, "world", "", StoryLineKind.Round));

    internal static string Short(GatewayReference reference) => reference.Value[..6] + "…";

    internal static string Word(GatewayOutcome outcome) => outcome switch
    {
        GatewayOutcome.Succeeded moved => $"moved {moved.Moved}{(moved.PartiallyApproved ? " (partly approved)" : "")}",
        GatewayOutcome.Declined no => $"declined ({no.Why.RawCode})",
        GatewayOutcome.Unknown unknown => $"unknown ({unknown.Why.Code})",
        GatewayOutcome.ActionRequired { Action: PendingAction.PaymentLink } => "a link",
        GatewayOutcome.Refused refused => $"refused ({refused.Why.Code})",
        _ => outcome.GetType().Name,
    };

    internal static string Word(GatewayNotice notice) => $"{notice.GetType().Name} {notice.Amount}";

    internal static string Word(GatewayResolution resolution) => resolution is GatewayResolution.Found found ? Word(found.Outcome) : resolution.GetType().Name;

    internal static string Word(object? answer) => answer switch
    {
        PaymentResult { ErrorCode: { } code } result => $"{result.Status} ({code}){(result.IsReplay ? ", a replay" : "")}",
        PaymentResult result => result.Status + (result.IsReplay ? ", a replay" : ""),
        InvoiceResult.Rejected no => $"rejected ({no.Why})",
        InvoiceResult.Done done => $"{done.Invoice.Status}",
        IReadOnlyList<CollectionItem> items => $"{items.Count} charged",
        IReadOnlyList<StatementMismatch> found => found.Count == 0 ? "all agrees" : string.Join(", ", found.Select(m => m.Finding.GetType().Name)),
        IReadOnlyList<DeadLetter> dead => $"{dead.Count} given up",
        NotificationReceipt { Results: [var only] } => Word((object)only),
        NotificationReceipt receipt => receipt.Reading.GetType().Name,
        FactVerification or InvoiceJournal or AccountCredit => answer.GetType().Name,
        DispatchReport report => $"delivered {report.Facts} facts, {report.Failures} failed",
        RecoveryReport report => $"looked at {report.LookedAt}, finished {report.Finished}",
        _ => answer?.GetType().Name ?? "nothing",
    };

    private void Tell(SimulatedHost host, string what, StoryLineKind kind, string? words = null) =>
        _lines.Add(new(queue.Now, $"host {host.Name}", what, kind, words));

    private string Print(StoryLine line)
    {
        var what = line.Kind == StoryLineKind.Answered ? $"answers {line.Words}: {line.What}" : line.Counted;
        return string.Create(CultureInfo.InvariantCulture, $"{TimeSpan.FromTicks(line.At - _began):d\\.hh\\:mm\\:ss\\.f}  {line.Who,-8} {what}");
    }
}

/// <summary>One thing that happened, and what is needed to see whether it belongs to the one before.</summary>
internal sealed record StoryLine(long At, string Who, string What, StoryLineKind Kind = StoryLineKind.Other, string? Words = null)
{
    /// <summary>How often the same happened in a row.</summary>
    internal int Times { get; init; } = 1;

    internal string Counted => Times == 1 ? What : $"{What}, {Times} times";
}

/// <summary>What a line of a story tells.</summary>
internal enum StoryLineKind
{
    Other,
    Asked,
    Stored,
    Answered,
    Died,
    Round,

    /// <summary>A host was asked for something, and has answered.</summary>
    Done,

    /// <summary>It was recovery, and it found nothing to do.</summary>
    Idle,
}

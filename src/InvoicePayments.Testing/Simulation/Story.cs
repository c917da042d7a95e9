using System.Globalization;

namespace InvoicePayments;

/// <summary>A run told line by line: when, who, what. Only told when somebody wants to read it.</summary>
internal sealed class Story(EventQueue queue)
{
    private readonly long _began = queue.Now;

    internal List<string> Lines { get; } = [];

    internal void Tell(SimulatedHost host, string what) => Tell($"host {host.Name}", what);

    internal void TellGateway(string what) => Tell("gateway", what);

    internal void Tell(string who, string what) =>
        Lines.Add(string.Create(CultureInfo.InvariantCulture, $"{TimeSpan.FromTicks(queue.Now - _began):d\\.hh\\:mm\\:ss\\.f}  {who,-8} {what}"));

    internal static string Short(GatewayReference reference) => reference.Value[..6] + "…";

    internal static string Word(GatewayOutcome outcome) => outcome switch
    {
        GatewayOutcome.Succeeded moved => $"moved {moved.Moved}{(moved.PartiallyApproved ? " (partly approved)" : "")}",
        GatewayOutcome.Declined no => $"declined ({no.Why.RawCode})",
        GatewayOutcome.Unknown unknown => $"unknown ({unknown.Why.Code})",
        GatewayOutcome.Refused refused => $"refused ({refused.Why.Code})",
        _ => outcome.GetType().Name,
    };

    internal static string Word(GatewayResolution resolution) => resolution is GatewayResolution.Found found ? Word(found.Outcome) : resolution.GetType().Name;

    internal static string Word(object? answer) => answer switch
    {
        PaymentResult { ErrorCode: { } code } result => $"{result.Status} ({code}){(result.IsReplay ? ", a replay" : "")}",
        PaymentResult result => result.Status + (result.IsReplay ? ", a replay" : ""),
        InvoiceResult.Rejected no => $"rejected ({no.Why})",
        InvoiceResult.Done done => $"{done.Invoice.Status}",
        DispatchReport report => $"delivered {report.Facts} facts, {report.Failures} failed",
        RecoveryReport report => $"looked at {report.LookedAt}, finished {report.Finished}",
        _ => answer?.GetType().Name ?? "nothing",
    };
}

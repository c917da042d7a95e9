namespace InvoicePayments.Tests;

/// <summary>Stores and adapters that get wrong what belongs to several: invoices, instalments, recipients, captures, runs.</summary>
internal static class SharingBugs
{
    public static IReadOnlyList<Bug> All { get; } =
    [
        Of("CommitsOneOfSeveral", "Of the invoices of one payment each is written in a transaction of its own, and the second fails.", (_, c) =>
            IsShared(c, part => part.Request is null) ? Only(c, c.Operations[0].Operation.Allocation.Parts[0].Invoice) : c),
        Of("InstalmentDoesNotSettleItsWhole", "What is paid through an instalment is written on the instalment alone.", (_, c) =>
            Request(c) is { } request ? Only(c, request) : c),
        Of("LosesAPartToRounding", "What a recipient has is stored with its share cut to tens.", (_, c) => c with
        {
            Payments = [.. c.Payments.Select(p => p with { Funding = [.. p.Funding.Select(f => f with { Captured = f.Captured / 10 * 10 })] })],
        }),
        new("RunsBeforeItsTime", "The time of the next try is in a column that is not read when an invoice is loaded.")
        {
            Store = () => new()
            {
                Lie = (_, _, state) => state with { Invoices = [.. state.Invoices.Select(i => i with { Dunning = i.Dunning with { NextAt = i.Dunning.NextAt is null ? null : i.Dunning.Since } })] },
            },
        },
        Asks("TakesEveryDeclineForSoft", "Whatever the bank says, it is reported as worth another try.", async (gateway, command) =>
            await gateway.ExecuteAsync(command, default) switch
            {
                GatewayOutcome.Declined no => no with { Why = no.Why with { Advice = RetryAdvice.Later } },
                var outcome => outcome,
            }),
        Asks("CapturesMoreThanAsked", "A last capture takes all that is authorized, and reports what was asked.", async (gateway, command) =>
            command is GatewayCommand.Capture { ReleaseRest: true } capture
                ? await gateway.ExecuteAsync(capture with { Amount = AllOf(gateway, capture) }, default) is GatewayOutcome.Succeeded done
                    ? done with { Moved = command.Amount }
                    : new GatewayOutcome.Unknown(new("no_answer", "The gateway did not answer."))
                : await gateway.ExecuteAsync(command, default)),
        Of("WritesOneLegOfAFact", "Of a fact that moves money and frees what was reserved, only what moved is written.", (_, c) => c with
        {
            Facts = [.. c.Facts.Select(f => f is InvoiceEvent.Succeeded { Released.IsPositive: true } moved ? moved with { Released = Money.Zero(moved.Moved.Currency) } : f)],
        }),
    ];

    private static Bug Of(string name, string sentence, Func<BuggyStore, ChangeSet, ChangeSet?> bend) =>
        new(name, sentence) { Store = () => new() { Bend = bend } };

    private static Bug Asks(string name, string sentence, Func<IPaymentGateway, GatewayCommand, Task<GatewayOutcome>> ask) =>
        new(name, sentence) { Gateway = inner => new BuggyGateway(inner) { Ask = (gateway, command, _) => ask(gateway, command) } };

    private static Money AllOf(IPaymentGateway gateway, GatewayCommand.Capture capture)
    {
        var units = ((ScriptedGateway)gateway).Ledger.Hold(book => book.CapturableOf(capture.Of));
        return units == 0 ? capture.Amount : Money.FromMinorUnits(units, capture.Amount.Currency);
    }

    private static bool IsShared(ChangeSet changes, Func<AllocationPart, bool> which) =>
        changes.Operations is [var change, ..] && change.Operation.Allocation.Parts is { Count: > 1 } parts && parts.All(which) && change.Operation.IsFinal;

    private static InvoiceId? Request(ChangeSet changes) =>
        changes.Operations is [var change, ..] && change.Operation.Status == OperationStatus.Succeeded ? change.Operation.Allocation.Parts[0].Request : null;

    private static ChangeSet Only(ChangeSet changes, InvoiceId invoice) => changes with
    {
        Invoices = [.. changes.Invoices.Where(i => i.Id == invoice)], Facts = [.. changes.Facts.Where(f => f.Invoice == invoice)],
    };
}

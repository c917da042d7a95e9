namespace InvoicePayments.Tests;

/// <summary>Stores and adapters that get wrong what payment links ask for, and for how long.</summary>
internal static class LinkBugs
{
    public static IReadOnlyList<Bug> All { get; } =
    [
        Asks("TakesALinkForPaid", "The gateway has made the link, and that is reported as the payment.", async (gateway, command) =>
            await gateway.ExecuteAsync(command, default) switch
            {
                GatewayOutcome.ActionRequired { Id: { } id, Action: PendingAction.PaymentLink } => new GatewayOutcome.Succeeded(id, command.Amount),
                var outcome => outcome,
            }),
        Asks("AsksForAnotherAmountOnTheLink", "The amount on the link is rounded up to tens.", (gateway, command) =>
            gateway.ExecuteAsync(command is GatewayCommand.RequestLink ? command with { Amount = RoundedUp(command.Amount) } : command, default)),
        new("TakesALinkNobodyPaidForExpired", "It looks for what was paid on the link, finds nothing, and reports the link as expired, though its page still takes money.")
        {
            Gateway = inner => new BuggyGateway(inner)
            {
                LookUp = async (gateway, trace) => await gateway.ResolveAsync(trace, default) switch
                {
                    GatewayResolution.Found { Outcome: GatewayOutcome.ActionRequired { Id: { } id, Action: PendingAction.PaymentLink } } => new GatewayResolution.Found(new GatewayOutcome.Expired(id)),
                    var found => found,
                },
            },
        },
        new("ForgetsWhenALinkEnds", "When to look at a link again is not stored, so one on which nobody pays is never called off.")
        {
            Store = () => new() { Bend = (_, c) => c with { Operations = [.. c.Operations.Select(o => IsLink(o.Operation) ? o with { Operation = o.Operation with { NextCheckAt = null } } : o)] } },
        },
    ];

    private static Bug Asks(string name, string sentence, Func<IPaymentGateway, GatewayCommand, Task<GatewayOutcome>> ask) =>
        new(name, sentence) { Gateway = inner => new BuggyGateway(inner) { Ask = (gateway, command, _) => ask(gateway, command) } };

    private static bool IsLink(PaymentOperation operation) => operation.Action is PendingAction.PaymentLink;

    private static Money RoundedUp(Money amount) => Money.FromMinorUnits((amount.MinorUnits + 9) / 10 * 10, amount.Currency);
}

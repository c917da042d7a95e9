namespace InvoicePayments.Tests;

/// <summary>Adapters that ask, look up or claim wrongly.</summary>
internal static class GatewayBugs
{
    private static readonly OperationError Broken = new("connection", "The connection broke.");
    private static readonly Decline NoIdea = new(DeclineKind.Other, RetryAdvice.Later, "error", "Something went wrong.");

    public static IReadOnlyList<Bug> All { get; } =
    [
        Asks("TakesANewReferenceToResend", "Every request gets a fresh reference, so the gateway cannot know it again.",
            (gateway, command, before) => gateway.ExecuteAsync(
                before == 0 ? command : command with { Reference = new($"{command.Reference}{before}") }, default)),
        Asks("TakesUnknownForDeclined", "A 5xx is answered as a decline.", async (gateway, command, _) =>
            await gateway.ExecuteAsync(command, default) is var outcome and not GatewayOutcome.Unknown
                ? outcome
                : new GatewayOutcome.Declined(NoIdea)),
        Asks("TakesAnExceptionForNotSent", "When the connection breaks, it says that nothing was sent.", async (gateway, command, _) =>
        {
            try
            {
                return await gateway.ExecuteAsync(command, default);
            }
            catch (HttpRequestException)
            {
                return new GatewayOutcome.NotSent(Broken);
            }
        }),
        Asks("RetriesByItself", "Its HTTP client retries a 5xx, whatever the gateway makes of it.", async (gateway, command, _) =>
            await gateway.ExecuteAsync(command, default) is var outcome and not GatewayOutcome.Unknown
                ? outcome
                : await gateway.ExecuteAsync(command, default)),
        Asks("DoesNotNoticeAnotherAmount", "It reports the amount that was asked, not the one that moved.", async (gateway, command, _) =>
            await gateway.ExecuteAsync(command, default) switch
            {
                GatewayOutcome.Succeeded money => money with { Moved = command.Amount },
                var outcome => outcome,
            }),
        Asks("DoesNotSayThatItIsProcessing", "What the gateway has accepted it reports as done.", async (gateway, command, _) =>
            await gateway.ExecuteAsync(command, default) switch
            {
                GatewayOutcome.Processing { Id: { } id } => new GatewayOutcome.Succeeded(id, command.Amount),
                var outcome => outcome,
            }),
        LooksUp("SearchesWhatLagsBehind", "Its search is hours behind, and it answers absent all the same.", (gateway, trace) =>
            BuggyGateway.LookAfterAsync(TimeSpan.FromHours(4), gateway, trace)),
        new("TakesUnderWayForDeclined", "It looks among the payments that are done, and what is still under way it reports as declined.")
        {
            Gateway = inner => new BuggyGateway(inner) { LookUp = LookAmongWhatIsDone },
        },
        LooksUp("SendsAgainToFindOut", "It finds out by sending it again, which not every gateway recognises.", async (gateway, trace) =>
            new GatewayResolution.Found(await gateway.ExecuteAsync(trace.Command, default))),
        Claims("ClaimsToReplay", "It claims that a second request is recognised, and the gateway recognises none, or not for so long.",
            guarantee => guarantee with { Duplicates = DuplicateRule.ReplaySameResult, Window = TimeSpan.FromHours(24) }),

        new("ClaimsThatAbsenceProvesAtOnce", "Its search is half an hour behind, and it claims that absence proves something at once.")
        {
            Innocent = Searching,
            Gateway = inner => Searching(inner, TimeSpan.Zero),
        },
    ];

    private static async Task<GatewayResolution> LookAmongWhatIsDone(IPaymentGateway gateway, OperationTrace trace)
    {
        var found = await gateway.ResolveAsync(trace, default);
        return found is GatewayResolution.Found { Outcome: GatewayOutcome.Processing or GatewayOutcome.ActionRequired }
            ? new GatewayResolution.Found(new GatewayOutcome.Declined(NoIdea))
            : found;
    }

    private static Bug Asks(string name, string sentence, Func<IPaymentGateway, GatewayCommand, int, Task<GatewayOutcome>> ask) =>
        new(name, sentence) { Gateway = inner => new BuggyGateway(inner) { Ask = ask } };

    private static Bug LooksUp(string name, string sentence, Func<IPaymentGateway, OperationTrace, Task<GatewayResolution>> lookUp) =>
        new(name, sentence) { Gateway = inner => new BuggyGateway(inner) { LookUp = lookUp } };

    private static Bug Claims(string name, string sentence, Func<Guarantee, Guarantee> claim) =>
        new(name, sentence) { Gateway = inner => new BuggyGateway(inner) { Claim = claim } };

    /// <summary>A gateway whose search is half an hour behind, and which claims no more than it can keep.</summary>
    internal static BuggyGateway Searching(IPaymentGateway inner) => Searching(inner, TimeSpan.FromHours(1));

    private static BuggyGateway Searching(IPaymentGateway inner, TimeSpan absenceProvenAfter) => new(inner)
    {
        LookUp = (gateway, trace) => BuggyGateway.LookAfterAsync(TimeSpan.FromMinutes(30), gateway, trace),
        Claim = guarantee => guarantee with { AbsenceProvenAfter = absenceProvenAfter },
    };
}

namespace InvoicePayments;

public sealed partial class GatewayConformance
{
    private IEnumerable<ConformanceCheck> Duplicates()
    {
        yield return Check("SameReferenceFollowsTheRule", "The same reference again is treated as the profile claims, and where it claims anything no money moves again.", async kit =>
        {
            if (!kit.Claims(OperationKind.Charge)) return;
            var (command, first) = await kit.MustChargeAsync().ConfigureAwait(false);
            FollowsRule(kit, first, await kit.AskAsync(command).ConfigureAwait(false));
            await kit.MovedAsync(command, command.Amount.MinorUnits).ConfigureAwait(false);
        });

        yield return Check("DeclineIsReplayed", "A declined reference asked again stays declined; it does not become another try.", async kit =>
        {
            if (!kit.Claims(OperationKind.Charge)) return;
            var command = kit.Charge(kit.Subject.Declines);
            await kit.AskAsync(command).ConfigureAwait(false);
            var again = await kit.AskAsync(command).ConfigureAwait(false);
            Expect.That(again is GatewayOutcome.Declined or GatewayOutcome.Unknown, $"it was answered {again.GetType().Name}.");
            await kit.MovedAsync(command, 0).ConfigureAwait(false);
        });

        yield return Check("LostAnswerMovesOnce", "When the answer was lost, asking again under the same reference moves no money again.", async kit =>
        {
            if (kit.Subject.LoseNextAnswer is not { } lose || !kit.Claims(OperationKind.Charge)) return;
            await lose(kit.Token).ConfigureAwait(false);
            var command = kit.Charge();
            var first = await AskLosingAsync(kit, command).ConfigureAwait(false);
            Expect.That(first is null or GatewayOutcome.Unknown, $"the lost answer came as {first?.GetType().Name}.");
            await kit.AskAsync(command).ConfigureAwait(false);
            await kit.MovedAsync(command, command.Amount.MinorUnits).ConfigureAwait(false);
        });

        yield return Check("CrowdMovesOnce", "Of 32 requests with one reference at once money moves once.", async kit =>
        {
            if (!kit.Claims(OperationKind.Charge)) return;
            var command = kit.Charge();
            var outcomes = await StoreProbe.AtOnceAsync(Crowd, _ => kit.AskAsync(command)).ConfigureAwait(false);
            await kit.MovedAsync(command, command.Amount.MinorUnits).ConfigureAwait(false);
            var ids = outcomes.OfType<GatewayOutcome.Succeeded>().Select(s => s.Id).Distinct().Count();
            Expect.Equal(1, ids, "the number of ids among the successes");
            Expect.That(outcomes.All(o => o is GatewayOutcome.Succeeded or GatewayOutcome.Unknown or GatewayOutcome.Processing), "somebody heard something else than success or unknown.");
        });
    }

    private static void FollowsRule(GatewayProbe kit, GatewayOutcome.Succeeded first, GatewayOutcome again)
    {
        var rule = kit.Profile.For(OperationKind.Charge).Duplicates;
        if (rule == DuplicateRule.RejectedAsDuplicate)
        {
            // A rejection proves nothing about the first request, so it must not sound like a final answer.
            Expect.That(again is GatewayOutcome.Unknown, $"a rejected duplicate was answered {again.GetType().Name}.");
            return;
        }

        Expect.That(again is GatewayOutcome.Succeeded, $"under {rule} the second was answered {again.GetType().Name}.");
        Expect.Equal(first.Id, ((GatewayOutcome.Succeeded)again).Id, "the id of the second answer");
        Expect.Equal(first.Moved, ((GatewayOutcome.Succeeded)again).Moved, "the amount of the second answer");
    }

    private static async Task<GatewayOutcome?> AskLosingAsync(GatewayProbe kit, GatewayCommand command)
    {
        try
        {
            return await kit.AskAsync(command).ConfigureAwait(false);
        }
        catch (Exception lost) when (!kit.Token.IsCancellationRequested && lost is not ConformanceException)
        {
            return null;
        }
    }
}

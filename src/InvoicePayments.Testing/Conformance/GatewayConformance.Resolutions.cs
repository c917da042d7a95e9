namespace InvoicePayments;

public sealed partial class GatewayConformance
{
    private IEnumerable<ConformanceCheck> Resolutions()
    {
        yield return Check("ResolveFindsTheCharge", "Asked what became of a charge, it finds it by our reference, with the same id and amount.", async kit =>
        {
            var (command, outcome) = await kit.MustChargeAsync().ConfigureAwait(false);
            var resolution = await kit.ResolveAsync(command).ConfigureAwait(false);
            if (resolution is GatewayResolution.NotYet or GatewayResolution.NeedsPerson) return;
            var found = (resolution as GatewayResolution.Found)?.Outcome as GatewayOutcome.Succeeded;
            Expect.That(found is not null, $"it was answered {resolution}.");
            Expect.Equal(outcome.Id, found!.Id, "the id");
            Expect.Equal(outcome.Moved, found.Moved, "the amount");
        });

        yield return Check("ResolveFindsTheDecline", "Asked what became of a declined charge, it never says that money moved.", async kit =>
        {
            var command = kit.Charge(kit.Subject.Declines);
            await kit.AskAsync(command).ConfigureAwait(false);
            var resolution = await kit.ResolveAsync(command).ConfigureAwait(false);
            Expect.That(resolution is not GatewayResolution.Found { Outcome: GatewayOutcome.Succeeded }, "it says that money moved.");
        });

        yield return Check("ResolveOfNothing", "Asked about what it never received, it finds nothing and moves nothing.", async kit =>
        {
            var command = kit.Charge();
            var resolution = await kit.ResolveAsync(command).ConfigureAwait(false);
            Expect.That(resolution is not GatewayResolution.Found, "it found something.");
            await kit.MovedAsync(command, 0).ConfigureAwait(false);
        });

        yield return Check("ResolveMovesNothing", "However often it is asked, no money moves.", async kit =>
        {
            var (command, outcome) = await kit.MustChargeAsync().ConfigureAwait(false);
            for (var i = 0; i < 3; i++) await kit.ResolveAsync(command, outcome.Id).ConfigureAwait(false);
            await StoreProbe.AtOnceAsync(8, _ => kit.ResolveAsync(command)).ConfigureAwait(false);
            await kit.MovedAsync(command, command.Amount.MinorUnits).ConfigureAwait(false);
        });

        yield return Check("LostAnswerIsFound", "A charge whose answer was lost is found again by our reference.", async kit =>
        {
            if (kit.Subject.LoseNextAnswer is not { } lose) return;
            await lose(kit.Token).ConfigureAwait(false);
            var command = kit.Charge();
            await AskLosingAsync(kit, command).ConfigureAwait(false);
            var resolution = await kit.ResolveAsync(command).ConfigureAwait(false);
            Expect.That(
                resolution is GatewayResolution.Found { Outcome: GatewayOutcome.Succeeded or GatewayOutcome.Processing } or GatewayResolution.NotYet or GatewayResolution.NeedsPerson or GatewayResolution.Neutralised,
                $"it was answered {resolution}.");
        });
    }
}

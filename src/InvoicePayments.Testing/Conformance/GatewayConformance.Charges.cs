namespace InvoicePayments;

public sealed partial class GatewayConformance
{
    private IEnumerable<ConformanceCheck> Charges()
    {
        yield return Check("ProfileIsSane", "The profile supports charges, and its times are not negative.", kit =>
        {
            Expect.That(kit.Profile.Supports(OperationKind.Charge), "charges are not supported.");
            foreach (var (kind, rule) in kit.Profile.Operations)
            {
                Expect.That(rule.Window >= TimeSpan.Zero, $"the window of {kind} is negative.");
                Expect.That(rule.AbsenceProvenAfter is not { } after || after >= TimeSpan.Zero, $"the time that proves absence of {kind} is negative.");
                Expect.That(rule.Duplicates == DuplicateRule.None || rule.Window > TimeSpan.Zero, $"{kind} has a rule for duplicates that never holds.");
            }

            return Task.CompletedTask;
        });

        yield return Check("ChargeMovesOnce", "A charge moves its amount once, and reports what moved.", async kit =>
        {
            var (command, outcome) = await kit.MustChargeAsync().ConfigureAwait(false);
            Expect.Equal(command.Amount, outcome.Moved, "the reported amount");
            Expect.That(!outcome.PartiallyApproved, "the whole amount is called partial.");
            await kit.MovedAsync(command, command.Amount.MinorUnits).ConfigureAwait(false);
        });

        yield return Check("EveryChargeHasItsId", "Two charges have two ids: two successes with one id would look like one.", async kit =>
        {
            var (_, first) = await kit.MustChargeAsync().ConfigureAwait(false);
            var (_, second) = await kit.MustChargeAsync().ConfigureAwait(false);
            Expect.That(first.Id != second.Id, "both have the same id.");
        });

        yield return Check("DeclineMovesNothing", "A decline moves nothing, is answered and not thrown, and carries the raw code and message.", async kit =>
        {
            var command = kit.Charge(kit.Subject.Declines);
            var outcome = await kit.AskAsync(command).ConfigureAwait(false);
            Expect.That(outcome is GatewayOutcome.Declined, $"it was answered {outcome.GetType().Name}.");
            var why = ((GatewayOutcome.Declined)outcome).Why;
            Expect.That(!string.IsNullOrWhiteSpace(why.RawCode) && !string.IsNullOrWhiteSpace(why.Message), "the raw code or the message is missing.");
            await kit.MovedAsync(command, 0).ConfigureAwait(false);
        });

        yield return Check("CancelledIsNoDecline", "A caller that gives up hears nothing or that nobody knows; never that the bank said no.", async kit =>
        {
            using var given = new CancellationTokenSource();
            await given.CancelAsync().ConfigureAwait(false);
            try
            {
                var outcome = await kit.Subject.Gateway.ExecuteAsync(kit.Charge(), given.Token).ConfigureAwait(false);
                Expect.That(
                    outcome is GatewayOutcome.Unknown or GatewayOutcome.NotSent or GatewayOutcome.Succeeded or GatewayOutcome.Processing,
                    $"it was answered {outcome.GetType().Name}.");
            }
            catch (OperationCanceledException)
            {
                // The ordinary way: whoever called takes it as unknown.
            }
        });
    }
}

namespace InvoicePayments;

public sealed partial class GatewayConformance
{
    private IEnumerable<ConformanceCheck> Refunds()
    {
        yield return Check("RefundGivesBackOnce", "A refund gives back its amount once, and the same reference again gives back nothing more.", async kit =>
        {
            if (!kit.Profile.Supports(OperationKind.Refund)) return;
            var (_, charge) = await kit.MustChargeAsync().ConfigureAwait(false);
            var refund = kit.Refund(charge.Id, 100);
            var outcome = await kit.AskAsync(refund).ConfigureAwait(false);
            Expect.That(outcome is GatewayOutcome.Succeeded or GatewayOutcome.Processing, $"it was answered {outcome.GetType().Name}.");
            if (outcome is not GatewayOutcome.Succeeded given) return;

            Expect.Equal(refund.Amount, given.Moved, "the reported amount");
            Expect.That(given.Id != charge.Id, "the refund has the id of the charge.");
            if (kit.Claims(OperationKind.Refund)) await kit.AskAsync(refund).ConfigureAwait(false);
            await kit.MovedAsync(refund, 100).ConfigureAwait(false);
        });

        yield return Check("OverRefundIsRefused", "More than is left of a charge is never given back, in one refund or in several.", async kit =>
        {
            if (!kit.Profile.Supports(OperationKind.Refund)) return;
            var (command, charge) = await kit.MustChargeAsync().ConfigureAwait(false);
            var whole = command.Amount.MinorUnits;
            await RefusesAsync(kit, kit.Refund(charge.Id, whole + 1)).ConfigureAwait(false);
            await kit.AskAsync(kit.Refund(charge.Id, whole)).ConfigureAwait(false);
            await RefusesAsync(kit, kit.Refund(charge.Id, 1)).ConfigureAwait(false);
        });
    }

    private static async Task RefusesAsync(GatewayProbe kit, GatewayCommand refund)
    {
        var outcome = await kit.AskAsync(refund).ConfigureAwait(false);
        Expect.That(outcome is GatewayOutcome.Refused or GatewayOutcome.Declined, $"a refund that is too much was answered {outcome.GetType().Name}.");
        await kit.MovedAsync(refund, 0).ConfigureAwait(false);
    }
}

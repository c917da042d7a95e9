namespace InvoicePayments;

public sealed partial class GatewayConformance
{
    private IEnumerable<ConformanceCheck> Authorizations()
    {
        yield return Check("AuthorizeMovesNothing", "An authorization blocks its amount and moves nothing, however often its reference is asked.", async kit =>
        {
            if (!kit.Profile.Supports(OperationKind.Authorize)) return;
            var (command, blocked) = await kit.MustAuthorizeAsync().ConfigureAwait(false);
            Expect.Equal(command.Amount, blocked.Amount, "the blocked amount");
            if (kit.Claims(OperationKind.Authorize)) await kit.AskAsync(command).ConfigureAwait(false);
            await kit.MovedAsync(command, 0).ConfigureAwait(false);
        });

        yield return Check("CaptureMovesOnce", "A capture moves its amount once, under its own reference and with an id of its own or of its authorization.", async kit =>
        {
            if (!CanCapture(kit)) return;
            var (authorize, blocked) = await kit.MustAuthorizeAsync().ConfigureAwait(false);
            var capture = kit.Capture(blocked.Id, authorize.Amount.MinorUnits, last: true);
            var outcome = await kit.AskAsync(capture).ConfigureAwait(false);
            Expect.That(outcome is GatewayOutcome.Succeeded or GatewayOutcome.Processing, $"it was answered {outcome.GetType().Name}.");
            if (outcome is GatewayOutcome.Succeeded taken) Expect.Equal(capture.Amount, taken.Moved, "the reported amount");
            if (kit.Claims(OperationKind.Capture)) await kit.AskAsync(capture).ConfigureAwait(false);
            if (outcome is GatewayOutcome.Succeeded) await kit.MovedAsync(capture, capture.Amount.MinorUnits).ConfigureAwait(false);
            await kit.MovedAsync(authorize, 0).ConfigureAwait(false);
        });

        yield return Check("OverCaptureIsRefused", "More than is authorized is never captured, and nothing after the last capture.", async kit =>
        {
            if (!CanCapture(kit)) return;
            var (authorize, blocked) = await kit.MustAuthorizeAsync().ConfigureAwait(false);
            await RefusesAsync(kit, kit.Capture(blocked.Id, authorize.Amount.MinorUnits + 1)).ConfigureAwait(false);
            if (await kit.AskAsync(kit.Capture(blocked.Id, 100, last: true)).ConfigureAwait(false) is not GatewayOutcome.Succeeded) return;
            await RefusesAsync(kit, kit.Capture(blocked.Id, 1)).ConfigureAwait(false);
        });

        yield return Check("SeveralCapturesAsClaimed", "Where the profile says so an authorization is captured several times, up to its amount.", async kit =>
        {
            if (!CanCapture(kit) || !kit.Profile.CapturesSeveralTimes) return;
            var (authorize, blocked) = await kit.MustAuthorizeAsync().ConfigureAwait(false);
            foreach (var part in (long[])[100, authorize.Amount.MinorUnits - 100])
            {
                var outcome = await kit.AskAsync(kit.Capture(blocked.Id, part)).ConfigureAwait(false);
                Expect.That(outcome is GatewayOutcome.Succeeded or GatewayOutcome.Processing, $"a capture of {part} was answered {outcome.GetType().Name}.");
            }
        });

        yield return Check("VoidLetsGo", "What was voided can no longer be captured, and voiding moves nothing.", async kit =>
        {
            if (!kit.Profile.Supports(OperationKind.Authorize) || !kit.Profile.Supports(OperationKind.Void)) return;
            var (authorize, blocked) = await kit.MustAuthorizeAsync().ConfigureAwait(false);
            var undo = kit.Void(blocked.Id, authorize.Amount, ofAuthorization: true);
            var outcome = await kit.AskAsync(undo).ConfigureAwait(false);
            Expect.That(outcome is GatewayOutcome.Succeeded or GatewayOutcome.Processing, $"it was answered {outcome.GetType().Name}.");
            if (outcome is GatewayOutcome.Succeeded done) Expect.Equal(undo.Amount, done.Moved, "the reported amount");
            await kit.MovedAsync(undo, 0).ConfigureAwait(false);
            if (outcome is GatewayOutcome.Succeeded && CanCapture(kit)) await RefusesAsync(kit, kit.Capture(blocked.Id, 1)).ConfigureAwait(false);
        });

        yield return Check("VoidTakesBackOnce", "Within its window a void takes back the whole of what moved, and the same reference again nothing more.", async kit =>
        {
            if (kit.Profile.VoidWindow is null || !kit.Profile.Supports(OperationKind.Void)) return;
            var (command, charge) = await kit.MustChargeAsync().ConfigureAwait(false);
            var undo = kit.Void(charge.Id, command.Amount, ofAuthorization: false);
            var outcome = await kit.AskAsync(undo).ConfigureAwait(false);
            Expect.That(outcome is GatewayOutcome.Succeeded or GatewayOutcome.Processing, $"it was answered {outcome.GetType().Name}.");
            if (outcome is not GatewayOutcome.Succeeded) return;
            if (kit.Claims(OperationKind.Void)) await kit.AskAsync(undo).ConfigureAwait(false);
            await kit.MovedAsync(undo, command.Amount.MinorUnits).ConfigureAwait(false);
        });

        yield return Check("CancelMovesNothing", "Asked to call off what has moved, it answers that it has moved, and about what it never received it finds nothing.", async kit =>
        {
            if (kit.Subject.Gateway is not ICancelOperations able) return;
            var (command, outcome) = await kit.MustChargeAsync().ConfigureAwait(false);
            var now = kit.Subject.TimeProvider.GetUtcNow();
            var resolution = await able.CancelAsync(new(command.Reference, command, now, now, outcome.Id), kit.Token).ConfigureAwait(false);
            Expect.That(
                resolution is GatewayResolution.Found { Outcome: GatewayOutcome.Succeeded } or GatewayResolution.NotYet or GatewayResolution.NeedsPerson,
                $"it was answered {resolution}.");
            await kit.MovedAsync(command, command.Amount.MinorUnits).ConfigureAwait(false);
            var never = kit.Charge();
            resolution = await able.CancelAsync(new(never.Reference, never, now, now, null), kit.Token).ConfigureAwait(false);
            Expect.That(resolution is not GatewayResolution.Found { Outcome: GatewayOutcome.Succeeded }, "it found what never was.");
        });
    }

    private static bool CanCapture(GatewayProbe kit) => kit.Profile.Supports(OperationKind.Authorize) && kit.Profile.Supports(OperationKind.Capture);
}

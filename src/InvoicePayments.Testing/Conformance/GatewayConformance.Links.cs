namespace InvoicePayments;

public sealed partial class GatewayConformance
{
    private IEnumerable<ConformanceCheck> Links()
    {
        yield return Check("LinkMovesNothing", "Where the profile says so a payment link is made; that moves nothing, and the same reference again is the same link.", async kit =>
        {
            if (kit.Profile.PaymentLinks is not { } guarantee) return;
            var command = kit.Link();
            var url = UrlOf(await kit.AskAsync(command).ConfigureAwait(false));
            await kit.MovedAsync(command, 0).ConfigureAwait(false);
            if (guarantee is { Duplicates: DuplicateRule.None or DuplicateRule.RejectedAsDuplicate } || guarantee.Window <= TimeSpan.Zero) return;
            Expect.Equal(url, UrlOf(await kit.AskAsync(command).ConfigureAwait(false)), "the link of the second answer");
        });

        yield return Check("LinkIsFound", "Asked what became of a payment link, it finds it or cannot say yet, and never that it is not there or that money moved.", async kit =>
        {
            if (kit.Profile.PaymentLinks is null) return;
            var command = kit.Link();
            await kit.AskAsync(command).ConfigureAwait(false);
            var resolution = await kit.ResolveAsync(command).ConfigureAwait(false);
            Expect.That(
                resolution is GatewayResolution.Found { Outcome: GatewayOutcome.ActionRequired } or GatewayResolution.NotYet or GatewayResolution.NeedsPerson,
                $"it was answered {resolution}.");
            if (resolution is GatewayResolution.Found found) _ = UrlOf(found.Outcome);
        });
    }

    private static Uri UrlOf(GatewayOutcome outcome)
    {
        Expect.That(outcome is GatewayOutcome.ActionRequired { Action: PendingAction.PaymentLink }, $"it was answered {outcome.GetType().Name} without a payment link.");
        var url = ((PendingAction.PaymentLink)((GatewayOutcome.ActionRequired)outcome).Action).Url;
        Expect.That(url.IsAbsoluteUri, "the link is not absolute.");
        return url;
    }
}

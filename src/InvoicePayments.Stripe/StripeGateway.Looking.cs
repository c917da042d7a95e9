using System.Diagnostics;

namespace InvoicePayments;

/// <content>What became of an operation: found by our reference in lists that Stripe keeps current, not by its search, which lags behind.</content>
internal sealed partial class StripeGateway
{
    // Their clock beside ours, and a request that was long on its way.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public async Task<GatewayResolution> ResolveAsync(OperationTrace trace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trace);
        try
        {
            return await LookAsync(trace.Command, trace.FirstSentAt - Margin, trace.LastSentAt + Margin, trace.Id?.Value, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception escaped) when (StripeFailures.OutcomeOf(escaped) is not null)
        {
            return new GatewayResolution.NotYet();
        }
    }

    /// <inheritdoc/>
    public async Task<GatewayResolution> CancelAsync(OperationTrace trace, CancellationToken cancellationToken)
    {
        var stands = await ResolveAsync(trace, cancellationToken).ConfigureAwait(false);
        if (stands is not GatewayResolution.Found { Outcome: GatewayOutcome.ActionRequired { Id: var id, Action: var action } }) return stands;
        try
        {
            // Whatever it answers, how it stands then is asked: the payer may have been quicker.
            _ = action is PendingAction.PaymentLink
                ? await desk.ExpireAsync(id.Value, cancellationToken).ConfigureAwait(false)
                : await desk.CancelAsync(id.Value, key: null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception escaped) when (StripeFailures.OutcomeOf(escaped) is not null)
        {
            return new GatewayResolution.NotYet();
        }

        return await ResolveAsync(trace with { Id = id }, cancellationToken).ConfigureAwait(false);
    }

    private Task<GatewayResolution> LookAsync(GatewayCommand command, DateTimeOffset from, DateTimeOffset until, string? known, CancellationToken cancellationToken) => command switch
    {
        GatewayCommand.FromPayer payer => LookForIntentAsync(payer, from, until, known, cancellationToken),
        GatewayCommand.RequestLink link => LookForSessionAsync(link, from, known, cancellationToken),
        GatewayCommand.Capture capture => LookAtIntentAsync(capture.Of, intent => IntentReading.CaptureOf(intent, capture.Reference), cancellationToken),
        GatewayCommand.Void undo => LookAtIntentAsync(undo.Of, intent => IntentReading.VoidOf(intent, undo.Amount), cancellationToken),
        GatewayCommand.Refund refund => LookForRefundAsync(refund, cancellationToken),
        _ => throw new UnreachableException(),
    };

    private async Task<GatewayResolution> LookForIntentAsync(
        GatewayCommand.FromPayer command, DateTimeOffset from, DateTimeOffset until, string? known, CancellationToken cancellationToken)
    {
        if (known is not null)
        {
            var reply = await desk.GetIntentAsync(known, cancellationToken).ConfigureAwait(false);
            if (reply.IsOk && reply.Read(StripeJson.Default.StripeIntent) is { } intent && IsOf(command, intent.Metadata))
                return await FoundAsync(command, intent, cancellationToken).ConfigureAwait(false);
            if (!reply.IsOk && reply.Status != 404) return new GatewayResolution.NotYet(reply.RetryAfter);
        }

        var (found, isComplete) = await desk.IntentsAsync(from, until, options.LookUpPages, cancellationToken)
            .AllAsync(intent => IsOf(command, intent.Metadata)).ConfigureAwait(false);

        // Should there ever be two, the one that moved money is the one to tell of; the other is told of by its own webhook.
        if (found.MaxBy(Weight) is { } best) return await FoundAsync(command, best, cancellationToken).ConfigureAwait(false);
        return isComplete ? new GatewayResolution.Absent() : new GatewayResolution.NotYet();
    }

    private async Task<GatewayResolution> LookForSessionAsync(GatewayCommand.RequestLink command, DateTimeOffset from, string? known, CancellationToken cancellationToken)
    {
        if (known is not null && known.StartsWith("cs_", StringComparison.Ordinal))
        {
            var reply = await desk.GetSessionAsync(known, cancellationToken).ConfigureAwait(false);
            if (!reply.IsOk) return new GatewayResolution.NotYet(reply.RetryAfter);
            if (reply.Read(StripeJson.Default.StripeSession) is { } session && IsOf(command, session.Metadata))
                return Told(await FinishAsync(command, session, cancellationToken).ConfigureAwait(false));
        }

        var earliest = from.ToUnixTimeSeconds();
        var (found, isComplete) = await desk.SessionsAsync(options.LookUpPages, cancellationToken)
            .AllAsync(session => IsOf(command, session.Metadata), session => session.Created >= earliest).ConfigureAwait(false);
        if (found.Count > 0) return Told(await FinishAsync(command, found[0], cancellationToken).ConfigureAwait(false));
        return isComplete ? new GatewayResolution.Absent() : new GatewayResolution.NotYet();
    }

    private async Task<GatewayResolution> LookAtIntentAsync(GatewayPaymentId of, Func<StripeIntent, GatewayOutcome?> read, CancellationToken cancellationToken)
    {
        var reply = await desk.GetIntentAsync(of.Value, cancellationToken).ConfigureAwait(false);
        if (!reply.IsOk || reply.Read(StripeJson.Default.StripeIntent) is not { } intent) return new GatewayResolution.NotYet(reply.RetryAfter);
        return read(intent) is { } outcome ? new GatewayResolution.Found(outcome) : new GatewayResolution.Absent();
    }

    private async Task<GatewayResolution> LookForRefundAsync(GatewayCommand.Refund command, CancellationToken cancellationToken)
    {
        var (found, isComplete) = await desk.RefundsAsync(command.Of.Value, options.LookUpPages, cancellationToken)
            .AllAsync(refund => IsOf(command, refund.Metadata)).ConfigureAwait(false);
        if (found.Count > 0) return Told(await FinishAsync(command, found[0], cancellationToken).ConfigureAwait(false));
        return isComplete ? new GatewayResolution.Absent() : new GatewayResolution.NotYet();
    }

    private async Task<GatewayResolution> FoundAsync(GatewayCommand.FromPayer command, StripeIntent intent, CancellationToken cancellationToken) =>
        Told(await FinishAsync(command, intent, cancellationToken).ConfigureAwait(false));

    // What is there and yet not finished is no news; what can never be finished by itself is for a person.
    private static GatewayResolution Told(GatewayOutcome outcome) => outcome switch
    {
        GatewayOutcome.Unknown { DoNotResend: true } stuck => new GatewayResolution.NeedsPerson(stuck.Why),
        GatewayOutcome.Unknown unfinished => new GatewayResolution.NotYet(unfinished.AskAgainAfter),
        _ => new GatewayResolution.Found(outcome),
    };

    private static bool IsOf(GatewayCommand command, IReadOnlyDictionary<string, string>? metadata) =>
        StripeNames.ReferenceOf(metadata) == command.Reference && StripeNames.TenantOf(metadata) == command.Tenant;

    private static int Weight(StripeIntent intent) => intent.Status switch
    {
        "succeeded" => 5,
        "requires_capture" => 4,
        "processing" => 3,
        "requires_action" => 2,
        "canceled" => 0,
        _ => 1,
    };
}

namespace InvoicePayments;

/// <content>News that was kept because nobody knew what it is about.</content>
internal sealed partial class InvoicePaymentService
{
    private static readonly TimeSpan SoonestLook = TimeSpan.FromSeconds(30);

    /// <summary>Tells again what was kept, and answers how much of it has found what it is about.</summary>
    private async Task<int> RecallAsync(int limit, CancellationToken cancellationToken)
    {
        if (parked is null) return 0;
        var recalled = 0;
        foreach (var kept in await parked.ListDueParkedAsync(runtime.Time.GetUtcNow(), limit, cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await RecallAsync(kept).ConfigureAwait(false)) recalled++;
        }

        return recalled;
    }

    /// <summary>
    /// What was told of a payment before a person said what the gateway calls it counts at once. Should that fail it is settled all the same, and
    /// recovery tells it again.
    /// </summary>
    private async Task<PaymentResult> WithKeptNewsAsync(PaymentResult settled)
    {
        if (settled is not { IsReplay: false, Operation: { Gateway: { } gateway, GatewayPaymentId: { } id } operation } || parked is null) return settled;
        try
        {
            var state = await LoadAsync(new() { Tenant = operation.Tenant, Operations = [ParkedOutcome.ShelfOf(gateway, id)] }, CancellationToken.None).ConfigureAwait(false);
            foreach (var kept in state.Parked) await RecallAsync(kept).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            runtime.Telemetry.NotRecovered(operation.Id, failure);
        }

        return settled;
    }

    private async Task<bool> RecallAsync(ParkedOutcome kept)
    {
        var answer = await TellAgainAsync(kept).ConfigureAwait(false);
        if (answer is PaymentResult.Rejected)
        {
            // The older it is the longer it waits: what nobody ever knows costs less and less.
            var now = runtime.Time.GetUtcNow();
            var age = now - kept.ReceivedAt;
            await parked!.PutOffParkedAsync(kept, now + (age > SoonestLook ? age : SoonestLook), CancellationToken.None).ConfigureAwait(false);
            return false;
        }

        await parked!.RemoveParkedAsync(kept, CancellationToken.None).ConfigureAwait(false);
        return true;
    }

    private Task<PaymentResult> TellAgainAsync(ParkedOutcome kept) => kept.Notice is { } notice
        ? RunAsync(
            "record_dispute",
            new RecordDispute { Tenant = kept.Tenant, Gateway = kept.Gateway, GatewayPaymentId = kept.GatewayPaymentId!.Value, Notice = notice, WasParked = true },
            CancellationToken.None)
        : RunAsync(
            "record_outcome",
            new RecordOutcome { Tenant = kept.Tenant, Operation = kept.Operation, Gateway = kept.Gateway, Outcome = kept.Outcome!, WasParked = true },
            CancellationToken.None);
}

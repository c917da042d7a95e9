namespace InvoicePayments;

/// <content>
/// Split funding by Connect: the payer is charged once, and each recipient gets a transfer of that charge. It belongs to the operation, so the
/// operation is done only when every transfer is; each has a key of its own and is looked for before it is made.
/// </content>
internal sealed partial class StripeGateway
{
    /// <summary>Passes on to every recipient its part of a charge that succeeded; null when all have it.</summary>
    private async Task<GatewayOutcome?> PassOnAsync(GatewayCommand command, FundingSplit split, StripeIntent intent, CancellationToken cancellationToken)
    {
        if (intent.LatestCharge is not { } charge) return Unfinished("charge_missing", "Stripe has not said yet which charge the recipients are paid from.");
        var (made, isComplete) = await desk.TransfersAsync(command.Reference.Value, options.LookUpPages, cancellationToken).AllAsync(_ => true).ConfigureAwait(false);
        if (!isComplete) return Unfinished("transfers_unknown", "Stripe has not said yet which recipients have their part.");

        for (var i = 0; i < split.Parts.Count; i++)
        {
            var part = split.Parts[i];
            if (!part.Amount.IsPositive || made.Any(t => t.Destination == part.Recipient.Value)) continue;
            var (amount, problem) = StripeAmounts.ToWire(part.Amount);
            if (problem is not null) return ForPerson(problem);
            var reply = await desk.CreateTransferAsync(PaymentForms.Transfer(command, part, amount, charge.Id), $"{command.Reference}-{i}", cancellationToken).ConfigureAwait(false);
            if (!reply.IsOk) return Stuck(reply);
        }

        return null;
    }

    /// <summary>Takes back from every recipient its part of a refund; null when all have given it.</summary>
    private async Task<GatewayOutcome?> TakeBackAsync(GatewayCommand.Refund command, FundingSplit split, CancellationToken cancellationToken)
    {
        var paid = await desk.GetIntentAsync(command.Of.Value, cancellationToken).ConfigureAwait(false);
        if (!paid.IsOk || paid.Read(StripeJson.Default.StripeIntent)?.TransferGroup is not { } group)
            return Unfinished("transfers_unknown", "Stripe has not said yet which recipients were paid.");
        var (transfers, isComplete) = await desk.TransfersAsync(group, options.LookUpPages, cancellationToken).AllAsync(_ => true).ConfigureAwait(false);
        if (!isComplete) return Unfinished("transfers_unknown", "Stripe has not said yet which recipients were paid.");

        for (var i = 0; i < split.Parts.Count; i++)
        {
            var part = split.Parts[i];
            if (!part.Amount.IsPositive) continue;
            if (transfers.FirstOrDefault(t => t.Destination == part.Recipient.Value) is not { } transfer)
                return ForPerson(new("transfer_missing", $"Recipient {part.Recipient} never got its part, so it cannot give any back."));
            if (await TakeBackAsync(command, part, transfer.Id, i, cancellationToken).ConfigureAwait(false) is { } unfinished) return unfinished;
        }

        return null;
    }

    private async Task<GatewayOutcome?> TakeBackAsync(GatewayCommand.Refund command, FundingPart part, string transfer, int number, CancellationToken cancellationToken)
    {
        var (made, isComplete) = await desk.ReversalsAsync(transfer, options.LookUpPages, cancellationToken)
            .AllAsync(reversal => StripeNames.ReferenceOf(reversal.Metadata) == command.Reference).ConfigureAwait(false);
        if (!isComplete) return Unfinished("reversals_unknown", "Stripe has not said yet which recipients have given their part back.");
        if (made.Count > 0) return null;
        var (amount, problem) = StripeAmounts.ToWire(part.Amount);
        if (problem is not null) return ForPerson(problem);
        var reply = await desk.ReverseTransferAsync(transfer, PaymentForms.Reversal(command, amount), $"{command.Reference}-{number}", cancellationToken).ConfigureAwait(false);
        return reply.IsOk ? null : Stuck(reply);
    }

    // A refusal is for a person: the payer's part is done, and a recipient's is not. Anything else is tried again.
    private static GatewayOutcome Stuck(StripeReply reply) => StripeFailures.OutcomeOf(reply) switch
    {
        GatewayOutcome.Refused refused => ForPerson(refused.Why),
        GatewayOutcome.Declined declined => ForPerson(new(declined.Why.RawCode, declined.Why.Message)),
        GatewayOutcome.NotSent notNow => Unfinished(notNow.Why.Code, notNow.Why.Message),
        GatewayOutcome.Unknown unknown => unknown with { DoNotResend = false },
        var other => other,
    };

    private static GatewayOutcome.Unknown ForPerson(OperationError why) =>
        new(new(why.Code, $"The payer's money has moved, and a recipient's part has not: {why.Message}"), DoNotResend: true);

    private static GatewayOutcome.Unknown Unfinished(string code, string message) => new(new(code, message));
}

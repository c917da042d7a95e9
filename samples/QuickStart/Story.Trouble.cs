using InvoicePayments;

namespace QuickStart;

/// <content>The steps in which an answer does not come at once.</content>
internal sealed partial class Story
{
    /// <summary>A run before this one may have been killed while the gateway was asked: first find out what became of that.</summary>
    public async Task FinishWhatWasLeftAsync(IReadOnlyList<WrittenInvoice> invoices)
    {
        const InvoiceFlags UnderWay = InvoiceFlags.Processing | InvoiceFlags.Unknown;
        for (var told = false; (await LookAsync(invoices)).Any(i => (i.Flags & UnderWay) != 0); told = true)
        {
            if (!told) screen.Note("An earlier run ended in the middle of a payment. Recovery finds out what became of it.");
            await payments.RecoverAsync();
            await Task.Delay(RecoverAfter);
        }
    }

    public async Task PassThreeDSecureAsync(InvoiceId invoice)
    {
        screen.Step("3-D Secure", invoice.Value);
        var answer = await PayAsync(invoice, $"{invoice}-pay", ScriptedTokens.Challenge);

        // A run that ended before its webhook came: ask the gateway, as a host does when the payer comes back to its page.
        if (answer is PaymentResult.ActionRequired { IsReplay: true, Operation.Id: var id })
            answer = Tell(await payments.ResumeAsync(new() { Operation = id }));
        if (answer is not PaymentResult.ActionRequired { Action: PendingAction.Redirect redirect, Operation: { } operation }) return;

        screen.Note($"The payer goes to {redirect.Url} and passes.");
        var outcome = gateway.CompleteChallenge(operation.Reference);
        screen.Note("The gateway sends a webhook.");
        Tell(await payments.RecordOutcomeAsync(new() { Operation = operation.Id, Gateway = Test, Outcome = outcome }));
    }

    public async Task<PaymentId> LoseTheAnswerAndRecoverAsync(InvoiceId invoice)
    {
        screen.Step("The gateway charges, and its answer is lost", invoice.Value);
        var answer = await PayAsync(invoice, $"{invoice}-pay", ScriptedTokens.LostAfter);
        if (answer is PaymentResult.Processing)
        {
            // A host calls this every few seconds. It asks the gateway what became of the charge, and charges nobody a second time.
            await Task.Delay(2 * RecoverAfter);
            var report = await payments.RecoverAsync();
            screen.Note($"Recovery looked at {report.LookedAt} and finished {report.Finished}.");
            foreach (var result in report.Results) Tell(result);
        }

        return answer.Payment!.Id;
    }

    public async Task RepeatTheKeyAsync(InvoiceId invoice)
    {
        screen.Step("The same key once more", invoice.Value);
        await PayAsync(invoice, $"{invoice}-pay", ScriptedTokens.LostAfter);
    }
}

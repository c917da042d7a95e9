namespace InvoicePayments;

/// <summary>Why an invoice stands as it stands: what reserves what, why it cannot be paid, what happens next and when, who has to act.</summary>
public sealed record InvoiceExplanation
{
    /// <summary>The invoice as it stands.</summary>
    public required Invoice Invoice { get; init; }

    /// <summary>What is under way, oldest first. What these reserve is all that is reserved.</summary>
    public required IReadOnlyList<OpenOperation> UnderWay { get; init; }

    /// <summary>What a payment of everything due would be refused with now; null when it would be admitted.</summary>
    public required Rejection? Refusal { get; init; }

    /// <summary>Who does what next, the soonest first, those without a time last; never empty.</summary>
    public required IReadOnlyList<NextStep> Next { get; init; }

    /// <summary>The same for people, one fact a sentence, in English.</summary>
    public required IReadOnlyList<string> Sentences { get; init; }

    /// <summary>Explains an invoice from what is known of it.</summary>
    /// <param name="state">With its open operations.</param>
    /// <param name="id">Which invoice.</param>
    /// <param name="context">The policy and the time.</param>
    /// <returns>Null when the invoice is not known.</returns>
    public static InvoiceExplanation? Of(InvoiceState state, InvoiceId id, DecisionContext context)
    {
        if (state.Find(id) is not { } invoice) return null;

        var underWay = state.OpenOperations.Where(o => o.Allocation.Documents.Contains(id)).Select(o => Open(o, id, context.Now)).ToList();
        var payables = Payables.Of(state, invoice);
        var refusal = payables.Closed(context.Policy) ?? payables.AmountOf(null, context.Policy).Why;
        var steps = underWay.Select(o => o.Next).Concat(StepsOf(invoice, refusal)).OrderBy(s => s.At ?? DateTimeOffset.MaxValue).ToList();
        if (steps.Count == 0) steps.Add(new(ActingParty.Nobody, NextAction.Nothing));
        return new()
        {
            Invoice = invoice, UnderWay = underWay, Refusal = refusal, Next = steps,
            Sentences = ExplanationSentences.Of(invoice, underWay, refusal, steps, context.Now),
        };
    }

    private static OpenOperation Open(PaymentOperation operation, InvoiceId invoice, DateTimeOffset now)
    {
        var part = operation.Allocation.PartOf(invoice);
        return new(operation, part, operation.Reserves?.PartOf(invoice) ?? Money.Zero(part.Currency), StepOf(operation, now));
    }

    private static NextStep StepOf(PaymentOperation operation, DateTimeOffset now) => operation.Status switch
    {
        _ when operation.Kind == OperationKind.Dispute => new(ActingParty.Operator, NextAction.AnswerDispute, operation.ActionDeadline),
        OperationStatus.ActionRequired => new(ActingParty.Payer, NextAction.CompleteChallenge, operation.ActionDeadline),
        OperationStatus.NeedsAttention => new(ActingParty.Operator, NextAction.SettleByHand),
        OperationStatus.Authorized => new(ActingParty.Host, NextAction.CaptureOrVoid),
        OperationStatus.Processing => new(ActingParty.Gateway, NextAction.Answer, operation.NextCheckAt),
        _ when operation.Kind == OperationKind.Credit => new(ActingParty.Gateway, NextAction.Answer),
        _ when operation.IsBusyAt(now) => new(ActingParty.Gateway, NextAction.Answer, operation.BusyUntil),
        _ => new(ActingParty.Recovery, NextAction.AskGateway, operation.NextCheckAt),
    };

    private static IEnumerable<NextStep> StepsOf(Invoice invoice, Rejection? refusal)
    {
        if (refusal == Rejection.InvoiceDraft) yield return new(ActingParty.Host, NextAction.Issue);
        if (invoice.Overpaid.IsPositive) yield return new(ActingParty.Operator, NextAction.GiveBack);
        if (!invoice.Payable.IsPositive || (refusal is not null && refusal != Rejection.PaymentInProgress)) yield break;
        yield return new(invoice.Details.Billing == InvoiceBilling.PayAutomatically ? ActingParty.Host : ActingParty.Payer, NextAction.Pay, invoice.DueAt);
    }
}

using System.Diagnostics;

namespace InvoicePayments;

/// <summary>Rules that several commands share. Each answers the refusal, or null.</summary>
internal static class CommandRules
{
    internal static PaymentResult.Rejected Reject(Rejection why, string? detail = null) => new(why, detail ?? $"{why.Message} {why.WhatToDo}");

    internal static Decision<PaymentResult> Refuse(Rejection why, string? detail = null) => new Decision<PaymentResult>.Answer(null, Reject(why, detail));

    /// <summary>
    /// What a key that was used before is answered; null for a new one. A repetition of what is still open asks the gateway again once that
    /// is due: without it a caller alone could never finish what nobody else looks after.
    /// </summary>
    internal static Decision<PaymentResult>? Seen(InvoiceState state, DecisionContext context, OperationId id, Fingerprint meaning) =>
        IdempotencyGuard.Check(state.Find(id), meaning) switch
        {
            IdempotencyAnswer.Mismatch => Refuse(Rejection.IdempotencyKeyReused),
            IdempotencyAnswer.InProgress first => ResumeOperation.Resume(state, context, first.Operation, byCaller: true),
            IdempotencyAnswer.Replay first when first.Operation.IsDueAt(context.Now) => ResumeOperation.Resume(state, context, first.Operation, byCaller: true),
            IdempotencyAnswer.Replay first => new Decision<PaymentResult>.Answer(null, new StateChange(state, context).ResultOf(first.Operation, isReplay: true)),
            IdempotencyAnswer.New => null,
            _ => throw new UnreachableException(),
        };

    internal static Decision<PaymentResult> NoGateway(DecisionContext context, GatewayName gateway)
    {
        var names = string.Join(", ", context.Gateways.Keys.Select(g => g.Value).Order(StringComparer.Ordinal));
        return Refuse(Rejection.GatewayNotRegistered, $"There is no gateway {gateway}; registered are: {(names.Length > 0 ? names : "none")}.");
    }

    /// <summary>The texts of a command; the first that is not acceptable is named.</summary>
    internal static string? TextProblem(PaymentPolicy policy, params ReadOnlySpan<(string? Text, string Name, int Limit)> texts)
    {
        foreach (var (text, name, limit) in texts)
        {
            if (TextRules.Problem(text, name, limit, policy.AllowCardNumbersInText, multiline: true) is { } problem) return problem;
        }

        return null;
    }

    internal static string? MetadataProblem(PaymentPolicy policy, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count > TextLimits.MetadataEntries) return $"Metadata has at most {TextLimits.MetadataEntries} entries; this one has {metadata.Count}.";
        foreach (var (key, value) in metadata)
        {
            var problem = TextRules.Problem(key, "metadata key", TextLimits.MetadataKey, policy.AllowCardNumbersInText, required: true)
                ?? TextRules.Problem(value, "metadata value", TextLimits.MetadataValue, policy.AllowCardNumbersInText, multiline: true);
            if (problem is not null) return problem;
        }

        return null;
    }

    /// <summary>Where a payer comes back to; it may not carry a card number either.</summary>
    internal static string? ReturnUrlProblem(Uri? url, PaymentPolicy policy) => url switch
    {
        null => null,
        { IsAbsoluteUri: false } => "The return URL is not absolute; give it with scheme and host.",
        _ => TextRules.Problem(url.OriginalString, "return URL", TextLimits.Url, policy.AllowCardNumbersInText),
    };

    /// <summary>
    /// Why an invoice cannot take money at all; null when it can. Each state has its own code (Pelcro). Money that has already moved is
    /// recorded on an invoice that was given up.
    /// </summary>
    internal static Rejection? NotPayable(
        Invoice invoice, PaymentPolicy policy, bool hasMoved = false, PaymentInitiator initiator = PaymentInitiator.Customer) => invoice.Status switch
    {
        _ when invoice.Details.Type != InvoiceType.Payment => Rejection.InvoiceIsPayout,
        InvoiceStatus.Draft => Rejection.InvoiceDraft,
        InvoiceStatus.Void => Rejection.InvoiceVoid,
        InvoiceStatus.Paid when !invoice.Total.IsZero => Rejection.InvoicePaid,
        InvoiceStatus.Uncollectible when !hasMoved && !policy.AllowPayingUncollectible => Rejection.InvoiceUncollectible,
        _ => hasMoved ? null : CollectedElsewhere(invoice, policy, initiator),
    };

    /// <summary>Why somebody else collects an invoice; null when it is paid here. What has moved already is recorded all the same.</summary>
    private static Rejection? CollectedElsewhere(Invoice invoice, PaymentPolicy policy, PaymentInitiator initiator) => invoice.Details.CollectedBy switch
    {
        InvoiceCollector.Host => null,
        InvoiceCollector.SubscriptionEngine when initiator == PaymentInitiator.Merchant || policy.AllowPayingSubscriptionInvoices => null,
        InvoiceCollector.SubscriptionEngine => Rejection.InvoiceCollectedBySubscription,
        _ => Rejection.InvoiceCollectedByStore,
    };

    /// <summary>
    /// Begins an operation: the money is spoken for, and then the gateway is asked. Where the gateway has reported on it already (its record
    /// was lost here and came again by its key), it is asked what it knows instead.
    /// </summary>
    internal static Decision<PaymentResult> Begin(
        InvoiceState state, DecisionContext context, PaymentOperation operation, GatewayCommand command, GatewayTerms terms, Payment? newPayment = null,
        (PaymentOperation Operation, Payment Payment)? credit = null)
    {
        if (operation.Funding is { } funding)
        {
            command = command with { Funding = funding };
            newPayment = newPayment is null ? null : newPayment with { Funding = [.. funding.Parts.Select(p => new FundingShare(p.Recipient, 0, 0, 0))] };
        }

        var change = new StateChange(state, context);
        if (credit is { } beside) change.Start(beside.Operation, null, beside.Payment);
        var heard = HeardOf(state, operation.Id, command.Gateway);
        if (heard.Count > 0)
        {
            var known = change.Start(
                operation with
                {
                    Gateway = command.Gateway, FirstSentAt = heard.Min(h => h.ReceivedAt), LastSentAt = heard.Max(h => h.ReceivedAt),
                    Sends = 1, NextCheckAt = context.Now,
                },
                command, newPayment);
            return new Decision<PaymentResult>.Recall(change.ToChangeSet(operation.Tenant), known, heard, ByCaller: true);
        }

        var until = context.Now + terms.Patience;
        var started = change.Start(
            operation with
            {
                Gateway = command.Gateway, FirstSentAt = context.Now, LastSentAt = context.Now, Sends = 1, BusyUntil = until, NextCheckAt = until,
            },
            command, newPayment);
        return new Decision<PaymentResult>.Ask(change.ToChangeSet(operation.Tenant), started, command);
    }

    /// <summary>What a gateway said about an operation before it was known here.</summary>
    internal static IReadOnlyList<ParkedOutcome> HeardOf(InvoiceState state, OperationId operation, GatewayName? gateway) =>
        [.. state.Parked.Where(p => p.Operation == operation && p.Gateway == gateway)];
}

namespace InvoicePayments;

/// <summary>Record money that already moved elsewhere: cash, cheque, wire. No gateway is asked (Stax, Billingrails).</summary>
public sealed record RecordOfflinePayment : IDecidable<PaymentResult>
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The invoice. Exactly one of this, <see cref="PaymentRequestId"/>, <see cref="OrderId"/>, <see cref="CreditGrantId"/> and <see cref="Several"/> (Billingrails).</summary>
    public InvoiceId? InvoiceId { get; init; }

    /// <summary>The payment request: an instalment of an invoice, which the payment settles.</summary>
    public InvoiceId? PaymentRequestId { get; init; }

    /// <summary>The order.</summary>
    public InvoiceId? OrderId { get; init; }

    /// <summary>The credit grant.</summary>
    public InvoiceId? CreditGrantId { get; init; }

    /// <summary>Several invoices of one account and currency, and how the payment is spread over them: all of it or nothing.</summary>
    public PaymentSpread? Several { get; init; }

    /// <summary>The caller's idempotency key, 1 to 255 characters.</summary>
    public required string Key { get; init; }

    /// <summary>How the money moved.</summary>
    public required OfflineMethod Method { get; init; }

    /// <summary>The calling account; null when the host itself calls.</summary>
    public AccountId? Account { get; init; }

    /// <summary>How much, in the invoice's currency; everything due when left out.</summary>
    public Money? Amount { get; init; }

    /// <summary>When it moved, UTC, not in the future; now when left out (Billingrails: succeeded_at).</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>The host's reference, such as a cheque number; at most 255 characters.</summary>
    public string? Reference { get; init; }

    /// <summary>A description the payer may see; the invoice's when left out.</summary>
    public string? Description { get; init; }

    /// <summary>Whether a second payment of the same is meant, where <see cref="PaymentPolicy.DuplicateWindow"/> would refuse it. False when left out.</summary>
    public bool ConfirmDuplicate { get; init; }

    /// <summary>A comment for internal eyes, at most 300 characters.</summary>
    public string? Comment { get; init; }

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => new()
    {
        Tenant = Tenant,
        Invoices = Target.Ids,
        Operations = IdempotencyKey.TryCreate(Key, out var key, out _) ? [IdempotencyGuard.OperationOf(Tenant, policy.KeyScope, Account, key)] : [],
    };

    /// <inheritdoc/>
    public Decision<PaymentResult> Decide(InvoiceState state, DecisionContext context)
    {
        var policy = context.Policy;
        if (!Enum.IsDefined(Method)) throw new InvalidOperationException($"{Method} is no {nameof(OfflineMethod)}.");
        if (!IdempotencyKey.TryCreate(Key, out var key, out var keyProblem)) return CommandRules.Refuse(Rejection.IdempotencyKeyInvalid, keyProblem);
        if (CommandRules.TextProblem(policy, (Comment, "comment", TextLimits.Comment), (Reference, "reference", TextLimits.Reference), (Description, "description", TextLimits.Description)) is { } problem)
            return CommandRules.Refuse(Rejection.TextInvalid, problem);
        var target = Target;
        if (target.Problem is { } unclear) return CommandRules.Refuse(unclear);
        if (Payables.Find(state, target, Account) is not { } payables) return CommandRules.Refuse(Rejection.InvoiceNotFound, target.NotFound);

        var id = IdempotencyGuard.OperationOf(Tenant, policy.KeyScope, Account, key);
        var meaning = MeaningOf(target);
        if (CommandRules.Seen(state, context, id, meaning) is { } seen) return seen;

        if (payables.Closed(policy, hasMoved: true) is { } closed) return CommandRules.Refuse(closed);
        if (SucceededAt > context.Now) return CommandRules.Refuse(Rejection.SucceededAtInFuture);
        var (amount, why) = payables.AmountOf(Amount, policy, hasMoved: true);
        if (why is not null) return CommandRules.Refuse(why, payables.Explain(why, amount));

        return Record(state, context, payables, id, meaning, payables.Allocate(amount));
    }

    private PayableTarget Target => new(InvoiceId, PaymentRequestId, OrderId, CreditGrantId, Several);

    private Decision<PaymentResult> Record(InvoiceState state, DecisionContext context, Payables payables, OperationId id, Fingerprint meaning, PaymentAllocation allocation)
    {
        var now = context.Now;
        var payment = new Payment
        {
            Tenant = Tenant, Id = StateChange.PaymentIdOf(id), Account = payables.Account, Amount = allocation.Total, Mode = PaymentMode.Offline,
            Status = OperationStatus.Succeeded, Shares = Payment.SharesOf(allocation), OfflineMethod = Method,
            Reference = Reference, Description = Description ?? payables.Details.Description, CreatedAt = now, SucceededAt = SucceededAt ?? now, Version = 1,
        };
        var operation = new PaymentOperation
        {
            Tenant = Tenant, Id = id, Kind = OperationKind.Offline, Payment = payment.Id, Account = payables.Account, Amount = allocation.Total,
            Allocation = allocation, Status = OperationStatus.Succeeded, Fingerprint = meaning,
            CreatedAt = now, AnsweredAt = now, Moved = allocation.Total, Comment = Comment, Version = 1,
        };
        if (DuplicateRules.Refuse(state, operation, payment, context, ConfirmDuplicate) is { } duplicate) return duplicate;

        var change = new StateChange(state, context);
        var done = change.Record(operation, payment);
        return new Decision<PaymentResult>.Answer(change.ToChangeSet(Tenant), change.ResultOf(done));
    }

    private Fingerprint MeaningOf(PayableTarget target) => target.Write(CanonicalWriter.Begin().Add("command", "offline")).Add("account", Account?.Value).Add("amount", Amount)
        .Add("method", (long)Method).Add("reference", Reference).Add("at", SucceededAt is { } at ? at.UtcTicks : -1).ToFingerprint();
}

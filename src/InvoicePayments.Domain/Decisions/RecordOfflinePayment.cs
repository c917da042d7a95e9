namespace InvoicePayments;

/// <summary>Record money that already moved elsewhere: cash, cheque, wire. No gateway is asked (Stax, Billingrails).</summary>
public sealed record RecordOfflinePayment : IDecidable<PaymentResult>
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The invoice.</summary>
    public required InvoiceId InvoiceId { get; init; }

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
        Invoices = [InvoiceId],
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
        if (state.Find(InvoiceId) is not { } invoice || (Account is { } caller && invoice.Account != caller))
            return CommandRules.Refuse(Rejection.InvoiceNotFound, $"There is no invoice {InvoiceId} for this account.");

        var id = IdempotencyGuard.OperationOf(Tenant, policy.KeyScope, Account, key);
        if (CommandRules.Seen(state, context, id, Meaning()) is { } seen) return seen;

        if (CommandRules.NotPayable(invoice, policy, hasMoved: true) is { } closed) return CommandRules.Refuse(closed);
        if (SucceededAt > context.Now) return CommandRules.Refuse(Rejection.SucceededAtInFuture);
        var (amount, why) = CommandRules.AmountOf(invoice, Amount, policy);
        if (why is not null) return CommandRules.Refuse(why, $"{why.Message} Asked: {amount}, due: {invoice.Due}, payable: {invoice.Payable}. {why.WhatToDo}");

        return Record(state, context, invoice, id, amount);
    }

    private Decision<PaymentResult> Record(InvoiceState state, DecisionContext context, Invoice invoice, OperationId id, Money amount)
    {
        var now = context.Now;
        var payment = new Payment
        {
            Tenant = Tenant, Id = StateChange.PaymentIdOf(id), Account = invoice.Account, Amount = amount, Mode = PaymentMode.Offline,
            Status = OperationStatus.Succeeded, Shares = [new(InvoiceId, amount.MinorUnits, 0, 0)], OfflineMethod = Method,
            Reference = Reference, Description = Description ?? invoice.Details.Description, CreatedAt = now, SucceededAt = SucceededAt ?? now,
        };
        var operation = new PaymentOperation
        {
            Tenant = Tenant, Id = id, Kind = OperationKind.Offline, Payment = payment.Id, Account = invoice.Account, Amount = amount,
            Allocation = PaymentAllocation.To(InvoiceId, amount), Status = OperationStatus.Succeeded, Fingerprint = Meaning(),
            CreatedAt = now, AnsweredAt = now, Moved = amount, Comment = Comment,
        };
        if (DuplicateRules.Refuse(invoice, operation, payment, context, ConfirmDuplicate) is { } duplicate) return duplicate;

        var change = new StateChange(state, context);
        var done = change.Record(operation, payment);
        return new Decision<PaymentResult>.Answer(change.ToChangeSet(Tenant), change.ResultOf(done));
    }

    private Fingerprint Meaning() => new CanonicalWriter()
        .Add("command", "offline").Add("invoice", InvoiceId.Value).Add("account", Account?.Value).Add("amount", Amount)
        .Add("method", (long)Method).Add("reference", Reference).Add("at", SucceededAt is { } at ? at.UtcTicks : -1).ToFingerprint();
}

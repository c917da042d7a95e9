namespace InvoicePayments;

/// <summary>Give money of a payment back, in full or in parts; never more than is here, counting refunds that are under way (Stax).</summary>
public sealed record RefundPayment : IDecidable<PaymentResult>
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The payment.</summary>
    public required PaymentId PaymentId { get; init; }

    /// <summary>The caller's idempotency key, 1 to 255 characters.</summary>
    public required string Key { get; init; }

    /// <summary>The calling account; null when the host itself calls.</summary>
    public AccountId? Account { get; init; }

    /// <summary>How much, in the payment's currency; all that is refundable when left out.</summary>
    public Money? Amount { get; init; }

    /// <summary>Whether it is due again; the policy decides when left out.</summary>
    public bool? ReopenInvoice { get; init; }

    /// <summary>Why; a customer may see it. At most 255 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>A comment for internal eyes, at most 300 characters.</summary>
    public string? Comment { get; init; }

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => new()
    {
        Tenant = Tenant,
        Payment = PaymentId,
        Operations = IdempotencyKey.TryCreate(Key, out var key, out _) ? [IdempotencyGuard.OperationOf(Tenant, policy.KeyScope, Account, key)] : [],
    };

    /// <inheritdoc/>
    public Decision<PaymentResult> Decide(InvoiceState state, DecisionContext context)
    {
        var policy = context.Policy;
        if (!IdempotencyKey.TryCreate(Key, out var key, out var keyProblem)) return CommandRules.Refuse(Rejection.IdempotencyKeyInvalid, keyProblem);
        if (CommandRules.TextProblem(policy, (Comment, "comment", TextLimits.Comment), (Reason, "reason", TextLimits.Reference)) is { } problem)
            return CommandRules.Refuse(Rejection.TextInvalid, problem);
        if (state.Find(PaymentId) is not { } payment || (Account is { } caller && payment.Account != caller))
            return CommandRules.Refuse(Rejection.PaymentNotFound, $"There is no payment {PaymentId} for this account.");

        var id = IdempotencyGuard.OperationOf(Tenant, policy.KeyScope, Account, key);
        if (CommandRules.Seen(state, context, id, Meaning()) is { } seen) return seen;

        if (Amount is { } asked && asked.Currency != payment.Amount.Currency) return CommandRules.Refuse(Rejection.CurrencyMismatch);
        if (Amount is { IsPositive: false }) return CommandRules.Refuse(Rejection.AmountNotPositive);
        var shares = CreditRules.RefundableOf(state, payment);
        var refundable = Money.FromMinorUnits(shares.Sum(), payment.Amount.Currency);
        var amount = Amount ?? refundable;
        if (amount.IsZero || amount > refundable)
            return CommandRules.Refuse(Rejection.AmountExceedsRefundable, $"{refundable} of payment {PaymentId} can be given back; asked: {amount}.");

        return Refund(state, context, payment, id, amount, shares);
    }

    private Decision<PaymentResult> Refund(InvoiceState state, DecisionContext context, Payment payment, OperationId id, Money amount, long[] shares)
    {
        var now = context.Now;
        var operation = new PaymentOperation
        {
            Tenant = Tenant, Id = id, Kind = OperationKind.Refund, Payment = PaymentId, Account = payment.Account, Amount = amount,
            Allocation = CreditRules.GiveBack(state, payment, amount, shares), Status = OperationStatus.Pending, Fingerprint = Meaning(), CreatedAt = now,
            Funding = FundingShare.Return(payment.Funding, amount), Comment = Comment, Reason = Reason, ReopensInvoice = ReopenInvoice ?? context.Policy.RefundsReopenInvoices,
        };
        if (payment.Mode != PaymentMode.Online)
        {
            var change = new StateChange(state, context);
            var done = change.RecordRefund(operation with { Status = OperationStatus.Succeeded, Moved = amount, AnsweredAt = now });
            return new Decision<PaymentResult>.Answer(change.ToChangeSet(Tenant), change.ResultOf(done));
        }

        var gateway = payment.Gateway!.Value;
        if (!context.Gateways.TryGetValue(gateway, out var terms)) return CommandRules.NoGateway(context, gateway);
        if (!terms.Profile.Supports(OperationKind.Refund)) return CommandRules.Refuse(Rejection.GatewayCannot);

        var ask = new GatewayCommand.Refund
        {
            Tenant = Tenant, Gateway = gateway, Reference = operation.Reference, Amount = amount, Of = payment.GatewayPaymentId!.Value, Reason = Reason,
        };
        return CommandRules.Begin(state, context, operation, ask, terms);
    }

    private Fingerprint Meaning() => CanonicalWriter.Begin()
        .Add("command", "refund").Add("payment", PaymentId.Value).Add("account", Account?.Value).Add("amount", Amount)
        .Add("reopen", ReopenInvoice switch { null => -1, true => 1, false => 0 }).ToFingerprint();
}

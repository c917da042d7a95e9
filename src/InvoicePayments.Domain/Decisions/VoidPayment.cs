namespace InvoicePayments;

/// <summary>
/// Undo a payment before it is settled, in whole (Stax): let go what an authorization still holds, or call back money that has moved, which
/// is due again then. After settlement the answer says to refund.
/// </summary>
public sealed record VoidPayment : IDecidable<PaymentResult>
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The payment: one that blocked money, or one that took it.</summary>
    public required PaymentId PaymentId { get; init; }

    /// <summary>The caller's idempotency key, 1 to 255 characters.</summary>
    public required string Key { get; init; }

    /// <summary>The calling account; null when the host itself calls.</summary>
    public AccountId? Account { get; init; }

    /// <summary>Why; a customer may see it. At most 255 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>A comment for internal eyes, at most 300 characters.</summary>
    public string? Comment { get; init; }

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy)
    {
        OperationId? own = IdempotencyKey.TryCreate(Key, out var key, out _) ? IdempotencyGuard.OperationOf(Tenant, policy.KeyScope, Account, key) : null;
        OperationId?[] operations = [own, StateChange.BeginningOf(PaymentId)];
        return new() { Tenant = Tenant, Payment = PaymentId, Operations = [.. operations.OfType<OperationId>()] };
    }

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

        if (payment.Mode == PaymentMode.Offline) return CommandRules.Refuse(Rejection.PaymentSettled);
        if (payment.Gateway is not { } gateway) return CommandRules.Refuse(Rejection.PaymentNotWhole, $"Nothing of payment {PaymentId} went through a gateway.");
        if (!context.Gateways.TryGetValue(gateway, out var terms)) return CommandRules.NoGateway(context, gateway);
        if (!terms.Profile.Supports(OperationKind.Void)) return CommandRules.Refuse(Rejection.GatewayCannot);

        var began = state.Operations.FirstOrDefault(o => o.Payment == PaymentId && o.Kind == OperationKind.Authorize);
        return began is null ? VoidMoved(state, context, payment, id, terms) : VoidHeld(state, context, payment, began, id, terms);
    }

    private Decision<PaymentResult> VoidHeld(
        InvoiceState state, DecisionContext context, Payment payment, PaymentOperation held, OperationId id, GatewayTerms terms)
    {
        if (held.IsFinal) return CommandRules.Refuse(Rejection.AuthorizationClosed);
        if (held.Status != OperationStatus.Authorized || state.OpenOperations.Any(o => o.Authorization == held.Id)) return CommandRules.Refuse(Rejection.PaymentInProgress);

        return Void(state, context, payment, terms, OperationOf(payment, id, held.Hold!.Held.WithoutZeros(), context) with { Authorization = held.Id });
    }

    private Decision<PaymentResult> VoidMoved(InvoiceState state, DecisionContext context, Payment payment, OperationId id, GatewayTerms terms)
    {
        if (!PaymentStateMachine.IsFinal(payment.Status)) return CommandRules.Refuse(Rejection.PaymentInProgress);
        var refundable = Money.FromMinorUnits(CreditRules.RefundableOf(state, payment).Sum(), payment.Amount.Currency);
        if (payment.Captured.IsZero || refundable != payment.Captured)
            return CommandRules.Refuse(Rejection.PaymentNotWhole, $"{payment.Captured} was taken by payment {PaymentId}, and {refundable} of it can be given back. {Rejection.PaymentNotWhole.WhatToDo}");
        if (terms.Profile.VoidWindow is not { } window || context.Now - payment.SucceededAt!.Value >= window) return CommandRules.Refuse(Rejection.PaymentSettled);

        var taken = new PaymentAllocation([.. payment.Shares.Select(s => new AllocationPart(s.Invoice, Money.FromMinorUnits(s.Captured, payment.Amount.Currency), s.Request))]);
        return Void(state, context, payment, terms, OperationOf(payment, id, taken.WithoutZeros(), context) with { ReopensInvoice = true, Funding = FundingShare.Return(payment.Funding, taken.Total) });
    }

    private Decision<PaymentResult> Void(InvoiceState state, DecisionContext context, Payment payment, GatewayTerms terms, PaymentOperation operation)
    {
        var ask = new GatewayCommand.Void
        {
            Tenant = Tenant, Gateway = payment.Gateway!.Value, Reference = operation.Reference, Amount = operation.Amount, Of = payment.GatewayPaymentId!.Value,
            OfAuthorization = operation.Authorization is not null, Reason = Reason,
        };
        return CommandRules.Begin(state, context, operation, ask, terms);
    }

    private PaymentOperation OperationOf(Payment payment, OperationId id, PaymentAllocation allocation, DecisionContext context) => new()
    {
        Tenant = Tenant, Id = id, Kind = OperationKind.Void, Payment = PaymentId, Account = payment.Account, Amount = allocation.Total, Allocation = allocation,
        Status = OperationStatus.Pending, Fingerprint = Meaning(), CreatedAt = context.Now, Comment = Comment, Reason = Reason,
    };

    private Fingerprint Meaning() => CanonicalWriter.Begin()
        .Add("command", "void payment").Add("payment", PaymentId.Value).Add("account", Account?.Value).ToFingerprint();
}

namespace InvoicePayments;

/// <summary>
/// Take money that was blocked before (<see cref="PayInvoice.CaptureLater"/>), all of it or a part. Name the payment that blocked it, or the
/// invoice and the gateway's id of the authorization (Chargebee). Each capture is a payment of its own, which can be refunded or voided.
/// </summary>
public sealed record CapturePayment : IDecidable<PaymentResult>
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The payment that blocked the money; this, or <see cref="InvoiceId"/> and <see cref="AuthorizationTransaction"/>.</summary>
    public PaymentId? PaymentId { get; init; }

    /// <summary>The invoice for which the money was blocked.</summary>
    public InvoiceId? InvoiceId { get; init; }

    /// <summary>The gateway's id of the authorization, at most 40 characters (Chargebee: authorization_transaction_id).</summary>
    public string? AuthorizationTransaction { get; init; }

    /// <summary>The caller's idempotency key, 1 to 255 characters.</summary>
    public required string Key { get; init; }

    /// <summary>The calling account; null when the host itself calls.</summary>
    public AccountId? Account { get; init; }

    /// <summary>How much, in the authorization's currency; all that is still authorized when left out.</summary>
    public Money? Amount { get; init; }

    /// <summary>
    /// Whether it is the last capture, so that the rest is let go. When left out: where the gateway captures only once, or nothing is left.
    /// </summary>
    public bool? IsLast { get; init; }

    /// <summary>The host's reference, at most 255 characters, kept as it came.</summary>
    public string? Reference { get; init; }

    /// <summary>A comment for internal eyes, at most 300 characters.</summary>
    public string? Comment { get; init; }

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy)
    {
        OperationId? own = IdempotencyKey.TryCreate(Key, out var key, out _) ? IdempotencyGuard.OperationOf(Tenant, policy.KeyScope, Account, key) : null;
        OperationId?[] operations = [own, PaymentId is { } payment ? StateChange.BeginningOf(payment) : null];
        return new()
        {
            Tenant = Tenant,
            Invoices = InvoiceId is { } invoice ? [invoice] : [],
            Operations = [.. operations.OfType<OperationId>()],
            Payment = PaymentId,
            Authorization = GatewayPaymentId.TryCreate(AuthorizationTransaction, out var transaction) ? transaction : null,
        };
    }

    /// <inheritdoc/>
    public Decision<PaymentResult> Decide(InvoiceState state, DecisionContext context)
    {
        var policy = context.Policy;
        if (!IdempotencyKey.TryCreate(Key, out var key, out var keyProblem)) return CommandRules.Refuse(Rejection.IdempotencyKeyInvalid, keyProblem);
        if (TextProblem(policy) is { } problem) return CommandRules.Refuse(Rejection.TextInvalid, problem);
        var byInvoice = InvoiceId is not null && AuthorizationTransaction is not null;
        if (byInvoice == PaymentId is not null || (InvoiceId is null != AuthorizationTransaction is null))
            return CommandRules.Refuse(Rejection.AuthorizationIncomplete);

        var id = IdempotencyGuard.OperationOf(Tenant, policy.KeyScope, Account, key);
        if (CommandRules.Seen(state, context, id, Meaning()) is { } seen) return seen;

        if (Find(state) is not { } held || (Account is { } caller && held.Account != caller)) return CommandRules.Refuse(Rejection.AuthorizationNotFound);
        if (held.IsFinal) return CommandRules.Refuse(Rejection.AuthorizationClosed);
        if (held.Status != OperationStatus.Authorized) return CommandRules.Refuse(Rejection.PaymentInProgress);
        if (held.Hold!.Fraud >= FraudStatus.Suspicious) return CommandRules.Refuse(Rejection.AuthorizationSuspicious);
        if (Amount is { } asked && asked.Currency != held.Amount.Currency) return CommandRules.Refuse(Rejection.CurrencyMismatch);
        if (Amount is { IsPositive: false }) return CommandRules.Refuse(Rejection.AmountNotPositive);
        var amount = Amount ?? held.Capturable;
        if (amount > held.Capturable || amount.IsZero)
            return CommandRules.Refuse(Rejection.AmountExceedsAuthorized, $"{held.Capturable} may still be captured; asked: {amount}.");

        var allocation = held.Hold.Held.ScaledTo(amount).WithoutZeros();
        if (allocation.Parts.Any(p => state.Find(p.Invoice) is not { } invoice || p.Amount > invoice.Due)) return CommandRules.Refuse(Rejection.AmountExceedsPayable);
        if (!context.Gateways.TryGetValue(held.Gateway!.Value, out var terms)) return CommandRules.NoGateway(context, held.Gateway.Value);
        if (!terms.Profile.Supports(OperationKind.Capture)) return CommandRules.Refuse(Rejection.GatewayCannot);
        var takesAll = amount == held.Capturable;
        if (IsLast == false && !takesAll && !terms.Profile.CapturesSeveralTimes)
            return CommandRules.Refuse(Rejection.GatewayCannot, $"Gateway {held.Gateway} captures an authorization only once.");

        return Capture(state, context, held, id, allocation, isLast: takesAll || (IsLast ?? !terms.Profile.CapturesSeveralTimes), terms);
    }

    private PaymentOperation? Find(InvoiceState state) => PaymentId is { } payment
        ? state.Operations.FirstOrDefault(o => o.Kind == OperationKind.Authorize && o.Payment == payment)
        : state.Operations.FirstOrDefault(o => o.Kind == OperationKind.Authorize && o.GatewayPaymentId?.Value == AuthorizationTransaction
            && o.Allocation.Parts.Any(p => p.Invoice == InvoiceId));

    private Decision<PaymentResult> Capture(
        InvoiceState state, DecisionContext context, PaymentOperation held, OperationId id, PaymentAllocation allocation, bool isLast, GatewayTerms terms)
    {
        var operation = new PaymentOperation
        {
            Tenant = Tenant, Id = id, Kind = OperationKind.Capture, Payment = StateChange.PaymentIdOf(id), Account = held.Account, Amount = allocation.Total,
            Allocation = allocation, Status = OperationStatus.Pending, Fingerprint = Meaning(), CreatedAt = context.Now, Initiator = held.Initiator,
            Comment = Comment, Authorization = held.Id, ReleasesRest = isLast,
        };
        var payment = state.Find(held.Payment)! with
        {
            Id = operation.Payment, Amount = operation.Amount, Status = OperationStatus.Pending, GatewayPaymentId = null, Authorization = held.Payment,
            Shares = Payment.SharesOf(allocation), Discrepancies = [], CreatedAt = context.Now,
            SucceededAt = null, Reference = Reference ?? state.Find(held.Payment)!.Reference,
        };
        var ask = new GatewayCommand.Capture
        {
            Tenant = Tenant, Gateway = held.Gateway!.Value, Reference = operation.Reference, Amount = operation.Amount, Of = held.GatewayPaymentId!.Value,
            ReleaseRest = isLast, Metadata = payment.Metadata,
        };
        return CommandRules.Begin(state, context, operation, ask, terms, payment);
    }

    private string? TextProblem(PaymentPolicy policy) => CommandRules.TextProblem(
        policy,
        (Comment, "comment", TextLimits.Comment),
        (Reference, "reference", TextLimits.Reference),
        (AuthorizationTransaction, "authorization transaction", TextLimits.AuthorizationTransaction));

    private Fingerprint Meaning() => CanonicalWriter.Begin()
        .Add("command", "capture").Add("payment", PaymentId?.Value).Add("invoice", InvoiceId?.Value).Add("authorization", AuthorizationTransaction)
        .Add("account", Account?.Value).Add("amount", Amount).Add("last", IsLast switch { null => -1, true => 1, false => 0 })
        .Add("reference", Reference).ToFingerprint();
}

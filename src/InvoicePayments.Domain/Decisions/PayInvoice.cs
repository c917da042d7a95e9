namespace InvoicePayments;

/// <summary>
/// Pay an invoice online, or an order, a payment request, a credit grant, or several invoices at once. Name a stored method, or give a gateway and a single-use token, or neither: then the invoice's or the
/// account's default method is charged.
/// </summary>
public sealed record PayInvoice : IDecidable<PaymentResult>
{
    /// <summary>The tenant (Pelcro: site); <see cref="TenantId.Default"/> when left out.</summary>
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

    /// <summary>The caller's idempotency key, 1 to 255 characters: the same key never charges twice.</summary>
    public required string Key { get; init; }

    /// <summary>The calling customer's account; an invoice of another is answered like an unknown one. Null when the host itself calls.</summary>
    public AccountId? Account { get; init; }

    /// <summary>How much, in the invoice's currency; everything due when left out.</summary>
    public Money? Amount { get; init; }

    /// <summary>Whether the money is only blocked now, and taken by <see cref="CapturePayment"/> later. False when left out.</summary>
    public bool CaptureLater { get; init; }

    /// <summary>
    /// Whether the account's credit pays first, as far as it goes, and the method only the rest (Pelcro: apply_balance). What the method
    /// then declines gives the credit back. A credit grant is not paid with credit, and nothing is with <see cref="CaptureLater"/>. False when left out.
    /// </summary>
    public bool ApplyBalance { get; init; }

    /// <summary>A stored method (Pelcro: source_id, Rapyd: payment_method, Chargebee: payment_source_id).</summary>
    public PaymentMethodId? PaymentMethod { get; init; }

    /// <summary>The gateway of <see cref="Token"/>; both or neither (Pelcro).</summary>
    public GatewayName? Gateway { get; init; }

    /// <summary>A single-use token of <see cref="Gateway"/>; both or neither.</summary>
    public PaymentToken? Token { get; init; }

    /// <summary>What kind of method <see cref="Token"/> stands for, in the gateway's words; checked against <see cref="GatewayProfile.KindsWithoutTokens"/> when given.</summary>
    public string? MethodKind { get; init; }

    /// <summary>Who sets it off; the customer when left out (Chargebee: payment_initiator).</summary>
    public PaymentInitiator Initiator { get; init; } = PaymentInitiator.Customer;

    /// <summary>Whether a second payment of the same is meant, where <see cref="PaymentPolicy.DuplicateWindow"/> would refuse it. False when left out.</summary>
    public bool ConfirmDuplicate { get; init; }

    /// <summary>Which recipient accounts the money goes to, and how much to each (Stax: split funding); null when all of it is the tenant's.</summary>
    public FundingRequest? Funding { get; init; }

    /// <summary>A comment for internal eyes, at most 300 characters (Chargebee).</summary>
    public string? Comment { get; init; }

    /// <summary>The host's reference, at most 255 characters, kept as it came.</summary>
    public string? Reference { get; init; }

    /// <summary>A description the payer may see; the invoice's when left out.</summary>
    public string? Description { get; init; }

    /// <summary>Where the payer comes back to after a challenge.</summary>
    public Uri? ReturnUrl { get; init; }

    /// <summary>The host's own key/value pairs; they reach the gateway.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => new()
    {
        Tenant = Tenant,
        Invoices = Target.Ids,
        Operations = IdempotencyKey.TryCreate(Key, out var key, out _) ? OperationsOf(IdempotencyGuard.OperationOf(Tenant, policy.KeyScope, Account, key)) : [],
        PaymentMethod = PaymentMethod,
        DefaultPaymentMethod = PaymentMethod is null && Token is null,
    };

    /// <inheritdoc/>
    public Decision<PaymentResult> Decide(InvoiceState state, DecisionContext context)
    {
        var policy = context.Policy;
        if (!IdempotencyKey.TryCreate(Key, out var key, out var keyProblem)) return CommandRules.Refuse(Rejection.IdempotencyKeyInvalid, keyProblem);
        if (TextProblem(policy) is { } textProblem) return CommandRules.Refuse(Rejection.TextInvalid, textProblem);
        if (Account is null && policy.RequireCallingAccount && Initiator == PaymentInitiator.Customer) return CommandRules.Refuse(Rejection.CallerUnknown);
        if (Target.Problem is { } unclear) return CommandRules.Refuse(unclear);
        if (Payables.Find(state, Target, Account) is not { } payables) return CommandRules.Refuse(Rejection.InvoiceNotFound, Target.NotFound);

        var id = IdempotencyGuard.OperationOf(Tenant, policy.KeyScope, Account, key);
        if (CommandRules.Seen(state, context, id, Meaning()) is { } seen) return seen;

        if (payables.Closed(policy, initiator: Initiator) is { } closed) return CommandRules.Refuse(closed);
        if (Gateway is null != Token is null) return CommandRules.Refuse(Rejection.PaymentMethodIncomplete);
        if (PaymentMethod is not null && Token is not null) return CommandRules.Refuse(Rejection.PaymentMethodAmbiguous);
        if (ApplyBalance && CaptureLater) return CommandRules.Refuse(Rejection.BalanceWithCaptureLater);

        if (ApplyBalance && Funding is not null) return CommandRules.Refuse(Rejection.SplitFundingInvalid, "Credit is not split: leave the balance or the split out.");
        var (amount, why) = payables.AmountOf(Amount, policy);
        if (why is not null) return CommandRules.Refuse(why, payables.Explain(why, amount));
        var allocation = payables.Allocate(amount);
        if (amount.IsZero && Funding is not null) return CommandRules.Refuse(Rejection.SplitFundingInvalid, "Nothing is charged, so there is nothing to split.");
        if (amount.IsZero) return PayZero(state, context, payables, id, allocation);

        var available = state.CreditOf(new(payables.Account, amount.Currency))?.Available;
        var (byCredit, byMethod) = ApplyBalance && available is { } there ? payables.SplitOff(allocation, there) : (null, allocation);
        if (byMethod is null) return PayByCredit(state, context, payables, id, byCredit!);
        if (MethodProblem(state, payables.Account) is { } problem) return CommandRules.Refuse(problem);
        var gateway = Gateway ?? state.PaymentMethod!.Gateway;
        if (!context.Gateways.TryGetValue(gateway, out var terms)) return CommandRules.NoGateway(context, gateway);
        if (!terms.Profile.Supports(Kind)) return CommandRules.Refuse(Rejection.GatewayCannot);
        if (!TakesToken(state, terms)) return CommandRules.Refuse(Rejection.PaymentMethodNotTokenizable);
        if (Funding is not null && CaptureLater) return CommandRules.Refuse(Rejection.SplitFundingInvalid, "What is only blocked now cannot be split; charge it at once.");
        if (Funding is not null && !terms.Profile.SplitsFor(Tenant)) return CommandRules.Refuse(Rejection.SplitFundingNotEnrolled);
        if (Funding?.Problem(byMethod.Total) is { } unfit) return CommandRules.Refuse(Rejection.SplitFundingInvalid, unfit);
        return Charge(state, context, payables, id, byMethod, byCredit, gateway, terms);
    }

    private OperationKind Kind => CaptureLater ? OperationKind.Authorize : OperationKind.Charge;

    private IReadOnlyList<OperationId> OperationsOf(OperationId id) => ApplyBalance ? [id, StateChange.CreditIdOf(id)] : [id];

    private PayableTarget Target => new(InvoiceId, PaymentRequestId, OrderId, CreditGrantId, Several);

    /// <summary>What the command means. Comment, metadata and the way back are not part of it: they change nothing about the money.</summary>
    private Fingerprint Meaning() => FundingRequest.Write(Target.Write(new CanonicalWriter().Add("command", CaptureLater ? "authorize" : "pay")).Add("account", Account?.Value).Add("amount", Amount)
        .Add("method", PaymentMethod?.Value).Add("gateway", Gateway?.Value).Add("token", Token?.Reveal())
        .Add("initiator", (long)Initiator).Add("reference", Reference).AddIf(ApplyBalance, "balance"), Funding).ToFingerprint();

    private string? TextProblem(PaymentPolicy policy) =>
        CommandRules.TextProblem(
            policy,
            (Comment, "comment", TextLimits.Comment),
            (Reference, "reference", TextLimits.Reference),
            (MethodKind, "kind of the payment method", TextLimits.MethodKind),
            (Description, "description", TextLimits.Description))
        ?? CommandRules.MetadataProblem(policy, Metadata) ?? CommandRules.ReturnUrlProblem(ReturnUrl, policy);

    private Rejection? MethodProblem(InvoiceState state, AccountId account)
    {
        if (Token is not null) return null;
        if (state.PaymentMethod is not { } method) return PaymentMethod is null ? Rejection.PaymentMethodMissing : Rejection.PaymentMethodNotFound;
        if (method.Account != account) return Rejection.PaymentMethodNotFound;
        return method.IsChargeable ? null : Rejection.PaymentMethodNotChargeable;
    }

    /// <summary>Whether what is charged can be charged by a token at all (Rapyd: is_tokenizable).</summary>
    private bool TakesToken(InvoiceState state, GatewayTerms terms) =>
        Token is not null ? terms.Profile.TakesTokensOf(MethodKind) : state.PaymentMethod!.IsTokenizable && terms.Profile.TakesTokensOf(state.PaymentMethod.Kind);

    private Decision<PaymentResult>.Answer PayZero(
        InvoiceState state, DecisionContext context, Payables payables, OperationId id, PaymentAllocation allocation)
    {
        var change = new StateChange(state, context);
        var now = context.Now;
        var done = change.Record(
            OperationOf(payables, id, allocation, now) with { Status = OperationStatus.Succeeded, Moved = allocation.Total, AnsweredAt = now },
            PaymentOf(payables, id, allocation, now) with { Status = OperationStatus.Succeeded, SucceededAt = now });
        return new(change.ToChangeSet(Tenant), change.ResultOf(done));
    }

    private Decision<PaymentResult> Charge(
        InvoiceState state, DecisionContext context, Payables payables, OperationId id, PaymentAllocation allocation, PaymentAllocation? byCredit,
        GatewayName gateway, GatewayTerms terms)
    {
        var now = context.Now;
        var operation = OperationOf(payables, id, allocation, now) with { Funding = Funding?.Of(allocation.Total) };
        var payment = PaymentOf(payables, id, allocation, now) with { Gateway = gateway, PaymentMethod = Token is null ? state.PaymentMethod!.Id : null };
        if (DuplicateRules.Refuse(state, operation, payment, context, ConfirmDuplicate) is { } duplicate) return duplicate;

        GatewayCommand ask = CaptureLater
            ? new GatewayCommand.Authorize
            {
                Tenant = Tenant, Gateway = gateway, Reference = operation.Reference, Amount = allocation.Total, Account = payables.Account,
                Token = Token ?? state.PaymentMethod!.Token, SingleUse = Token is not null, Initiator = Initiator,
                Description = payment.Description, StatementDescriptor = payables.Details.StatementDescriptor, ReturnUrl = ReturnUrl, Metadata = Metadata,
            }
            : new GatewayCommand.Charge
            {
                Tenant = Tenant, Gateway = gateway, Reference = operation.Reference, Amount = allocation.Total, Account = payables.Account,
                Token = Token ?? state.PaymentMethod!.Token, SingleUse = Token is not null, Initiator = Initiator,
                Description = payment.Description, StatementDescriptor = payables.Details.StatementDescriptor, ReturnUrl = ReturnUrl, Metadata = Metadata,
            };
        var beside = byCredit is null ? ((PaymentOperation, Payment)?)null : ByCredit(payables, StateChange.CreditIdOf(id), byCredit, now, follows: id);
        return CommandRules.Begin(state, context, operation, ask, terms, payment, beside);
    }

    private Decision<PaymentResult> PayByCredit(
        InvoiceState state, DecisionContext context, Payables payables, OperationId id, PaymentAllocation byCredit)
    {
        var change = new StateChange(state, context);
        var (operation, payment) = ByCredit(payables, id, byCredit, context.Now, follows: null);
        if (DuplicateRules.Refuse(state, operation, payment, context, ConfirmDuplicate) is { } duplicate) return duplicate;

        var done = change.Record(
            operation with { Status = OperationStatus.Succeeded, Moved = byCredit.Total, AnsweredAt = context.Now },
            payment with { Status = OperationStatus.Succeeded, SucceededAt = context.Now });
        return new Decision<PaymentResult>.Answer(change.ToChangeSet(Tenant), change.ResultOf(done));
    }

    // A payment of its own, so that it can be given back as what it was.
    private (PaymentOperation Operation, Payment Payment) ByCredit(
        Payables payables, OperationId id, PaymentAllocation byCredit, DateTimeOffset now, OperationId? follows) =>
        (OperationOf(payables, id, byCredit, now) with { Kind = OperationKind.Credit, Follows = follows },
         PaymentOf(payables, id, byCredit, now) with { Mode = PaymentMode.Credit });

    private PaymentOperation OperationOf(Payables payables, OperationId id, PaymentAllocation allocation, DateTimeOffset now) => new()
    {
        Tenant = Tenant, Id = id, Kind = allocation.Total.IsZero ? OperationKind.Charge : Kind, Payment = StateChange.PaymentIdOf(id), Account = payables.Account, Amount = allocation.Total,
        Allocation = allocation, Status = OperationStatus.Pending, Fingerprint = Meaning(), CreatedAt = now,
        Initiator = Initiator, Comment = Comment, Hold = CaptureLater && allocation.Total.IsPositive ? new(allocation, allocation.Total) : null,
    };

    private Payment PaymentOf(Payables payables, OperationId id, PaymentAllocation allocation, DateTimeOffset now) => new()
    {
        Tenant = Tenant, Id = StateChange.PaymentIdOf(id), Account = payables.Account, Amount = allocation.Total, Mode = PaymentMode.Online,
        Status = OperationStatus.Pending, Shares = Payment.SharesOf(allocation), Reference = Reference,
        Description = Description ?? payables.Details.Description, Metadata = Metadata, CreatedAt = now,
    };
}

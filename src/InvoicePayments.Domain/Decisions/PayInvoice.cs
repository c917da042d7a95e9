namespace InvoicePayments;

/// <summary>
/// Pay an invoice online. Name a stored method, or give a gateway and a single-use token, or neither: then the invoice's or the
/// account's default method is charged.
/// </summary>
public sealed record PayInvoice : IDecidable<PaymentResult>
{
    /// <summary>The tenant (Pelcro: site); <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The invoice.</summary>
    public required InvoiceId InvoiceId { get; init; }

    /// <summary>The caller's idempotency key, 1 to 255 characters: the same key never charges twice.</summary>
    public required string Key { get; init; }

    /// <summary>The calling customer's account; an invoice of another is answered like an unknown one. Null when the host itself calls.</summary>
    public AccountId? Account { get; init; }

    /// <summary>How much, in the invoice's currency; everything due when left out.</summary>
    public Money? Amount { get; init; }

    /// <summary>Whether the money is only blocked now, and taken by <see cref="CapturePayment"/> later. False when left out.</summary>
    public bool CaptureLater { get; init; }

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
        Invoices = [InvoiceId],
        Operations = IdempotencyKey.TryCreate(Key, out var key, out _) ? [IdempotencyGuard.OperationOf(Tenant, policy.KeyScope, Account, key)] : [],
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
        if (state.Find(InvoiceId) is not { } invoice || (Account is { } caller && invoice.Account != caller))
            return CommandRules.Refuse(Rejection.InvoiceNotFound, $"There is no invoice {InvoiceId} for this account.");

        var id = IdempotencyGuard.OperationOf(Tenant, policy.KeyScope, Account, key);
        if (CommandRules.Seen(state, context, id, Meaning()) is { } seen) return seen;

        if (CommandRules.NotPayable(invoice, policy, initiator: Initiator) is { } closed) return CommandRules.Refuse(closed);
        if (Gateway is null != Token is null) return CommandRules.Refuse(Rejection.PaymentMethodIncomplete);
        if (PaymentMethod is not null && Token is not null) return CommandRules.Refuse(Rejection.PaymentMethodAmbiguous);

        var (amount, why) = CommandRules.AmountOf(invoice, Amount, policy);
        if (why is not null) return CommandRules.Refuse(why, $"{why.Message} Asked: {amount}, due: {invoice.Due}, payable: {invoice.Payable}. {why.WhatToDo}");
        if (amount.IsZero) return PayZero(state, context, invoice, id);

        if (MethodProblem(state, invoice) is { } problem) return CommandRules.Refuse(problem);
        var gateway = Gateway ?? state.PaymentMethod!.Gateway;
        if (!context.Gateways.TryGetValue(gateway, out var terms)) return CommandRules.NoGateway(context, gateway);
        if (!terms.Profile.Supports(Kind)) return CommandRules.Refuse(Rejection.GatewayCannot);
        if (!TakesToken(state, terms)) return CommandRules.Refuse(Rejection.PaymentMethodNotTokenizable);
        return Charge(state, context, invoice, id, amount, gateway, terms);
    }

    private OperationKind Kind => CaptureLater ? OperationKind.Authorize : OperationKind.Charge;

    /// <summary>What the command means. Comment, metadata and the way back are not part of it: they change nothing about the money.</summary>
    private Fingerprint Meaning() => new CanonicalWriter()
        .Add("command", CaptureLater ? "authorize" : "pay").Add("invoice", InvoiceId.Value).Add("account", Account?.Value).Add("amount", Amount)
        .Add("method", PaymentMethod?.Value).Add("gateway", Gateway?.Value).Add("token", Token?.Reveal())
        .Add("initiator", (long)Initiator).Add("reference", Reference).ToFingerprint();

    private string? TextProblem(PaymentPolicy policy) =>
        CommandRules.TextProblem(
            policy,
            (Comment, "comment", TextLimits.Comment),
            (Reference, "reference", TextLimits.Reference),
            (MethodKind, "kind of the payment method", TextLimits.MethodKind),
            (Description, "description", TextLimits.Description))
        ?? CommandRules.MetadataProblem(policy, Metadata) ?? CommandRules.ReturnUrlProblem(ReturnUrl, policy);

    private Rejection? MethodProblem(InvoiceState state, Invoice invoice)
    {
        if (Token is not null) return null;
        if (state.PaymentMethod is not { } method) return PaymentMethod is null ? Rejection.PaymentMethodMissing : Rejection.PaymentMethodNotFound;
        if (method.Account != invoice.Account) return Rejection.PaymentMethodNotFound;
        return method.IsChargeable ? null : Rejection.PaymentMethodNotChargeable;
    }

    /// <summary>Whether what is charged can be charged by a token at all (Rapyd: is_tokenizable).</summary>
    private bool TakesToken(InvoiceState state, GatewayTerms terms) =>
        Token is not null ? terms.Profile.TakesTokensOf(MethodKind) : state.PaymentMethod!.IsTokenizable && terms.Profile.TakesTokensOf(state.PaymentMethod.Kind);

    private Decision<PaymentResult>.Answer PayZero(InvoiceState state, DecisionContext context, Invoice invoice, OperationId id)
    {
        var change = new StateChange(state, context);
        var now = context.Now;
        var done = change.Record(
            OperationOf(invoice, id, invoice.Total, now) with { Status = OperationStatus.Succeeded, Moved = invoice.Total, AnsweredAt = now },
            PaymentOf(invoice, id, invoice.Total, now, captured: 0) with { Status = OperationStatus.Succeeded, SucceededAt = now });
        return new(change.ToChangeSet(Tenant), change.ResultOf(done));
    }

    private Decision<PaymentResult> Charge(
        InvoiceState state, DecisionContext context, Invoice invoice, OperationId id, Money amount, GatewayName gateway, GatewayTerms terms)
    {
        var now = context.Now;
        var operation = OperationOf(invoice, id, amount, now);
        var payment = PaymentOf(invoice, id, amount, now, captured: 0) with { Gateway = gateway, PaymentMethod = Token is null ? state.PaymentMethod!.Id : null };
        if (DuplicateRules.Refuse(invoice, operation, payment, context, ConfirmDuplicate) is { } duplicate) return duplicate;

        GatewayCommand ask = CaptureLater
            ? new GatewayCommand.Authorize
            {
                Tenant = Tenant, Gateway = gateway, Reference = operation.Reference, Amount = amount, Account = invoice.Account,
                Token = Token ?? state.PaymentMethod!.Token, SingleUse = Token is not null, Initiator = Initiator,
                Description = payment.Description, StatementDescriptor = invoice.Details.StatementDescriptor, ReturnUrl = ReturnUrl, Metadata = Metadata,
            }
            : new GatewayCommand.Charge
            {
                Tenant = Tenant, Gateway = gateway, Reference = operation.Reference, Amount = amount, Account = invoice.Account,
                Token = Token ?? state.PaymentMethod!.Token, SingleUse = Token is not null, Initiator = Initiator,
                Description = payment.Description, StatementDescriptor = invoice.Details.StatementDescriptor, ReturnUrl = ReturnUrl, Metadata = Metadata,
            };
        return CommandRules.Begin(state, context, operation, ask, terms, payment);
    }

    private PaymentOperation OperationOf(Invoice invoice, OperationId id, Money amount, DateTimeOffset now) => new()
    {
        Tenant = Tenant, Id = id, Kind = amount.IsZero ? OperationKind.Charge : Kind, Payment = StateChange.PaymentIdOf(id), Account = invoice.Account, Amount = amount,
        Allocation = PaymentAllocation.To(InvoiceId, amount), Status = OperationStatus.Pending, Fingerprint = Meaning(), CreatedAt = now,
        Initiator = Initiator, Comment = Comment, Hold = CaptureLater && amount.IsPositive ? new(PaymentAllocation.To(InvoiceId, amount), amount) : null,
    };

    private Payment PaymentOf(Invoice invoice, OperationId id, Money amount, DateTimeOffset now, long captured) => new()
    {
        Tenant = Tenant, Id = StateChange.PaymentIdOf(id), Account = invoice.Account, Amount = amount, Mode = PaymentMode.Online,
        Status = OperationStatus.Pending, Shares = [new(InvoiceId, captured, 0, 0)], Reference = Reference,
        Description = Description ?? invoice.Details.Description, Metadata = Metadata, CreatedAt = now,
    };
}

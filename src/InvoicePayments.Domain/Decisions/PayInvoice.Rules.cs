namespace InvoicePayments;

/// <content>The rules: guards first, one refusal per line, then the one thing that happens.</content>
public sealed partial record PayInvoice
{
    /// <inheritdoc/>
    public Decision<PaymentResult> Decide(InvoiceState state, DecisionContext context)
    {
        var policy = context.Policy;
        if (!IdempotencyKey.TryCreate(Key, out var key, out var keyProblem)) return CommandRules.Refuse(Rejection.IdempotencyKeyInvalid, keyProblem);
        if (TextProblem(policy) is { } textProblem) return CommandRules.Refuse(Rejection.TextInvalid, textProblem);
        if (Account is null && policy.RequireCallingAccount && Initiator == PaymentInitiator.Customer) return CommandRules.Refuse(Rejection.CallerUnknown);
        var target = Target;
        if (target.Problem is { } unclear) return CommandRules.Refuse(unclear);
        if (Payables.Find(state, target, Account) is not { } payables) return CommandRules.Refuse(Rejection.InvoiceNotFound, target.NotFound);

        var id = IdempotencyGuard.OperationOf(Tenant, policy.KeyScope, Account, key);
        if (CommandRules.Seen(state, context, id, Meaning()) is { } seen) return seen;

        if (payables.Closed(policy, initiator: Initiator) is { } closed) return CommandRules.Refuse(closed);
        if (Gateway is null != Token is null) return CommandRules.Refuse(Rejection.PaymentMethodIncomplete);
        if (PaymentMethod is not null && Token is not null) return CommandRules.Refuse(Rejection.PaymentMethodAmbiguous);
        if (LinkAt is not null && (PaymentMethod is not null || Token is not null)) return CommandRules.Refuse(Rejection.PaymentMethodAmbiguous, "A payment link was asked for beside a payment method: on the link the payer chooses the method. Give one or the other.");
        if (LinkAt is not null && CaptureLater) return CommandRules.Refuse(Rejection.PaymentLinkWithCaptureLater);
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
        if (LinkAt is null && MethodProblem(state, payables.Account) is { } problem) return CommandRules.Refuse(problem);
        var gateway = LinkAt ?? Gateway ?? state.PaymentMethod!.Gateway;
        if (!context.Gateways.TryGetValue(gateway, out var terms)) return CommandRules.NoGateway(context, gateway);
        if (!terms.Profile.Supports(Kind)) return CommandRules.Refuse(Rejection.GatewayCannot);
        if (LinkAt is not null && terms.Profile.PaymentLinks is null) return CommandRules.Refuse(Rejection.PaymentLinkUnavailable);
        if (LinkAt is null && !TakesToken(state, terms)) return CommandRules.Refuse(Rejection.PaymentMethodNotTokenizable);
        if (FundingProblem(byMethod, terms) is { } unfit) return unfit;
        return Charge(state, context, payables, id, byMethod, byCredit, gateway, terms);
    }

    private Decision<PaymentResult>? FundingProblem(PaymentAllocation byMethod, GatewayTerms terms)
    {
        if (Funding is null) return null;
        if (CaptureLater) return CommandRules.Refuse(Rejection.SplitFundingInvalid, "What is only blocked now cannot be split; charge it at once.");
        if (!terms.Profile.SplitsFor(Tenant)) return CommandRules.Refuse(Rejection.SplitFundingNotEnrolled);
        return Funding.Problem(byMethod.Total) is { } unfit ? CommandRules.Refuse(Rejection.SplitFundingInvalid, unfit) : null;
    }

    private OperationKind Kind => CaptureLater ? OperationKind.Authorize : OperationKind.Charge;

    private IReadOnlyList<OperationId> OperationsOf(OperationId id) => ApplyBalance ? [id, StateChange.CreditIdOf(id)] : [id];

    private PayableTarget Target => new(InvoiceId, PaymentRequestId, OrderId, CreditGrantId, Several);

    /// <summary>What the command means. Comment, metadata and the way back are not part of it: they change nothing about the money.</summary>
    private Fingerprint Meaning() => FundingRequest.Write(Target.Write(CanonicalWriter.Begin().Add("command", CaptureLater ? "authorize" : "pay")).Add("account", Account?.Value).Add("amount", Amount)
        .Add("method", PaymentMethod?.Value).Add("gateway", Gateway?.Value).Add("token", Token?.Reveal())
        .Add("initiator", (long)Initiator).Add("reference", Reference).AddIf(ApplyBalance, "balance").AddGiven("link", LinkAt?.Value), Funding).ToFingerprint();

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
}

namespace InvoicePayments;

/// <summary>
/// Settle by hand what nobody could answer: an operator has looked it up at the gateway. Only for an operation that is unknown or needs
/// attention; what follows is recorded as the gateway's own answer would be, with who said so and why. Saying the same twice is harmless.
/// Should the gateway say otherwise later, that money is recorded too, and nothing is dropped.
/// </summary>
public sealed record SettleOperation : IDecidable<PaymentResult>
{
    private const string Code = "settled_by_hand";

    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The operation.</summary>
    public required OperationId Operation { get; init; }

    /// <summary>What became of it.</summary>
    public required Settlement Settlement { get; init; }

    /// <summary>Who says so: required, at most 255 characters.</summary>
    public required string By { get; init; }

    /// <summary>How that person knows: required, at most 300 characters; a customer may see it.</summary>
    public required string Why { get; init; }

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => new() { Tenant = Tenant, Operations = [Operation, StateChange.CreditIdOf(Operation)] };

    /// <inheritdoc/>
    public Decision<PaymentResult> Decide(InvoiceState state, DecisionContext context)
    {
        if (TextProblem(context.Policy.AllowCardNumbersInText) is { } text) return CommandRules.Refuse(Rejection.TextInvalid, text);
        if (state.Find(Operation) is not { } operation) return CommandRules.Refuse(Rejection.OperationNotFound);

        var change = new StateChange(state, context);
        if (IsSettledSo(operation)) return new Decision<PaymentResult>.Answer(null, change.ResultOf(operation, isReplay: true));
        if (operation.Status is not (OperationStatus.Unknown or OperationStatus.NeedsAttention)) return CommandRules.Refuse(Rejection.OperationNotSettleable);
        if (operation.IsBusyAt(context.Now)) return CommandRules.Refuse(Rejection.OperationBusy);
        if (AmountProblem(operation) is { } wrong) return CommandRules.Refuse(wrong);

        var settled = change.SettleByHand(operation, Settlement is Settlement.Happened, By, Why);
        if (Settlement is Settlement.Happened held && operation.Kind == OperationKind.Authorize) Block(change, settled, held, context.Policy);
        else if (Settlement is Settlement.Happened money) Succeed(change, settled, money);
        else OutcomeRules.End(change, settled, OperationStatus.Failed, null, new(Code, "A person has found out that it never happened."), null);
        return new Decision<PaymentResult>.Answer(change.ToChangeSet(Tenant), change.ResultOf(operation));
    }

    // Of an authorization no money has moved: it stands, for as much as the person has seen, and can be captured or voided. A person's word
    // goes over the table of what news may do.
    private static void Block(StateChange change, PaymentOperation operation, Settlement.Happened held, PaymentPolicy policy)
    {
        var hold = operation.Hold! with { Approved = held.Moved, ExpiresAt = operation.Hold.ExpiresAt ?? operation.CreatedAt + policy.AuthorizationLifetime };
        change.Progress(
            operation,
            o => o with { Status = OperationStatus.Authorized, Error = null, GatewayPaymentId = held.Id, Hold = hold, NextCheckAt = hold.ExpiresAt, Action = null, ActionDeadline = null },
            new InvoiceEvent.Authorized(hold.Approved, held.Id, hold.ExpiresAt));
    }

    // More than was asked is recorded as a second movement, as it would be had the gateway said so.
    private static void Succeed(StateChange change, PaymentOperation operation, Settlement.Happened money)
    {
        var done = change.Succeed(operation, money.Id, Money.Min(money.Moved, operation.Amount));
        if (money.Moved > operation.Amount) change.RecordMore(operation, done, money.Id, operation.Amount, money.Moved);
    }

    private Rejection? AmountProblem(PaymentOperation operation)
    {
        if (Settlement is not Settlement.Happened money) return null;
        if (money.Moved.Currency != operation.Amount.Currency) return Rejection.CurrencyMismatch;
        if (!money.Moved.IsPositive) return Rejection.AmountNotPositive;
        if (operation is { Kind: OperationKind.Void, Authorization: not null } && money.Moved != operation.Amount) return Rejection.PaymentNotWhole;
        if (operation.Kind == OperationKind.Authorize && money.Moved > operation.Amount) return Rejection.AmountExceedsPayable;
        if (operation.GivesBack && money.Moved > operation.Amount) return Rejection.AmountExceedsRefundable;
        // What is beyond what was asked is a second movement, and none is larger than what was asked: more than twice as much is a slip of the pen.
        return money.Moved.MinorUnits > Invoice.MaxTotal || money.Moved - operation.Amount > operation.Amount ? Rejection.AmountExceedsPayable : null;
    }

    private bool IsSettledSo(PaymentOperation operation) => operation.SettledBy is not null && Settlement switch
    {
        Settlement.Happened held when operation.Kind == OperationKind.Authorize =>
            operation.Status == OperationStatus.Authorized && operation.GatewayPaymentId == held.Id && operation.Hold!.Approved == held.Moved,
        Settlement.Happened money => operation.Status == OperationStatus.Succeeded && operation.GatewayPaymentId == money.Id
            && (operation.Moved == Money.Min(money.Moved, operation.Amount) || operation is { Kind: OperationKind.Void, Authorization: not null }),
        _ => operation.Error?.Code == Code,
    };

    private string? TextProblem(bool allowCardNumbers) =>
        TextRules.Problem(By, "name of who settles", TextLimits.Reference, allowCardNumbers, required: true)
        ?? TextRules.Problem(Why, "reason", TextLimits.Comment, allowCardNumbers, required: true, multiline: true);
}

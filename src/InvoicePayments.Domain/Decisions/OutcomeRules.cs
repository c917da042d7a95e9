using System.Diagnostics;

namespace InvoicePayments;

/// <summary>What each outcome does to an operation. News that the transition table does not allow is old news and does nothing.</summary>
internal static class OutcomeRules
{
    internal static void Apply(StateChange change, InvoiceState state, DecisionContext context, PaymentOperation operation, GatewayOutcome outcome)
    {
        switch (outcome)
        {
            case GatewayOutcome.Succeeded money when Differs(operation, money):
                Contradict(change, state, operation, money.Id, money.Moved);
                break;
            case GatewayOutcome.Succeeded when operation is { IsFinal: true, Kind: OperationKind.Void, Authorization: not null }:
                // Nothing moves twice: all there is to learn is that nothing is held any more.
                change.EndAuthorization(operation, OperationStatus.Canceled, StateChange.Voided);
                break;
            case GatewayOutcome.Succeeded money when !operation.IsFinal && operation.Kind != OperationKind.Authorize:
                change.Succeed(operation, money.Id, money.Moved);
                break;
            case GatewayOutcome.Succeeded money:
                RecordIfAnother(change, state, operation, money);
                break;
            case GatewayOutcome.Authorized blocked when Differs(operation, blocked):
                Contradict(change, state, operation, blocked.Id, blocked.Amount);
                break;
            case GatewayOutcome.Authorized blocked when operation.Kind == OperationKind.Authorize:
                Block(change, context, operation, blocked);
                break;
            case GatewayOutcome.Authorized blocked:
                Move(change, operation, OperationStatus.Authorized, null, blocked.Id, context.Now + context.Policy.WaitAfter(int.MaxValue));
                break;
            case GatewayOutcome.ActionRequired challenge:
                Challenge(change, context, operation, challenge);
                break;
            case GatewayOutcome.Processing working:
                Move(change, operation, OperationStatus.Processing, null, working.Id, context.Now + (working.AskAgainAfter ?? context.Policy.WaitAfter(operation.Checks)));
                break;
            case GatewayOutcome.Unknown missing:
                Forget(change, context, operation, missing.Why, missing.AskAgainAfter);
                break;
            case GatewayOutcome.Declined no:
                End(change, operation, OperationStatus.Declined, no.Why, null, no.Id);
                break;
            case GatewayOutcome.Refused refused:
                End(change, operation, OperationStatus.Failed, null, refused.Why, null);
                break;
            case GatewayOutcome.NotSent notAgain when operation.Sends > 1:
                // It speaks for the last request alone; an earlier one may have arrived.
                Forget(change, context, operation, notAgain.Why);
                break;
            case GatewayOutcome.NotSent never:
                End(change, operation, OperationStatus.Failed, null, never.Why, null);
                break;
            case GatewayOutcome.Canceled canceled:
                End(change, operation, OperationStatus.Canceled, null, new("canceled", "It was called off before money moved."), canceled.Id);
                break;
            case GatewayOutcome.Expired expired:
                End(change, operation, OperationStatus.Expired, null, new("expired", "It ran out of time before money moved."), expired.Id);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Sets when to look again; an unknown operation whose schedule has ended needs a person.</summary>
    internal static void LookAgain(StateChange change, DecisionContext context, PaymentOperation operation, TimeSpan? after)
    {
        var nobodyKnows = operation.Status is OperationStatus.Pending or OperationStatus.Unknown;
        if (nobodyKnows && context.Policy.IsExhausted(operation.Checks))
        {
            NeedPerson(change, operation, new("unresolved", $"The gateway was asked {operation.Checks} times and could not say what became of it."));
            return;
        }

        // What is blocked rests until it expires, however often and on whatever ways that is told.
        var rest = operation is { Status: OperationStatus.Authorized, Hold.ExpiresAt: { } expiry } && expiry > context.Now && after is null ? expiry : (DateTimeOffset?)null;
        var wait = operation.Status == OperationStatus.NeedsAttention ? (DateTimeOffset?)null : rest ?? context.Now + (after ?? context.Policy.WaitAfter(operation.Checks));
        change.Reschedule(operation, o => o with { BusyUntil = null, NextCheckAt = wait });
    }

    internal static void NeedPerson(StateChange change, PaymentOperation operation, OperationError why) =>
        Move(change, operation, OperationStatus.NeedsAttention, why, operation.GatewayPaymentId, null);

    internal static void End(
        StateChange change, PaymentOperation operation, OperationStatus status, Decline? decline, OperationError? why, GatewayPaymentId? id)
    {
        if (PaymentStateMachine.Allows(operation.Status, status)) change.End(operation, status, decline, why, id);
    }

    private static bool Differs(PaymentOperation operation, GatewayOutcome.Succeeded money)
    {
        if (money.Moved == operation.Amount) return false;
        var mayBePartial = money.PartiallyApproved && operation.Kind is (OperationKind.Charge or OperationKind.Authorize);
        return !mayBePartial || !IsPart(operation, money.Moved);
    }

    private static bool Differs(PaymentOperation operation, GatewayOutcome.Authorized blocked)
    {
        if (blocked.Amount == operation.Amount) return false;
        return !blocked.PartiallyApproved || operation.Kind != OperationKind.Authorize || !IsPart(operation, blocked.Amount);
    }

    private static bool IsPart(PaymentOperation operation, Money amount) =>
        amount.Currency == operation.Amount.Currency && amount.IsPositive && amount < operation.Amount;

    private static void RecordIfAnother(StateChange change, InvoiceState state, PaymentOperation operation, GatewayOutcome.Succeeded money)
    {
        // What moves under an authorization's own reference was not asked for: it is never the authorization itself.
        var isOwn = operation is { Status: OperationStatus.Succeeded, Kind: not OperationKind.Authorize } && operation.GatewayPaymentId == money.Id;
        var movement = isOwn ? operation : state.Find(StateChange.LateIdOf(operation.Id, money.Id));
        if (movement is null) change.RecordLate(operation, money.Id, money.Moved);
        else if (operation.Kind is OperationKind.Charge or OperationKind.Authorize) RecordIfMore(change, state, operation, movement, money);
    }

    // One movement has one amount. Of several that fit the largest counts, whichever came first, because what may have been taken is
    // never asked for again; the others are shown.
    private static void RecordIfMore(
        StateChange change, InvoiceState state, PaymentOperation operation, PaymentOperation movement, GatewayOutcome.Succeeded money)
    {
        var known = state.Find(movement.Payment)!.Captured;
        if (money.Moved == known) return;
        Contradict(change, state, operation, money.Id, Money.Min(known, money.Moved));
        if (money.Moved > known) change.RecordMore(operation, movement, money.Id, known, money.Moved);
    }

    private static void Contradict(StateChange change, InvoiceState state, PaymentOperation operation, GatewayPaymentId id, Money reported)
    {
        var known = state.Find(operation.Payment)!.Discrepancies.Contains(new(operation.Id, id, reported));
        if (!known) change.NoteDiscrepancy(operation, id, reported);
        NeedPerson(change, operation, new("amount_differs", $"{operation.Amount} was asked for, and the gateway reports {reported}."));
    }

    private static void Challenge(StateChange change, DecisionContext context, PaymentOperation operation, GatewayOutcome.ActionRequired challenge)
    {
        var deadline = challenge.Until ?? operation.CreatedAt + TimeFor(challenge.Action, operation, context);
        var replaces = operation.Status == OperationStatus.ActionRequired && IsLater(challenge.Action, deadline, operation);
        if (!replaces && !PaymentStateMachine.Allows(operation.Status, OperationStatus.ActionRequired)) return;

        change.Progress(
            operation,
            o => o with
            {
                Status = OperationStatus.ActionRequired, GatewayPaymentId = challenge.Id, Action = challenge.Action,
                ActionDeadline = deadline, NextCheckAt = deadline, Error = null,
            },
            new InvoiceEvent.ActionRequired(challenge.Action.Destination, deadline));
    }

    private static TimeSpan TimeFor(PendingAction action, PaymentOperation operation, DecisionContext context)
    {
        var profile = operation.Gateway is { } gateway ? context.Gateways.GetValueOrDefault(gateway)?.Profile : null;
        return action is PendingAction.PaymentLink
            ? profile?.PaymentLinkTime ?? context.Policy.PaymentLinkLifetime
            : profile?.ChallengeTime ?? context.Policy.ActionDeadline;
    }

    // Of several words about one authorization the smallest amount, the latest end and the worst suspicion count, in whatever order they come.
    private static void Block(StateChange change, DecisionContext context, PaymentOperation operation, GatewayOutcome.Authorized blocked)
    {
        if (operation.IsFinal) return;
        var (known, until) = (operation.Hold!, blocked.Until ?? operation.CreatedAt + context.Policy.AuthorizationLifetime);
        var hold = known with
        {
            Approved = Money.Min(known.Approved, blocked.Amount), ExpiresAt = known.ExpiresAt > until ? known.ExpiresAt : until,
            Fraud = blocked.Fraud > known.Fraud ? blocked.Fraud : known.Fraud,
        };
        if (PaymentStateMachine.Allows(operation.Status, OperationStatus.Authorized))
        {
            change.Progress(
                operation,
                o => o with
                {
                    Status = OperationStatus.Authorized, Error = null, GatewayPaymentId = blocked.Id, Hold = hold, NextCheckAt = hold.ExpiresAt,
                    Action = null, ActionDeadline = null,
                },
                new InvoiceEvent.Authorized(hold.Approved, blocked.Id, hold.ExpiresAt));
        }
        else if (hold != known)
        {
            var next = operation.Status == OperationStatus.Authorized ? hold.ExpiresAt : operation.NextCheckAt;
            change.Reschedule(operation, o => o with { Hold = hold, NextCheckAt = next, BusyUntil = null });
        }
    }

    // Of two challenges the one that lasts longer counts, whichever came first.
    private static bool IsLater(PendingAction action, DateTimeOffset deadline, PaymentOperation operation) =>
        operation.ActionDeadline != deadline ? deadline > operation.ActionDeadline : string.CompareOrdinal(Text(action), Text(operation.Action!)) > 0;

    private static string Text(PendingAction action) => action switch
    {
        PendingAction.Redirect redirect => "r" + redirect.Url.AbsoluteUri,
        PendingAction.PaymentLink link => "l" + link.Url.AbsoluteUri,
        PendingAction.ClientSecret secret => "s" + secret.Secret.Reveal(),
        _ => throw new UnreachableException(),
    };

    private static void Forget(
        StateChange change, DecisionContext context, PaymentOperation operation, OperationError why, TimeSpan? askAgainAfter = null) =>
        Move(
            change, operation, OperationStatus.Unknown, why, operation.GatewayPaymentId,
            context.Now + (askAgainAfter ?? context.Policy.WaitAfter(operation.Checks)));

    private static void Move(
        StateChange change, PaymentOperation operation, OperationStatus status, OperationError? why, GatewayPaymentId? id, DateTimeOffset? nextCheck)
    {
        if (!PaymentStateMachine.Allows(operation.Status, status)) return;
        change.Progress(
            operation,
            o => o with
            {
                Status = status, Error = why, GatewayPaymentId = id ?? o.GatewayPaymentId, NextCheckAt = nextCheck,
                Action = null, ActionDeadline = null,
            },
            new InvoiceEvent.Progressed(status, why));
    }
}

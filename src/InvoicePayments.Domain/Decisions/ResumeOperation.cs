namespace InvoicePayments;

/// <summary>
/// Find out what became of an operation: after an answer that was lost, a challenge that came back, or a host that died. It asks the
/// gateway, and asks it to move money again only where the gateway's guarantee covers that.
/// </summary>
public sealed record ResumeOperation : IDecidable<PaymentResult>
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The operation.</summary>
    public required OperationId Operation { get; init; }

    /// <summary>Whether the caller who wants the money moved is waiting, rather than a background recovery. False when left out.</summary>
    public bool ByCaller { get; init; }

    /// <summary>Whether what the gateway said before the operation was known here has been taken in. False when left out.</summary>
    public bool HasHeard { get; init; }

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => new() { Tenant = Tenant, Operations = [Operation, StateChange.CreditIdOf(Operation)] };

    /// <inheritdoc/>
    public Decision<PaymentResult> Decide(InvoiceState state, DecisionContext context)
    {
        if (state.Find(Operation) is not { } operation)
        {
            return new Decision<PaymentResult>.Answer(
                null, new PaymentResult.Rejected(Rejection.OperationNotFound, $"There is no operation {Operation} in tenant {Tenant}."));
        }

        var heard = HasHeard || operation.IsFinal ? [] : CommandRules.HeardOf(state, operation.Id, operation.Gateway);
        return heard.Count > 0 ? new Decision<PaymentResult>.Recall(null, operation, heard, ByCaller) : Resume(state, context, operation, ByCaller);
    }

    internal static Decision<PaymentResult> Resume(InvoiceState state, DecisionContext context, PaymentOperation operation, bool byCaller)
    {
        var change = new StateChange(state, context);

        // A dispute is told of and never asked for; account credit has no gateway to ask: it waits for the charge whose fate it shares.
        if (operation.IsFinal || operation.IsBusyAt(context.Now) || operation.Gateway is null || operation.Kind == OperationKind.Dispute) return new Decision<PaymentResult>.Answer(null, change.ResultOf(operation, isReplay: true));
        if (!context.Gateways.TryGetValue(operation.Gateway!.Value, out var terms)) return GatewayGone(change, context, operation);

        var until = context.Now + terms.Patience;
        change.Reschedule(operation, o => o with { Checks = o.Checks + 1, BusyUntil = until, NextCheckAt = until });
        var changes = change.ToChangeSet(operation.Tenant);
        return new Decision<PaymentResult>.Resolve(changes, changes.Operations[0].Operation, TraceOf(state, operation), byCaller, IsOverdue(operation, context));
    }

    private static OperationTrace TraceOf(InvoiceState state, PaymentOperation operation) => new(
        operation.Reference, state.CommandOf(operation)!, operation.FirstSentAt!.Value, operation.LastSentAt!.Value, operation.GatewayPaymentId);

    // Time may ask, only the gateway may answer: a challenge whose time is over is called off there, and goes on reserving until it says so.
    private static bool IsOverdue(PaymentOperation operation, DecisionContext context) =>
        operation.Status == OperationStatus.ActionRequired && operation.ActionDeadline <= context.Now;

    // The host runs without the gateway that was asked: nobody here can find out, so it is looked at again later.
    private static Decision<PaymentResult>.Answer GatewayGone(StateChange change, DecisionContext context, PaymentOperation operation)
    {
        OutcomeRules.LookAgain(change, context, operation, null);
        return new(change.ToChangeSet(operation.Tenant), change.ResultOf(operation, isReplay: true));
    }
}

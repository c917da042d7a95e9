namespace InvoicePayments;

/// <summary>How an outcome came to us.</summary>
public enum OutcomeSource
{
    /// <summary>The gateway told us by itself.</summary>
    Webhook,

    /// <summary>The direct answer to what was asked.</summary>
    Answer,

    /// <summary>The gateway was asked what became of it.</summary>
    Query,
}

/// <summary>
/// The gateway said something about an operation: the one door for its direct answer, a webhook, a poll and a return from 3-D Secure.
/// Outcomes may come late, twice and in any order; every order ends in the same state.
/// </summary>
public sealed record RecordOutcome : IDecidable<PaymentResult>
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The operation it is about: the gateway gives its id back as our reference.</summary>
    public required OperationId Operation { get; init; }

    /// <summary>The gateway that said it.</summary>
    public required GatewayName Gateway { get; init; }

    /// <summary>What it said.</summary>
    public required GatewayOutcome Outcome { get; init; }

    /// <summary>How it came to us; a webhook when left out.</summary>
    public OutcomeSource Source { get; init; } = OutcomeSource.Webhook;

    /// <summary>Whether it is kept already, and so is not kept again while nobody knows what it is about. False when left out.</summary>
    public bool WasParked { get; init; }

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => new() { Tenant = Tenant, Operations = OperationsOf(Operation, Gateway, Outcome) };

    /// <inheritdoc/>
    public Decision<PaymentResult> Decide(InvoiceState state, DecisionContext context)
    {
        if (state.Find(Operation) is not { } operation || operation.Gateway != Gateway || operation.Kind is OperationKind.Dispute or OperationKind.Return) return Park(context);
        return Apply(state, context, operation, Outcome, Source);
    }

    /// <summary>An outcome may need its operation, the account credit that shares its fate and, for money, the one that would record it as late, and what was told of it before.</summary>
    internal static IReadOnlyList<OperationId> OperationsOf(OperationId operation, GatewayName gateway, GatewayOutcome outcome) => outcome is GatewayOutcome.Succeeded { Id: var id }
        ? [operation, StateChange.CreditIdOf(operation), StateChange.LateIdOf(operation, id), DisputeRules.ShelfOf(gateway, id)]
        : [operation, StateChange.CreditIdOf(operation)];

    internal static Decision<PaymentResult> Apply(
        InvoiceState state, DecisionContext context, PaymentOperation operation, GatewayOutcome outcome, OutcomeSource source)
    {
        var change = new StateChange(state, context);
        OutcomeRules.Apply(change, state, context, operation, outcome);
        if (outcome is GatewayOutcome.Succeeded { Id: var moved } && operation.Gateway is { } gateway) DisputeRules.Recall(change, state, gateway, moved);
        if (change.IsEmpty && !operation.IsFinal && source != OutcomeSource.Webhook) OutcomeRules.LookAgain(change, context, operation, null);

        return new Decision<PaymentResult>.Answer(
            change.IsEmpty ? null : change.ToChangeSet(operation.Tenant),
            // A webhook may have been quicker than the answer that whoever asked was waiting for: to that caller it is news all the same.
            change.ResultOf(operation, isReplay: change.IsEmpty && source != OutcomeSource.Answer));
    }

    private Decision<PaymentResult> Park(DecisionContext context)
    {
        if (WasParked)
            return CommandRules.Refuse(Rejection.OperationNotFound, $"Gateway {Gateway} reports on operation {Operation}, which is not one of its own here. The report is kept.");

        var evidence = CanonicalWriter.Begin().Add("gateway", Gateway.Value).Add("outcome", Outcome.ToString()).ToFingerprint();
        return new Decision<PaymentResult>.Park(
            new ChangeSet { Tenant = Tenant, Parked = [new(Tenant, Operation, Gateway, evidence, Outcome, context.Now)] }, this with { WasParked = true });
    }
}

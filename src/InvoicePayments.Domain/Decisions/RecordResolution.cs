using System.Diagnostics;

namespace InvoicePayments;

/// <summary>The gateway said what became of an operation. The second half of <see cref="ResumeOperation"/>.</summary>
public sealed record RecordResolution : IDecidable<PaymentResult>
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The operation as it was claimed; what is not evidence counts only while it stands at this version.</summary>
    public required PaymentOperation Claimed { get; init; }

    /// <summary>What the gateway said.</summary>
    public required GatewayResolution Resolution { get; init; }

    /// <summary>
    /// When it was asked, UTC, and no later. Absence is proved as of then: whoever slept over the answer knows no more than he did, and the
    /// request may have arrived since.
    /// </summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Whether the caller who wants the money moved is waiting.</summary>
    public bool ByCaller { get; init; }

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => new()
    {
        Tenant = Tenant,
        Operations = Resolution is GatewayResolution.Found found ? RecordOutcome.OperationsOf(Claimed.Id, Claimed.Gateway!.Value, found.Outcome) : [Claimed.Id, StateChange.CreditIdOf(Claimed.Id)],
    };

    /// <inheritdoc/>
    public Decision<PaymentResult> Decide(InvoiceState state, DecisionContext context)
    {
        var operation = state.Find(Claimed.Id) ?? Claimed;
        if (Resolution is GatewayResolution.Found found) return RecordOutcome.Apply(state, context, operation, found.Outcome, OutcomeSource.Query);

        var change = new StateChange(state, context);

        // Somebody else went on with it since: only evidence counts, and this is none.
        if (operation.IsFinal || operation.Version != Claimed.Version) return Answer(change, operation);

        switch (Resolution)
        {
            case GatewayResolution.Absent when operation.Status is OperationStatus.Pending or OperationStatus.Unknown:
                return AfterAbsence(state, context, change, operation);
            case GatewayResolution.Absent:
            case GatewayResolution.NeedsPerson when operation.Status == OperationStatus.NeedsAttention:
                OutcomeRules.LookAgain(change, context, operation, null);
                break;
            case GatewayResolution.NotYet notYet:
                OutcomeRules.LookAgain(change, context, operation, notYet.AskAgainAfter);
                break;
            case GatewayResolution.Neutralised undone:
                OutcomeRules.End(change, operation, OperationStatus.Canceled, null, new("neutralised", "It was undone at the gateway and will never take effect."), undone.Id);
                break;
            case GatewayResolution.NeedsPerson person:
                OutcomeRules.NeedPerson(change, operation, person.Why);
                break;
            default:
                throw new UnreachableException();
        }

        return Answer(change, operation);
    }

    private Decision<PaymentResult> AfterAbsence(InvoiceState state, DecisionContext context, StateChange change, PaymentOperation operation)
    {
        var terms = context.Gateways[operation.Gateway!.Value];
        var guarantee = terms.Profile.For(state.CommandOf(operation)!);

        // A resend takes a while, the last send may have left as late as the patience allowed, and whoever sent it may have had another
        // clock: all margins are on the safe side.
        var margin = terms.Patience + context.Policy.ClockTolerance;
        var covered = guarantee.CoversResend(operation.FirstSentAt!.Value, context.Now + margin);
        var proven = guarantee.ProvesAbsence(operation.LastSentAt!.Value + margin, AskedAt);
        var wanted = ByCaller || context.Now - operation.CreatedAt <= context.Policy.ResumeWithin || guarantee.AbsenceProvenAfter is null;

        if (covered && wanted) return AskAgain(state, context, change, operation, terms);
        if (proven) OutcomeRules.End(change, operation, OperationStatus.Failed, null, new("never_happened", "The gateway has proved that it never happened. Use a new key to try again."), null);
        else OutcomeRules.LookAgain(change, context, operation, null);
        return Answer(change, operation);
    }

    private static Decision<PaymentResult>.Ask AskAgain(
        InvoiceState state, DecisionContext context, StateChange change, PaymentOperation operation, GatewayTerms terms)
    {
        var until = context.Now + terms.Patience;
        foreach (var part in operation.Allocation.Parts)
            change.Tell(part, operation, new InvoiceEvent.AskedAgain(operation.Sends + 1));
        var sent = change.Reschedule(operation, o => o with { Sends = o.Sends + 1, LastSentAt = context.Now, BusyUntil = until, NextCheckAt = until });
        return new(change.ToChangeSet(operation.Tenant), sent, state.CommandOf(operation)!);
    }

    private static Decision<PaymentResult>.Answer Answer(StateChange change, PaymentOperation operation) =>
        new(change.IsEmpty ? null : change.ToChangeSet(operation.Tenant), change.ResultOf(operation, isReplay: change.IsEmpty));
}

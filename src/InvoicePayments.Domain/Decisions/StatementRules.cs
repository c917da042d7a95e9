namespace InvoicePayments;

/// <summary>
/// Compares what a gateway's statement says under one id with what our records say. Pure: the same lines and operations give the same
/// findings.
/// </summary>
/// <param name="Tenant">The tenant whose records they are.</param>
/// <param name="Gateway">The gateway whose statement it is.</param>
public sealed record StatementRules(TenantId Tenant, GatewayName Gateway)
{
    /// <summary>What has to be known beside the listed movements to tell what is wrong with a line.</summary>
    public LoadRequest WhatToLoad(GatewayStatementLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new() { Tenant = Tenant, GatewayPayment = new(Gateway, line.Id), Operations = line.Reference is { } reference ? [new(reference.Value)] : [] };
    }

    /// <summary>
    /// What has to be known as well of a refund that does not carry our reference: the payment that it gave back, with what is under way on its invoices.
    /// Null for every other line.
    /// </summary>
    public LoadRequest? WhatElseToLoad(GatewayStatementLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line is { Kind: StatementLineKind.Refund, Reference: null, Of: { } payment } ? new() { Tenant = Tenant, GatewayPayment = new(Gateway, payment) } : null;
    }

    /// <summary>Whether a line and the movements that are listed under its id agree, so that nothing else has to be known.</summary>
    public static bool Agree(GatewayStatementLine line, IReadOnlyList<PaymentOperation> listed)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(listed);
        return MovedBy(line, listed) is { } ours && ours == line.Amount;
    }

    /// <summary>What is wrong with a line; null when nothing is.</summary>
    /// <param name="line">The line.</param>
    /// <param name="known">The operations that are known by its id or its reference, and those of <see cref="WhatElseToLoad"/>, the open ones among them.</param>
    public StatementFinding? FindingOf(GatewayStatementLine line, IReadOnlyList<PaymentOperation> known)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(known);
        if (MovedBy(line, known) is { } ours)
        {
            return ours == line.Amount
                ? null
                : new StatementFinding.AmountDiffers(line, Moves(line, known).First(), ours, Proposal(line, Moves(line, known).First(), known));
        }

        var meant = known.FirstOrDefault(o => Is(o, line.Kind) && o.GatewayPaymentId == line.Id)
            ?? known.FirstOrDefault(o => Is(o, line.Kind) && o.Id.Value == line.Reference?.Value);

        // An operation that moved money under another id has nothing to do with this line: it is a second movement.
        return meant is null or { Status: OperationStatus.Succeeded }
            ? new StatementFinding.MissingHere(line, Proposal(line, meant, known))
            : new StatementFinding.StateDiffers(line, meant, Proposal(line, meant, known));
    }

    private IDecidable<PaymentResult>? Proposal(GatewayStatementLine line, PaymentOperation? operation, IReadOnlyList<PaymentOperation> known)
    {
        // It was made at the gateway's own site. One that is known by another amount only a person can judge: it has counted, and counts once.
        if (line is { Kind: StatementLineKind.Refund, Reference: null } && (operation is null || operation.Id == DisputeRules.RefundOf(Gateway, line.Id)))
        {
            return operation is null && line.Of is { } given && !MayBeOurs(given, known)
                ? new RecordDispute { Tenant = Tenant, Gateway = Gateway, GatewayPaymentId = given, Notice = new GatewayNotice.RefundedElsewhere(line.Id, line.Amount) }
                : null;
        }

        switch (line.Kind)
        {
            case StatementLineKind.Dispute when line.Of is { } payment:
                return new RecordDispute { Tenant = Tenant, Gateway = Gateway, GatewayPaymentId = payment, Notice = new GatewayNotice.DisputeLost(line.Id, line.Amount) };
            case StatementLineKind.Return:
                return new RecordDispute { Tenant = Tenant, Gateway = Gateway, GatewayPaymentId = line.Id, Notice = new GatewayNotice.DebitReturned(line.Amount, "statement") };
            case StatementLineKind.Payment or StatementLineKind.Refund when (operation?.EvidenceOf ?? operation?.Id ?? IdOf(line)) is { } id:
                return new RecordOutcome
                {
                    Tenant = Tenant, Gateway = Gateway, Operation = id, Source = OutcomeSource.Query, Outcome = new GatewayOutcome.Succeeded(line.Id, line.Amount),
                };
            default:
                return null;
        }
    }

    // A refund of ours whose answer was lost has no id of the gateway's yet: before it is known how that ended, the line may be it.
    private static bool MayBeOurs(GatewayPaymentId given, IReadOnlyList<PaymentOperation> known) =>
        known.Any(o => o is { GivesBack: true, IsFinal: false } && known.Any(taken => taken.Payment == o.Payment && taken.GatewayPaymentId == given));

    private static OperationId? IdOf(GatewayStatementLine line) => line.Reference is { } reference ? new OperationId(reference.Value) : null;

    // What came in parts, as a larger report after a smaller one, is one movement.
    private static Money? MovedBy(GatewayStatementLine line, IReadOnlyList<PaymentOperation> known)
    {
        var moved = Moves(line, known).ToList();
        return moved.Count == 0 || moved.Exists(o => o.Moved!.Value.Currency != line.Amount.Currency)
            ? moved.FirstOrDefault()?.Moved
            : moved.Aggregate(Money.Zero(line.Amount.Currency), (sum, o) => sum + o.Moved!.Value);
    }

    private static IEnumerable<PaymentOperation> Moves(GatewayStatementLine line, IReadOnlyList<PaymentOperation> known) =>
        known.Where(o => Is(o, line.Kind) && o.GatewayPaymentId == line.Id && o is { Status: OperationStatus.Succeeded, Moved.IsPositive: true });

    private static bool Is(PaymentOperation operation, StatementLineKind kind) => KindOf(operation) == kind;

    private static StatementLineKind? KindOf(PaymentOperation operation) => operation.Kind switch
    {
        OperationKind.Charge or OperationKind.Capture => StatementLineKind.Payment,
        _ when operation.GivesBack => StatementLineKind.Refund,
        OperationKind.Dispute => StatementLineKind.Dispute,
        OperationKind.Return => StatementLineKind.Return,
        _ => null,
    };

    /// <summary>Whether a line is about the same movement as an operation.</summary>
    public static bool IsAbout(GatewayStatementLine line, PaymentOperation operation)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(operation);
        return Is(operation, line.Kind) && operation.GatewayPaymentId == line.Id;
    }
}

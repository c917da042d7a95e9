namespace InvoicePayments;

/// <summary>What a behaviour may know of the request it decides, and the ids it hands out.</summary>
internal sealed class ScriptedContext(GatewayCommand command, int idsGiven, DateTimeOffset now, TimeSpan challengeTime)
{
    public int Ids { get; private set; } = idsGiven;

    public Money Asked => command.Amount;

    /// <summary>Ids follow from the reference, so that two processes on one ledger never give the same one twice, and tests can read them.</summary>
    public GatewayPaymentId NewId()
    {
        var prefix = command.Kind == OperationKind.Refund ? "re" : "ch";
        return new(++Ids == 1 ? $"{prefix}_{command.Reference}" : $"{prefix}_{command.Reference}_{Ids}");
    }

    public GatewayOutcome.Succeeded Success(Money moved, bool partial = false) => new(NewId(), moved, partial);

    public GatewayOutcome.ActionRequired Challenge(PendingAction? action = null, TimeSpan? within = null) => new(
        NewId(),
        action ?? new PendingAction.Redirect(new($"https://challenge.example/{command.Reference}")),
        now + (within ?? challengeTime));
}

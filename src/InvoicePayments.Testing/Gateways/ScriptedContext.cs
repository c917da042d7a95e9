namespace InvoicePayments;

/// <summary>What a behaviour may know of the request it decides, and the ids it hands out.</summary>
internal sealed class ScriptedContext(GatewayCommand command, int idsGiven, DateTimeOffset now, TimeSpan challengeTime, TimeSpan authorizationTime)
{
    public int Ids { get; private set; } = idsGiven;

    public Money Asked => command.Amount;

    /// <summary>Ids follow from the reference, so that two processes on one ledger never give the same one twice, and tests can read them.</summary>
    public GatewayPaymentId NewId()
    {
        var prefix = PrefixOf(command.Kind);
        return new(++Ids == 1 ? $"{prefix}_{command.Reference}" : $"{prefix}_{command.Reference}_{Ids}");
    }

    /// <summary>The money moves, or is blocked where that was asked.</summary>
    public GatewayOutcome Success(Money amount, bool partial = false, FraudStatus fraud = FraudStatus.NotChecked) => command.Kind == OperationKind.Authorize
        ? new GatewayOutcome.Authorized(NewId(), amount, now + authorizationTime, partial, fraud)
        : new GatewayOutcome.Succeeded(NewId(), amount, partial);

    public GatewayOutcome.ActionRequired Challenge(PendingAction? action = null, TimeSpan? within = null) => new(
        NewId(),
        action ?? new PendingAction.Redirect(new($"https://challenge.example/{command.Reference}")),
        now + (within ?? challengeTime));

    /// <summary>A page of the gateway on which the payer finishes, for as long as was asked.</summary>
    public GatewayOutcome.ActionRequired Link() => command is GatewayCommand.RequestLink asked
        ? new(NewId(), new PendingAction.PaymentLink(new($"https://pay.example/{asked.Reference}")), asked.Until)
        : Challenge();

    internal static string PrefixOf(OperationKind kind) => kind switch
    {
        OperationKind.Refund => "re",
        OperationKind.Authorize => "au",
        OperationKind.Capture => "ca",
        OperationKind.Void => "vo",
        _ => "ch",
    };
}

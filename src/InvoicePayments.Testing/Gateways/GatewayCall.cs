namespace InvoicePayments;

/// <summary>A call that a scripted gateway received. It never holds a token.</summary>
/// <param name="Method">Which of the ports' methods.</param>
/// <param name="Kind">What the operation is about.</param>
/// <param name="Reference">Our reference.</param>
/// <param name="Amount">What was asked.</param>
/// <param name="At">When, UTC.</param>
public sealed record GatewayCall(GatewayMethod Method, OperationKind Kind, GatewayReference Reference, Money Amount, DateTimeOffset At);

/// <summary>The methods of <see cref="IPaymentGateway"/> and of what a gateway may do beside it.</summary>
public enum GatewayMethod
{
    /// <summary><see cref="IPaymentGateway.ExecuteAsync"/>.</summary>
    Execute,

    /// <summary><see cref="IPaymentGateway.ResolveAsync"/>.</summary>
    Resolve,

    /// <summary><see cref="ICancelOperations.CancelAsync"/>.</summary>
    Cancel,
}

/// <summary>What a webhook about a payment that succeeded before would deliver: a dispute, a returned debit.</summary>
/// <param name="Tenant">The tenant it is about.</param>
/// <param name="Payment">The gateway's id of the payment.</param>
/// <param name="Notice">What is told.</param>
public sealed record ScriptedNotice(TenantId Tenant, GatewayPaymentId Payment, GatewayNotice Notice);

/// <summary>What a webhook would deliver.</summary>
/// <param name="Tenant">The tenant it is about.</param>
/// <param name="Reference">Our reference, which is the operation's id.</param>
/// <param name="Outcome">What is said.</param>
public sealed record GatewayNotification(TenantId Tenant, GatewayReference Reference, GatewayOutcome Outcome);

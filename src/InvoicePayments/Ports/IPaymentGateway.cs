namespace InvoicePayments;

/// <summary>
/// Moves money. It answers what happened and never throws for an answer; whatever escapes it all the same is taken as
/// <see cref="GatewayOutcome.Unknown"/>, never as a decline. Implementations are used by many callers at once.
/// </summary>
public interface IPaymentGateway
{
    /// <summary>What this gateway can do, and per kind of operation what it guarantees when an answer is lost.</summary>
    GatewayProfile Profile { get; }

    /// <summary>Asks the gateway to do something, once. Resending is not the adapter's business: the guarantee in <see cref="Profile"/> decides.</summary>
    Task<GatewayOutcome> ExecuteAsync(GatewayCommand command, CancellationToken cancellationToken);

    /// <summary>Asks what became of an operation that may or may not have been sent. It must not move money.</summary>
    Task<GatewayResolution> ResolveAsync(OperationTrace trace, CancellationToken cancellationToken);
}

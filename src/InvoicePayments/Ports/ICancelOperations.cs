namespace InvoicePayments;

/// <summary>
/// What a gateway may be able to do beside <see cref="IPaymentGateway"/>: call off an operation that waits for the payer. It is asked once the
/// payer's time is over; a gateway without it is asked what became of the operation instead. Either way only its answer frees the money.
/// </summary>
public interface ICancelOperations
{
    /// <summary>
    /// Calls the operation off if it still waits for the payer, and answers how it stands then, as <see cref="IPaymentGateway.ResolveAsync"/>
    /// would: money that has moved meanwhile has moved. Asked again it changes nothing more.
    /// </summary>
    Task<GatewayResolution> CancelAsync(OperationTrace trace, CancellationToken cancellationToken);
}

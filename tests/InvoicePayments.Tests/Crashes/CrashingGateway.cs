namespace InvoicePayments.Tests;

/// <summary>A gateway whose host can die before a request leaves it and before it hears the answer.</summary>
internal sealed class CrashingGateway(ScriptedGateway inner, CrashPoints points) : IPaymentGateway, ICancelOperations
{
    public GatewayProfile Profile => inner.Profile;

    public Task<GatewayOutcome> ExecuteAsync(GatewayCommand command, CancellationToken cancellationToken) =>
        points.CallAsync("execute", () => inner.ExecuteAsync(command, cancellationToken));

    public Task<GatewayResolution> ResolveAsync(OperationTrace trace, CancellationToken cancellationToken) =>
        points.CallAsync("resolve", () => inner.ResolveAsync(trace, cancellationToken));

    public Task<GatewayResolution> CancelAsync(OperationTrace trace, CancellationToken cancellationToken) =>
        points.CallAsync("cancel", () => inner.CancelAsync(trace, cancellationToken));
}

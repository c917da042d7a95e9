namespace InvoicePayments;

/// <content>What moved through a gateway, where the store lists it.</content>
internal sealed partial class HostStore : IGatewayMovements
{
    private IGatewayMovements Movements => world.Movements ?? throw new InvalidOperationException("The simulated store does not list what has moved.");

    public ValueTask<IReadOnlyList<PaymentOperation>> ListMovementsAsync(
        TenantId tenant, GatewayName gateway, DateTimeOffset from, DateTimeOffset until, PaymentOperation? after, int limit, CancellationToken cancellationToken) =>
        CallAsync("list movements", () => Movements.ListMovementsAsync(tenant, gateway, from, until, after, limit, CancellationToken.None));
}

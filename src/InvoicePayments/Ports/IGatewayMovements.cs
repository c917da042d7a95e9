namespace InvoicePayments;

/// <summary>The money that moved through a gateway by our records, to be laid beside the gateway's own statement.</summary>
public interface IGatewayMovements
{
    /// <summary>
    /// Operations that moved money (<see cref="PaymentOperation.Moved"/> is more than zero) through a gateway between two times, in the order of
    /// the gateway's ids and then of their own, both by the bytes of their UTF-8.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="gateway">The gateway.</param>
    /// <param name="from">When it became final at the earliest, UTC.</param>
    /// <param name="until">Before when, UTC.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    ValueTask<IReadOnlyList<PaymentOperation>> ListMovementsAsync(
        TenantId tenant, GatewayName gateway, DateTimeOffset from, DateTimeOffset until, PaymentOperation? after, int limit, CancellationToken cancellationToken);
}

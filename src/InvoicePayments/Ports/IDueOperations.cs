namespace InvoicePayments;

/// <summary>Which operations somebody should look after. Only a list: whoever takes one claims it by a commit of its own.</summary>
public interface IDueOperations
{
    /// <summary>Operations of all tenants whose <see cref="PaymentOperation.NextCheckAt"/> is at or before <paramref name="now"/>, the longest overdue first.</summary>
    /// <param name="now">The time, UTC.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    ValueTask<IReadOnlyList<OperationAddress>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}

/// <summary>Where to find an operation.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Operation">The operation.</param>
public readonly record struct OperationAddress(TenantId Tenant, OperationId Operation);

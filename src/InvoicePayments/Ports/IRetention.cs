namespace InvoicePayments;

/// <summary>
/// Lets a store forget what nobody needs any more. Facts, invoices, operations and payments are never forgotten; what was asked of a gateway
/// is erased by the commit that makes its operation final, and kept news by <see cref="IParkedOutcomes.RemoveParkedAsync"/>.
/// </summary>
public interface IRetention
{
    /// <summary>
    /// Forgets how far streams were delivered that have had nothing to deliver since before <paramref name="idleSince"/>. A fact that comes
    /// later begins a new row, which says that everything before it was delivered.
    /// </summary>
    /// <param name="idleSince">Before when, UTC; longer ago than any lease lasts.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    /// <returns>How many were forgotten; as many as the limit means that there may be more.</returns>
    ValueTask<int> PurgeAsync(DateTimeOffset idleSince, int limit, CancellationToken cancellationToken);
}

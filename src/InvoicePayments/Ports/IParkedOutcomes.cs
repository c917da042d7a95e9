namespace InvoicePayments;

/// <summary>
/// What gateways said of operations and payments that nobody here knew. Somebody looks at it again and again: what it is about may have been
/// stored at the very moment at which it was kept.
/// </summary>
public interface IParkedOutcomes
{
    /// <summary>
    /// What is kept for all tenants and is due at <paramref name="now"/>, the longest due first. It is due from its
    /// <see cref="ParkedOutcome.ReceivedAt"/> on, until it is put off. Only a list: two who look at the same do no harm.
    /// </summary>
    /// <param name="now">The time, UTC.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    ValueTask<IReadOnlyList<ParkedOutcome>> ListDueParkedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Has it looked at again from <paramref name="until"/> on, UTC. What is gone stays gone.</summary>
    ValueTask PutOffParkedAsync(ParkedOutcome parked, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Removes what has been taken in: its effect is among the facts. What is gone stays gone.</summary>
    ValueTask RemoveParkedAsync(ParkedOutcome parked, CancellationToken cancellationToken);
}

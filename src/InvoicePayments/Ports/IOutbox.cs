namespace InvoicePayments;

/// <summary>
/// Which streams have facts that were not delivered yet: an invoice's, or those of an account's credit. The facts themselves are the outbox;
/// beside them a store keeps one small row per stream: how far its facts were delivered, and when to deliver the next. A commit of facts
/// makes their streams due in the same transaction, each at the time of its first one, unless it waits for a time already or is a dead
/// letter. A stream without a row begins one that says that every fact before these was delivered. Nothing is numbered over all streams,
/// so databases that are spread over machines have nothing to agree on.
/// </summary>
public interface IOutbox
{
    /// <summary>
    /// Takes streams of all tenants that are due at <paramref name="now"/>, the longest overdue first, and puts each off to
    /// <paramref name="until"/>, so that nobody else takes it before. Of many who ask at once each gets others.
    /// </summary>
    /// <param name="now">The time, UTC.</param>
    /// <param name="until">When the lease ends, UTC.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    ValueTask<IReadOnlyList<OutboxClaim>> ClaimAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Says how far a delivery came. Conflict, and nothing stored, when the stream was claimed again, settled or released since: the fence
    /// of a claim is good once.
    /// </summary>
    ValueTask<CommitResult> SettleAsync(OutboxClaim claim, OutboxProgress progress, CancellationToken cancellationToken);

    /// <summary>Streams of a tenant whose next fact was given up, in the order of their keys.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    ValueTask<IReadOnlyList<DeadLetter>> ListDeadAsync(TenantId tenant, int limit, CancellationToken cancellationToken);

    /// <summary>Makes a dead letter due at <paramref name="now"/>, as if it had never failed. Conflict when the stream has none.</summary>
    ValueTask<CommitResult> ReleaseAsync(TenantId tenant, OutboxStream stream, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>A stream that somebody has taken to deliver its facts.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Delivered">The number of the last fact that was delivered; zero when none was.</param>
/// <param name="Failures">How often the next one was tried in vain.</param>
/// <param name="Fence">Grows with every claim, settlement and release: whoever comes with an older one is refused.</param>
public sealed record OutboxClaim(TenantId Tenant, OutboxStream Stream, long Delivered, int Failures, long Fence);

/// <summary>How far a delivery came.</summary>
/// <param name="Delivered">The number of the last fact that was delivered.</param>
/// <param name="Failures">How often the next one was tried in vain.</param>
/// <param name="NextAt">When to deliver the next one, if there is one, UTC; null gives it up, and makes the stream a dead letter.</param>
/// <param name="Error">What went wrong last, in a word; null when nothing did.</param>
public sealed record OutboxProgress(long Delivered, int Failures, DateTimeOffset? NextAt, string? Error);

/// <summary>A stream whose next fact nobody could deliver. Its later facts wait behind it, so that they stay in order.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Sequence">The number of the fact that was given up.</param>
/// <param name="Failures">How often it was tried.</param>
/// <param name="Error">What went wrong last, in a word.</param>
public sealed record DeadLetter(TenantId Tenant, OutboxStream Stream, long Sequence, int Failures, string Error);

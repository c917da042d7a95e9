namespace InvoicePayments;

/// <summary>What an idempotency key says about a command: a closed set, in the order in which it is asked.</summary>
public abstract record IdempotencyAnswer
{
    private IdempotencyAnswer()
    {
    }

    /// <summary>The key was used for another request.</summary>
    public sealed record Mismatch : IdempotencyAnswer;

    /// <summary>The first request has not been answered yet.</summary>
    /// <param name="Operation">How it stands.</param>
    public sealed record InProgress(PaymentOperation Operation) : IdempotencyAnswer;

    /// <summary>The first request has been answered; this is a repetition.</summary>
    /// <param name="Operation">How it stands.</param>
    public sealed record Replay(PaymentOperation Operation) : IdempotencyAnswer;

    /// <summary>The key has not been used.</summary>
    public sealed record New : IdempotencyAnswer;
}

/// <summary>Tells a new request from a repetition. The operation itself is the record: its id is derived from the key, so there is no second table to race with.</summary>
public static class IdempotencyGuard
{
    /// <summary>The id of the operation that this key stands for: derived, so that any host finds it again, even after a lost database.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="scope">Within what the key is unique.</param>
    /// <param name="account">The calling account; counts only with <see cref="IdempotencyScope.Account"/>.</param>
    /// <param name="key">The caller's key.</param>
    public static OperationId OperationOf(TenantId tenant, IdempotencyScope scope, AccountId? account, IdempotencyKey key) =>
        new(DerivedId.Base32("operation", tenant.Value, scope == IdempotencyScope.Account ? account?.Value ?? "" : "", key.Value));

    /// <summary>Asks, in this order: another request, in progress, answered, new. A mismatch comes first so that nobody learns anything about a request that is not theirs.</summary>
    /// <param name="existing">The operation that the key stands for, when there is one.</param>
    /// <param name="fingerprint">The meaning of the command at hand.</param>
    public static IdempotencyAnswer Check(PaymentOperation? existing, Fingerprint fingerprint) => existing switch
    {
        null => new IdempotencyAnswer.New(),
        _ when existing.Fingerprint != fingerprint => new IdempotencyAnswer.Mismatch(),
        { Status: OperationStatus.Pending or OperationStatus.Unknown } => new IdempotencyAnswer.InProgress(existing),
        _ => new IdempotencyAnswer.Replay(existing),
    };
}

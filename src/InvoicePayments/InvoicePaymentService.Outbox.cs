namespace InvoicePayments;

/// <content>Facts on their way out.</content>
internal sealed partial class InvoicePaymentService
{
    public Task<DispatchReport> DispatchAsync(int limit = 100, CancellationToken cancellationToken = default)
    {
        RequireLimit(limit);
        var box = Require(outbox);
        if (publisher is null) throw new InvalidOperationException("No event publisher: call UseEventPublisher<T>().");
        return new OutboxDispatcher(box, Require(queries), credits, publisher, runtime.Options.Outbox, runtime.Time, runtime.Telemetry).DispatchAsync(limit, cancellationToken);
    }

    public Task<int> PurgeAsync(int limit = 1_000, CancellationToken cancellationToken = default)
    {
        RequireLimit(limit);
        return Require(retention).PurgeAsync(runtime.Time.GetUtcNow() - runtime.Options.Outbox.KeepDelivered, limit, cancellationToken).AsTask();
    }

    public async Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(int limit = 100, TenantId? tenant = null, CancellationToken cancellationToken = default)
    {
        RequireLimit(limit);
        return await Require(outbox).ListDeadAsync(tenant ?? TenantId.Default, limit, cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> ReleaseDeadLetterAsync(OutboxStream stream, TenantId? tenant = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return await Require(outbox).ReleaseAsync(tenant ?? TenantId.Default, stream, runtime.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false)
            == CommitResult.Committed;
    }
}

namespace InvoicePayments;

/// <summary>
/// Delivers facts: takes invoices that are due, hands each of their facts to the publisher in order, and notes how far it came. Whatever
/// happens in between, what was not noted is delivered again: at least once, never out of order, and one invoice never waits for another.
/// </summary>
internal sealed class OutboxDispatcher(
    IOutbox outbox, IInvoicePaymentQueries queries, IEventPublisher publisher, OutboxOptions options, TimeProvider time, PaymentTelemetry telemetry)
{
    private const int FactsAtOnce = 100;

    internal async Task<DispatchReport> DispatchAsync(int limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var until = now + options.Lease;
        var report = new DispatchReport(0, 0, 0, 0);
        foreach (var claim in await outbox.ClaimAsync(now, until, limit, cancellationToken).ConfigureAwait(false))
        {
            report = report with { Invoices = report.Invoices + 1 };

            // Whoever comes after the lease may be one of two: what is left is taken again by whoever asks next.
            if (time.GetUtcNow() >= until) continue;
            var progress = await DeliverAsync(claim, until, cancellationToken).ConfigureAwait(false);
            var settled = await outbox.SettleAsync(claim, progress, CancellationToken.None).ConfigureAwait(false);
            report = Add(report, claim, progress, settled);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return report;
    }

    private async Task<OutboxProgress> DeliverAsync(OutboxClaim claim, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var page = await queries.ListFactsAsync(claim.Tenant, claim.Invoice, claim.Delivered, FactsAtOnce, cancellationToken).ConfigureAwait(false);
        using var lease = new CancellationTokenSource(TimeSpan.FromTicks(Math.Max(1, (until - time.GetUtcNow()).Ticks)), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lease.Token, cancellationToken);
        var (delivered, failures) = (claim.Delivered, claim.Failures);
        foreach (var fact in page.Items)
        {
            if (time.GetUtcNow() >= until || cancellationToken.IsCancellationRequested) break;
            try
            {
                await publisher.PublishAsync(new(fact, Notifications.Of(fact)), either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception refused)
            {
                return Failed(claim, delivered, failures + 1, refused);
            }

            (delivered, failures) = (fact.Sequence, 0);
        }

        return new(delivered, failures, time.GetUtcNow(), null);
    }

    private OutboxProgress Failed(OutboxClaim claim, long delivered, int failures, Exception refused)
    {
        // Its kind alone: what it says comes from outside, and may hold anything.
        var (error, isDead) = (refused.GetType().Name, failures >= options.MaxFailures);
        telemetry.NotDelivered(claim.Invoice, delivered + 1, failures, error, isDead);
        return new(delivered, failures, isDead ? null : time.GetUtcNow() + options.WaitAfter(failures, claim.Invoice), error);
    }

    private static DispatchReport Add(DispatchReport report, OutboxClaim claim, OutboxProgress progress, CommitResult settled) => report with
    {
        Facts = report.Facts + (int)(progress.Delivered - claim.Delivered),
        Failures = report.Failures + (settled == CommitResult.Committed && progress is { Error: not null, NextAt: not null } ? 1 : 0),
        DeadLetters = report.DeadLetters + (settled == CommitResult.Committed && progress.NextAt is null ? 1 : 0),
    };
}

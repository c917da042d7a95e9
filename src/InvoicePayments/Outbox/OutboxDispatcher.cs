namespace InvoicePayments;

/// <summary>
/// Delivers facts: takes streams that are due, hands each of their facts to the publisher in order, and notes how far it came. Whatever
/// happens in between, what was not noted is delivered again: at least once, never out of order, and one stream never waits for another.
/// </summary>
internal sealed class OutboxDispatcher(
    IOutbox outbox, IInvoicePaymentQueries queries, IAccountCreditQueries? credits, IEventPublisher publisher, OutboxOptions options, TimeProvider time,
    PaymentTelemetry telemetry)
{
    private const int FactsAtOnce = 100;

    internal async Task<DispatchReport> DispatchAsync(int limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var until = now + options.Lease;
        var report = new DispatchReport(0, 0, 0, 0);
        foreach (var claim in await outbox.ClaimAsync(now, until, limit, cancellationToken).ConfigureAwait(false))
        {
            report = report with { Streams = report.Streams + 1 };

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
        var deliveries = await DeliveriesOf(claim, cancellationToken).ConfigureAwait(false);
        using var lease = new CancellationTokenSource(TimeSpan.FromTicks(Math.Max(1, (until - time.GetUtcNow()).Ticks)), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lease.Token, cancellationToken);
        var (delivered, failures) = (claim.Delivered, claim.Failures);
        foreach (var (sequence, publish) in deliveries)
        {
            if (time.GetUtcNow() >= until || cancellationToken.IsCancellationRequested) break;
            try
            {
                await publish(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception refused)
            {
                return Failed(claim, delivered, failures + 1, refused);
            }

            (delivered, failures) = (sequence, 0);
        }

        return new(delivered, failures, time.GetUtcNow(), null);
    }

    private async ValueTask<IEnumerable<(long Sequence, Func<CancellationToken, ValueTask> Publish)>> DeliveriesOf(OutboxClaim claim, CancellationToken cancellationToken)
    {
        if (claim.Stream is OutboxStream.OfCredit { Credit: var credit })
        {
            var port = credits ?? throw new InvalidOperationException($"The store delivers facts of credit, and does not implement {nameof(IAccountCreditQueries)}, which lists them.");
            var moves = await port.ListCreditFactsAsync(claim.Tenant, credit, claim.Delivered, FactsAtOnce, cancellationToken).ConfigureAwait(false);
            return moves.Items.Select(fact => (fact.Sequence, (Func<CancellationToken, ValueTask>)(token => publisher.PublishAsync(new CreditMessage(fact), token))));
        }

        var invoice = ((OutboxStream.OfInvoice)claim.Stream).Invoice;
        var facts = await queries.ListFactsAsync(claim.Tenant, invoice, claim.Delivered, FactsAtOnce, cancellationToken).ConfigureAwait(false);
        return facts.Items.Select(fact => (fact.Sequence, (Func<CancellationToken, ValueTask>)(token => publisher.PublishAsync(new OutboxMessage(fact, Notifications.Of(fact)), token))));
    }

    private OutboxProgress Failed(OutboxClaim claim, long delivered, int failures, Exception refused)
    {
        // Its kind alone: what it says comes from outside, and may hold anything.
        var (error, isDead) = (refused.GetType().Name, failures >= options.MaxFailures);
        telemetry.NotDelivered(claim.Stream, delivered + 1, failures, error, isDead);
        return new(delivered, failures, isDead ? null : time.GetUtcNow() + options.WaitAfter(failures, claim.Stream), error);
    }

    private static DispatchReport Add(DispatchReport report, OutboxClaim claim, OutboxProgress progress, CommitResult settled) => report with
    {
        Facts = report.Facts + (int)(progress.Delivered - claim.Delivered),
        Failures = report.Failures + (settled == CommitResult.Committed && progress is { Error: not null, NextAt: not null } ? 1 : 0),
        DeadLetters = report.DeadLetters + (settled == CommitResult.Committed && progress.NextAt is null ? 1 : 0),
    };
}

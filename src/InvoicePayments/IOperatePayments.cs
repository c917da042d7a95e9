namespace InvoicePayments;

/// <summary>Takes in what gateways say, and finishes what nobody finished: what webhook endpoints and background work want.</summary>
public interface IOperatePayments
{
    /// <summary>Takes in what a gateway said by itself: a webhook, a return from 3-D Secure. Late, twice and in any order is all the same.</summary>
    Task<PaymentResult> RecordOutcomeAsync(RecordOutcome outcome, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes in what a gateway tells of a payment long after it succeeded: a dispute opened, won or lost, or a direct debit that was returned.
    /// Late, twice and in any order is all the same; what is about a payment that is not known here is kept.
    /// </summary>
    Task<PaymentResult> RecordDisputeAsync(RecordDispute notice, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes in what a gateway sent by itself: proves that it is its own, reads it, and records all that it tells. Late, twice and in any order
    /// is all the same. Answer the gateway with <see cref="NotificationReceipt.StatusCode"/>.
    /// </summary>
    /// <param name="gateway">The gateway at whose address it arrived.</param>
    /// <param name="notification">The bytes and headers as they came.</param>
    /// <param name="cancellationToken">Gives up the call; the gateway sends it again.</param>
    /// <exception cref="ArgumentException">There is no such gateway, or it reads no notifications.</exception>
    Task<NotificationReceipt> ReceiveAsync(GatewayName gateway, RawNotification notification, CancellationToken cancellationToken = default);

    /// <summary>
    /// Compares our records with a gateway's statement, and shows where they do not agree: missing here or there, another amount, listed
    /// twice, another state. Each finding carries the command that would mend it, and changes nothing until it is applied. Both sides are
    /// read as sorted streams, so neither has to fit in memory.
    /// </summary>
    /// <param name="statement">The statement, its lines sorted by the gateway's ids.</param>
    /// <param name="cancellationToken">Stops between two lines.</param>
    /// <exception cref="ArgumentException">The lines are not sorted; thrown where that shows.</exception>
    IAsyncEnumerable<StatementMismatch> CompareAsync(GatewayStatement statement, CancellationToken cancellationToken = default);

    /// <summary>Finds out what became of one operation.</summary>
    Task<PaymentResult> ResumeAsync(ResumeOperation command, CancellationToken cancellationToken = default);

    /// <summary>Settles by hand what nobody could answer, with who says so and why.</summary>
    Task<PaymentResult> SettleAsync(SettleOperation command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Looks after operations that nobody finished, of all tenants: answers that were lost, hosts that died, deadlines that passed. Call
    /// it every few seconds from any number of hosts; each operation is taken by one of them. What gateways said of operations and payments
    /// that nobody knew is looked at again, too.
    /// </summary>
    /// <param name="limit">How many operations to look at, 1 to 1,000. Default 100.</param>
    /// <param name="parallelism">How many of them at the same time, 1 to 64. Default one after the other.</param>
    /// <param name="cancellationToken">Stops between two operations.</param>
    /// <exception cref="PaymentStoreException">Nothing could be listed. What fails with a single operation is in the report, and keeps no other waiting.</exception>
    Task<RecoveryReport> RecoverAsync(int limit = 100, int parallelism = 1, CancellationToken cancellationToken = default);

    /// <summary>
    /// Whether the facts of an invoice are those that were written, all of them: every fact holds the hash of the one before, and the invoice
    /// the hash of the last. The first that does not fit is named. Null when the invoice is not known.
    /// </summary>
    /// <param name="invoice">Its id.</param>
    /// <param name="tenant">The tenant; <see cref="TenantId.Default"/> when left out.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    Task<FactVerification?> VerifyFactsAsync(InvoiceId invoice, TenantId? tenant = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// The same for the facts of an account's credit: the first that does not fit is named. Null when the account never had any.
    /// </summary>
    /// <param name="credit">Whose, and in which currency.</param>
    /// <param name="tenant">The tenant; <see cref="TenantId.Default"/> when left out.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    Task<FactVerification?> VerifyCreditFactsAsync(CreditAddress credit, TenantId? tenant = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// The double-entry journal of an invoice, as it follows from all its facts, with its trial balance; empty for an invoice that is not
    /// known. It reads the whole history: for reports, not for every page view.
    /// </summary>
    /// <param name="invoice">Its id.</param>
    /// <param name="tenant">The tenant; <see cref="TenantId.Default"/> when left out.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    Task<InvoiceJournal> GetJournalAsync(InvoiceId invoice, TenantId? tenant = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Delivers facts of all tenants to the host's <see cref="IEventPublisher"/>: at least once, in order per invoice, and per account's credit.
    /// Call it every few seconds from any number of hosts; each stream is taken by one of them. A fact that fails holds up its own stream alone.
    /// </summary>
    /// <param name="limit">How many streams to take, 1 to 1,000. Default 100.</param>
    /// <param name="cancellationToken">Stops between two facts.</param>
    /// <exception cref="InvalidOperationException">There is no publisher; the message names the call to add.</exception>
    Task<DispatchReport> DispatchAsync(int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>
    /// Forgets what nobody needs any more: how far facts were delivered that were delivered longer ago than <see cref="OutboxOptions.KeepDelivered"/>.
    /// Facts, invoices, operations and payments are never forgotten.
    /// </summary>
    /// <param name="limit">How many rows at most, 1 to 1,000. Default 1,000.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    /// <returns>How many were forgotten; as many as the limit means that there may be more.</returns>
    Task<int> PurgeAsync(int limit = 1_000, CancellationToken cancellationToken = default);

    /// <summary>Streams whose next fact was given up after <see cref="OutboxOptions.MaxFailures"/>, for an operator to look at.</summary>
    /// <param name="limit">How many at most, 1 to 1,000. Default 100.</param>
    /// <param name="tenant">The tenant; <see cref="TenantId.Default"/> when left out.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(int limit = 100, TenantId? tenant = null, CancellationToken cancellationToken = default);

    /// <summary>Has a dead letter delivered again, as if it had never failed; false when the stream has none.</summary>
    /// <param name="stream">Its stream, as <see cref="DeadLetter.Stream"/> tells it.</param>
    /// <param name="tenant">The tenant; <see cref="TenantId.Default"/> when left out.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    Task<bool> ReleaseDeadLetterAsync(OutboxStream stream, TenantId? tenant = null, CancellationToken cancellationToken = default);
}

namespace InvoicePayments;

/// <summary>Takes in what gateways say, and finishes what nobody finished: what webhook endpoints and background work want.</summary>
public interface IOperatePayments
{
    /// <summary>Takes in what a gateway said by itself: a webhook, a return from 3-D Secure. Late, twice and in any order is all the same.</summary>
    Task<PaymentResult> RecordOutcomeAsync(RecordOutcome outcome, CancellationToken cancellationToken = default);

    /// <summary>Finds out what became of one operation.</summary>
    Task<PaymentResult> ResumeAsync(ResumeOperation command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Looks after operations that nobody finished, of all tenants: answers that were lost, hosts that died, deadlines that passed. Call
    /// it every few seconds from any number of hosts; each operation is taken by one of them.
    /// </summary>
    /// <param name="limit">How many operations to look at, 1 to 1,000. Default 100.</param>
    /// <param name="cancellationToken">Stops between two operations.</param>
    Task<RecoveryReport> RecoverAsync(int limit = 100, CancellationToken cancellationToken = default);
}

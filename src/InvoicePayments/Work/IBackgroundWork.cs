namespace InvoicePayments;

/// <summary>
/// The work beside requests, once: for hosts that have a timer, a cron job or a function of their own. A host that runs all the time calls
/// <see cref="InvoicePaymentsBuilder.UseBackgroundWork"/> instead, and need not call this.
/// </summary>
public interface IBackgroundWork
{
    /// <summary>
    /// One round of every kind of work. What fails is reported and keeps no other kind from being done. Any number of hosts may do this at
    /// once; what one has taken the others leave alone.
    /// </summary>
    /// <param name="cancellationToken">Stops between two items. What a gateway is being asked is finished first.</param>
    Task<WorkReport> RunOnceAsync(CancellationToken cancellationToken = default);
}

using Microsoft.Extensions.Hosting;

namespace InvoicePayments;

/// <summary>The loops of a running host, one for each kind of work. Stopping waits for what a gateway is being asked, as long as the host's shutdown timeout allows.</summary>
internal sealed class BackgroundWorkService(DueWork work) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts without waiting for the first round.
        await Task.Yield();
        work.Telemetry.WorkBegins(work.Chores.Select(c => c.Word));
        await Task.WhenAll(work.Chores.Select(chore => new WorkLoop(chore, work).RunAsync(stoppingToken))).ConfigureAwait(false);
        work.Telemetry.WorkEnds();
    }
}

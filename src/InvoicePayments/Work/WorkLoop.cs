namespace InvoicePayments;

/// <summary>
/// Does one kind of work for as long as the host runs: again at once while there is more, after a pause when there is not, and after a longer
/// one each time it has failed in a row. It stops between two items, and finishes what a gateway is being asked.
/// </summary>
internal sealed class WorkLoop(Chore chore, DueWork work)
{
    internal async Task RunAsync(CancellationToken stopping)
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                var round = await work.RunAsync(chore, stopping).ConfigureAwait(false);
                (failures, pause) = (0, round.HasMore ? TimeSpan.Zero : chore.Pause);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Nobody waits for the answer: it is logged, and whatever it was, the next round may go through.
                pause = WaitAfter(++failures);
                work.Telemetry.WorkFailed(chore.Word, failure is WorkFailure some ? some.InnerException! : failure, pause);
            }

            if (pause > TimeSpan.Zero && !await PauseAsync(pause, stopping).ConfigureAwait(false)) return;
        }
    }

    /// <summary>Doubles from the usual pause on, up to the longest one; a kind that waits longer anyway goes on doing so.</summary>
    private TimeSpan WaitAfter(int failures)
    {
        var doubled = work.Options.Pause * Math.Pow(2, Math.Min(failures, 30) - 1);
        return doubled < work.Options.LongestPause ? doubled : work.Options.LongestPause;
    }

    private async Task<bool> PauseAsync(TimeSpan pause, CancellationToken stopping)
    {
#pragma warning disable CA5394 // It spreads hosts, and guards nothing.
        var spread = 1 + (work.Options.Jitter * ((2 * Random.Shared.NextDouble()) - 1));
#pragma warning restore CA5394
        await Task.Delay(pause * spread, work.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stopping.IsCancellationRequested;
    }
}

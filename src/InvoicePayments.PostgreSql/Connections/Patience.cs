using System.Diagnostics;

namespace InvoicePayments;

/// <summary>How long one call goes on, and how long it waits before the next try: a little more each time, never in step with others.</summary>
internal sealed class Patience(TimeSpan repeatFor)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    private readonly long _began = Stopwatch.GetTimestamp();
    private int _tries;

    internal bool IsOver => Stopwatch.GetElapsedTime(_began) >= repeatFor;

    /// <summary>Waits for the next try.</summary>
    internal Task WaitAsync()
    {
        var step = TimeSpan.FromMilliseconds(Math.Min(20 * Math.Pow(2, _tries++), Longest.TotalMilliseconds));
#pragma warning disable CA5394 // Spreads tries over time; nobody gains from guessing it.
        return Task.Delay(step * (0.5 + Random.Shared.NextDouble() / 2), CancellationToken.None);
#pragma warning restore CA5394
    }
}

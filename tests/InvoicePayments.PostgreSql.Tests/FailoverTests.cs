using System.Diagnostics;
using System.Globalization;

namespace InvoicePayments.Tests;

/// <summary>The primary is gone as if its power had failed, and a synchronous standby takes over.</summary>
public sealed class FailoverTests
{
    [Fact]
    public async Task AHostThatKnowsBothServers_GoesOnSoonAfterThePromotion_AndNothingAcknowledgedIsLost()
    {
        await using var primary = await PostgreSqlServer.StartAsync();
        await using var standby = await primary.StartStandbyAsync();
        var hosts = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1:{primary.Port},127.0.0.1:{standby.Port};Username=tester;Database=postgres");
        await using var store = new PostgreSqlPaymentStore(hosts, new() { RepeatFor = TimeSpan.FromSeconds(60) });
        await store.EnsureSchemaAsync(Given.Token);
        var (acknowledged, last, stop) = (0, Stopwatch.GetTimestamp(), false);
        var longest = TimeSpan.Zero;
        var working = Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            for (var n = 0; !Volatile.Read(ref stop); n++)
            {
                Assert.Equal(CommitResult.Committed, await store.CommitAsync(Given.Changes(Given.Invoice($"inv_{worker}_{n}")), Given.Token));
                Interlocked.Increment(ref acknowledged);
                Interlocked.Exchange(ref last, Stopwatch.GetTimestamp());
            }
        })));
        await Task.Delay(500, Given.Token);

        await primary.StopAsync("KILL");
        await standby.RunAsync("SELECT pg_promote()");
        var promoted = Stopwatch.GetTimestamp();
        while (Interlocked.Read(ref last) < promoted && Stopwatch.GetElapsedTime(promoted) < TimeSpan.FromSeconds(20)) await Task.Delay(5, Given.Token);
        longest = Stopwatch.GetElapsedTime(promoted);
        Volatile.Write(ref stop, true);
        await working;

        TestContext.Current.TestOutputHelper!.WriteLine($"Went on {longest.TotalMilliseconds:F0} ms after the promotion.");
        // A second or so on a machine with nothing else to do; with the ten seconds that Npgsql waits by itself it could not be below five.
        Assert.InRange(longest, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal((long)acknowledged, await standby.RunAsync("SELECT count(*) FROM invoice_payments.invoice"));
    }
}

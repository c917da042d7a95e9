using System.Globalization;
using StripeDouble;

namespace InvoicePayments.Tests;

/// <summary>
/// The real service, the adapter, HTTP, and a double in bad weather: lines cut anywhere, failures before and after money moves, requests turned away,
/// webhooks late, twice, in any order, or not at all. When all has come to rest the books are the double's.
/// </summary>
public sealed class StormTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(
        double.TryParse(Environment.GetEnvironmentVariable("INVOICEPAYMENTS_STRIPE_STORM_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 10);

    [Fact]
    public async Task InAnyWeather_TheBooksEndAsTheDoublesDo()
    {
        var began = Random.Shared.Next(1_000_000);
        if (int.TryParse(Environment.GetEnvironmentVariable("INVOICEPAYMENTS_STRIPE_STORM_SEED"), CultureInfo.InvariantCulture, out var given)) began = given;
        var (runs, requests, faults, events) = (0, 0, 0, 0);
        for (var end = DateTime.UtcNow + Budget; runs == 0 || DateTime.UtcNow < end; runs++)
        {
            await using var storm = await Storm.OpenAsync(began + runs);
            try
            {
                await storm.BlowAsync();
                await storm.SettleAsync();
                await storm.CheckAsync();
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                throw new InvalidOperationException($"INVOICEPAYMENTS_STRIPE_STORM_SEED={began + runs}: {broken.Message}", broken);
            }

            requests += storm.Requests;
            faults += storm.Faults;
            events += storm.Delivered;
        }

        Output.Tell(output, $"{runs} storms from seed {began}: {requests} requests, {faults} faults, {events} webhooks.");
    }
}

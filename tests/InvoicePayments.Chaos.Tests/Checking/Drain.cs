using System.Diagnostics;

namespace InvoicePayments.Tests;

/// <summary>Goes on until nothing is left to do.</summary>
internal static class Drain
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Recovers until nothing is due within the hour: what is only authorized is due when it expires.</summary>
    public static async Task OperationsAsync(IInvoicePaymentService service, IDueOperations operations, Action<string> complain)
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            var report = await service.RecoverAsync(1_000);
            var open = await operations.ListDueAsync(DateTimeOffset.UtcNow.AddHours(1), 1_000, CancellationToken.None);
            if (open.Count == 0) return;
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                var one = await service.ResumeAsync(new() { Operation = open[0].Operation });
                complain($"{open.Count} operations stay open, such as {one.Operation}; {string.Join(", ", report.Failures.Select(f => f.Why.Message))}");
                return;
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Delivers until every fact is out.</summary>
    public static async Task<DeliveryCheck> OutboxAsync(IInvoicePaymentService service, ChaosSettings settings, IReadOnlyDictionary<string, Invoice> invoices)
    {
        for (var last = Stopwatch.GetTimestamp(); ;)
        {
            if ((await service.DispatchAsync(1_000)).Streams > 0)
            {
                last = Stopwatch.GetTimestamp();
                continue;
            }

            // Whoever died has taken some streams with it until its lease is over.
            var check = new DeliveryCheck(Logs.DeliveriesOf(settings), invoices);
            if (check.IsComplete || Stopwatch.GetElapsedTime(last) > ChaosHost.Lease * 1.5) return check;
            await Task.Delay(200);
        }
    }
}

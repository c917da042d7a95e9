using System.Diagnostics;

namespace InvoicePayments.Tests;

/// <summary>Goes on until nothing is left to do.</summary>
internal static class Drain
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Recovers until no operation is open but authorizations that wait for whoever captures them.</summary>
    public static async Task OperationsAsync(IInvoicePaymentService service, IDueOperations operations, Action<string> complain)
    {
        // What is only authorized is asked about once in a while for as long as it is, and open it is not.
        var resting = new HashSet<OperationId>();
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            var report = await service.RecoverAsync(1_000);
            resting.UnionWith(report.Results.Select(r => r.Operation).OfType<PaymentOperation>().Where(InvoiceCheck.IsAtRest).Select(o => o.Id));
            var due = await operations.ListDueAsync(DateTimeOffset.UtcNow.AddHours(1), 1_000, CancellationToken.None);
            var open = due.Where(o => !resting.Contains(o.Operation)).ToArray();
            if (open.Length == 0) return;
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                var one = await service.ResumeAsync(new() { Operation = open[0].Operation });
                complain($"{open.Length} operations stay open, such as {one.Operation}; {string.Join(", ", report.Failures.Select(f => f.Why.Message))}");
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

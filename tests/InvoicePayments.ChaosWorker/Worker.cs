using System.Diagnostics;

namespace InvoicePayments.Tests;

/// <summary>Clients that go through the invoices one after the other, as those of every other worker do at about the same time.</summary>
internal sealed class Worker(IInvoicePaymentService service, ChaosSettings settings, string name, Flaw flaw) : IDisposable
{
    private const int Tries = 3;

    private readonly AppendedFile _acks = new(settings.AcksOf(name));
    private int _position = Math.Max(0, FurthestOf(settings) - 4);

    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, settings.Clients).Select(_ => ServeAsync(stop)));

    public void Dispose() => _acks.Dispose();

    private async Task ServeAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _position);
            await WantAsync(number, stop);
            if (Random.Shared.Next(4) == 0) await WantAsync(Math.Max(1, number - Random.Shared.Next(1, 40)), stop);
            await Task.Delay(Random.Shared.Next(2 * settings.Pace + 1), CancellationToken.None);
        }
    }

    /// <summary>All that is wanted of an invoice, once more if need be.</summary>
    private async Task WantAsync(int number, CancellationToken stop)
    {
        Acknowledge("begun", number);
        if (await TryAsync(() => service.IssueAsync(Story.Issue(number))) is not InvoiceResult.Done issued) return;
        Acknowledge("issued", number, isReplay: issued.IsReplay);

        // Others were here before: it catches up with them.
        if (issued is { IsReplay: true, Invoice.Status: InvoiceStatus.Paid }) Interlocked.Add(ref _position, Random.Shared.Next(3));
        foreach (var step in Story.Of(number))
        {
            if (flaw == Flaw.AcknowledgesTooEarly && Random.Shared.Next(5) == 0)
            {
                Acknowledge("succeeded", number, step.Key, 1);
                return;
            }

            await SendAsync(number, step, stop);
        }
    }

    private async Task SendAsync(int number, Step step, CancellationToken stop)
    {
        for (var tries = 0; tries < Tries && !stop.IsCancellationRequested; tries++)
        {
            var result = await TryAsync(() => step.SendAsync(service));
            if (result is PaymentResult.Succeeded or PaymentResult.Authorized or PaymentResult.Declined or PaymentResult.Failed)
            {
                Acknowledge(result.Status, number, step.Key, result.Operation!.Moved?.MinorUnits ?? result.Operation.Amount.MinorUnits, result.IsReplay);
                return;
            }

            // Somebody else is at it, or it is too early or too late: the next worker that comes by asks again.
            if (result is PaymentResult.Rejected) return;
            await Task.Delay(Random.Shared.Next(50, 300), CancellationToken.None);
        }
    }

    /// <summary>A store that is away is a reason to come back later; every other exception is a bug, and ends the worker.</summary>
    private async Task<T?> TryAsync<T>(Func<Task<T>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (PaymentStoreException away)
        {
            Acknowledge($"store-{away.Failure}", 0);
            return null;
        }
    }

    private void Acknowledge(string what, int number, string key = "-", long minor = 0, bool isReplay = false)
    {
        try
        {
            _acks.Append(new Acknowledgement(Stopwatch.GetTimestamp(), what, number, key, minor, isReplay).ToString());
        }
        catch (IOException)
        {
            // The disk is full: its client never hears of it.
        }
    }

    private static int FurthestOf(ChaosSettings settings) => settings.AckFiles
        .SelectMany(file => AppendedFile.Lines(file, new FileInfo(file).Length - 4_096)).Select(line => Acknowledgement.Parse(line).Invoice).DefaultIfEmpty(0).Max();
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace InvoicePayments.Tests;

/// <summary>What the books say once nothing is open any more, compared with the gateway's ledger and with what workers told and delivered.</summary>
internal sealed class Books
{
    private readonly ConcurrentBag<string> _violations = [];

    public IReadOnlyCollection<string> Violations => _violations;

    public int Invoices { get; private set; }

    public int Operations { get; private set; }

    public int Movements { get; private set; }

    public int Acknowledgements { get; private set; }

    public long Facts { get; private set; }

    public int Deliveries { get; private set; }

    /// <summary>How often the store could not answer, by why.</summary>
    public string StoreTrouble { get; private set; } = "none";

    /// <summary>How long it took until nothing was open.</summary>
    public TimeSpan Drained { get; private set; }

    /// <summary>When payments were first answered that were not answered before, by the clock that all processes share.</summary>
    public IReadOnlyList<long> NewAnswersAt { get; private set; } = [];

    public static async Task<Books> ReadAsync(ChaosSettings settings)
    {
        var books = new Books();
        await using var provider = ChaosHost.Open(settings, "suite");
        var service = provider.GetRequiredService<IInvoicePaymentService>();
        var began = Stopwatch.GetTimestamp();
        await Drain.OperationsAsync(service, provider.GetRequiredService<IDueOperations>(), books.Complain);
        books.Drained = Stopwatch.GetElapsedTime(began);

        var logs = new Logs(settings);
        var byInvoice = await books.ReadInvoicesAsync(service, logs);
        await books.CheckDeliveriesAsync(service, settings, byInvoice);
        return books;
    }

    private async Task<IReadOnlyDictionary<string, Invoice>> ReadInvoicesAsync(IInvoicePaymentService service, Logs logs)
    {
        var moved = logs.Ledger.Where(line => line.Moves).ToLookup(line => line.Request.Reference);
        var told = logs.Acknowledgements.Where(ack => ack.Invoice > 0).ToLookup(ack => ack.Invoice);
        var invoices = new ConcurrentDictionary<string, Invoice>();
        var known = new ConcurrentDictionary<string, bool>();
        var operations = 0;
        await Parallel.ForEachAsync(told.Select(g => g.Key), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, token) =>
        {
            var check = new InvoiceCheck(number, moved, told[number], Complain);
            if (await check.RunAsync(service) is not { } invoice) return;
            invoices[invoice.Id.Value] = invoice;
            foreach (var operation in check.Operations) known[operation.Reference.Value] = true;
            Interlocked.Add(ref operations, check.Operations.Count);
        });

        foreach (var line in logs.Ledger.Where(line => line.Moves && !known.ContainsKey(line.Request.Reference)))
            Complain($"The gateway moved {line.Answer.Minor} under {line.Request.Reference}, of which the books know nothing.");
        (Invoices, Operations, Movements, Facts) = (invoices.Count, operations, logs.Ledger.Count(line => line.Moves), invoices.Values.Sum(i => i.FactCount));
        Acknowledgements = logs.Acknowledgements.Count(ack => ack.Key != "-");
        var trouble = logs.Acknowledgements.Where(ack => ack.Invoice == 0).CountBy(ack => ack.What["store-".Length..]).Select(t => $"{t.Key} {t.Value}").Order();
        if (trouble.Any()) StoreTrouble = string.Join(", ", trouble);
        NewAnswersAt = [.. logs.Acknowledgements.Where(ack => ack is { IsReplay: false, What: "succeeded" or "authorized" }).Select(ack => ack.At).Order()];
        return invoices;
    }

    private async Task CheckDeliveriesAsync(IInvoicePaymentService service, ChaosSettings settings, IReadOnlyDictionary<string, Invoice> invoices)
    {
        var check = await Drain.OutboxAsync(service, settings, invoices);
        Deliveries = check.Count;
        foreach (var violation in check.Violations()) Complain(violation);
    }

    private void Complain(string violation) => _violations.Add(violation);
}

using InvoicePayments;

namespace QuickStart;

/// <summary>The books of one currency: the store's three sums and the gateway's own.</summary>
/// <param name="Currency">Which currency.</param>
/// <param name="Held">What the invoices hold: received less given back.</param>
/// <param name="Cash">What the payments say came by hand; no gateway knows of it.</param>
/// <param name="Online">What the payments say came through the gateway: captured less refunded.</param>
/// <param name="Ledger">What the gateway says it moved.</param>
internal sealed record BookLine(Currency Currency, Money Held, Money Cash, Money Online, Money Ledger)
{
    public bool Agrees => Held == Cash + Online && Online == Ledger;
}

/// <summary>Reads everything anew from the store and from the ledger; nothing is counted on the way.</summary>
internal static class Books
{
    public static async Task<IReadOnlyList<BookLine>> ReadAsync(
        IInvoicePaymentService service, IEnumerable<InvoiceId> ids, GatewayLedger ledger)
    {
        var invoices = new List<Invoice>();
        var payments = new Dictionary<PaymentId, Payment>();
        foreach (var id in ids)
        {
            invoices.Add((await service.GetInvoiceAsync(id))!);
            foreach (var operation in await OperationsOf(service, id))
                payments[operation.Payment] = (await service.GetPaymentAsync(operation.Payment))!;
        }

        var currencies = invoices.Select(i => i.Currency).Union(ledger.Totals.Keys).OrderBy(c => c.Code, StringComparer.Ordinal);
        return [.. currencies.Select(currency => new BookLine(
            currency,
            Sum(currency, invoices.Select(i => Money.FromMinorUnits(i.Sums.Net, i.Currency))),
            Sum(currency, payments.Values.Where(p => p.Mode == PaymentMode.Offline).Select(p => p.Captured - p.Refunded)),
            Sum(currency, payments.Values.Where(p => p.Mode == PaymentMode.Online).Select(p => p.Captured - p.Refunded)),
            ledger.Total(currency)))];
    }

    private static async Task<List<PaymentOperation>> OperationsOf(IInvoicePaymentService service, InvoiceId invoice)
    {
        var operations = new List<PaymentOperation>();
        for (long? after = null; ;)
        {
            var page = await service.ListOperationsAsync(invoice, after);
            operations.AddRange(page.Items);
            if ((after = page.Next) is null) return operations;
        }
    }

    private static Money Sum(Currency currency, IEnumerable<Money> amounts) =>
        amounts.Where(a => a.Currency == currency).Aggregate(Money.Zero(currency), (sum, amount) => sum + amount);
}

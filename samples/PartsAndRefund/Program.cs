using InvoicePayments;
using Microsoft.Extensions.DependencyInjection;

// An invoice is paid in three parts, by card, in cash and by card again, and a part of the last payment is given back, so that it is due again.
var folder = Directory.CreateTempSubdirectory("invoice-payments-");
var services = new ServiceCollection();
services.AddInvoicePayments().UseSqlite($"Data Source={Path.Combine(folder.FullName, "invoices.db")}").UseScriptedGateway("test");
var isRight = true;
await using (var provider = services.BuildServiceProvider())
{
    var payments = provider.GetRequiredService<IInvoicePaymentService>();
    InvoiceId invoice = new("INV-1");
    await payments.IssueAsync(new() { InvoiceId = invoice, Account = new("acc_ada"), Total = Money.Parse("EUR 300.00") });

    await payments.PayAsync(Card("part-1", Money.Parse("EUR 120.00")));
    await ShowAsync("EUR 120.00 by card");

    await payments.RecordOfflinePaymentAsync(new() { InvoiceId = invoice, Key = "part-2", Method = OfflineMethod.Cash, Amount = Money.Parse("EUR 50.00") });
    await ShowAsync("EUR 50.00 in cash");

    var tooMuch = await payments.PayAsync(Card("part-3", Money.Parse("EUR 140.00")));
    Console.WriteLine($"EUR 140.00 are more than is due: {tooMuch.Status} ({tooMuch.ErrorCode}).");

    // What was refused was not remembered: the corrected command may use the same key. No amount means all that is due.
    var last = await payments.PayAsync(Card("part-3", null));
    await ShowAsync("the rest by card");

    await payments.RefundAsync(new() { PaymentId = last.Payment!.Id, Key = "back-1", Amount = Money.Parse("EUR 30.00"), ReopenInvoice = true, Reason = "One item came back." });
    var standing = await ShowAsync("EUR 30.00 given back, and due again");
    isRight = standing is { Status: InvoiceStatus.PartiallyPaid } && standing.Due == Money.Parse("EUR 30.00");

    Console.WriteLine("\nWhat happened:");
    foreach (var fact in (await payments.ListFactsAsync(invoice)).Items) Console.WriteLine($"  {fact.Sequence,2}  {fact.GetType().Name}");

    PayInvoice Card(string key, Money? amount) => new() { InvoiceId = invoice, Key = key, Amount = amount, Gateway = new("test"), Token = new("tok_visa") };

    async Task<Invoice> ShowAsync(string what)
    {
        var now = (await payments.GetInvoiceAsync(invoice))!;
        Console.WriteLine($"{what,-36} → {now.Status}: settled {now.Settled}, due {now.Due}");
        return now;
    }
}

folder.Delete(recursive: true);
return isRight ? 0 : 1;

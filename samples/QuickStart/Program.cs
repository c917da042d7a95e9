using InvoicePayments;
using Microsoft.Extensions.DependencyInjection;

// Pays three invoices on SQLite through the test kit's gateway, and compares the books with what the gateway says it moved.
// Run it twice: the second time it repeats the same keys, and nobody is charged again.
var folder = args.Length > 0 ? args[0] : Path.Combine(Path.GetTempPath(), "invoice-payments-quickstart");
Directory.CreateDirectory(folder);
var ledger = GatewayLedger.InFile(Path.Combine(folder, "gateway.ledger.jsonl"));

var services = new ServiceCollection();
services.AddInvoicePayments()
    .UseSqlite($"Data Source={Path.Combine(folder, "invoices.db")}")
    .UseScriptedGateway("test", gateway => gateway.Ledger = ledger);
await using var provider = services.BuildServiceProvider();
var payments = provider.GetRequiredService<IInvoicePaymentService>();

var books = new Dictionary<Currency, Money>();
foreach (var (id, total) in new[] { ("inv_euro", "EUR 119.00"), ("inv_yen", "JPY 12500"), ("inv_dinar", "KWD 4.250") })
{
    var invoice = new InvoiceId(id);
    var amount = Money.Parse(total, null);
    await payments.IssueAsync(new() { InvoiceId = invoice, Account = new("acc_ada"), Total = amount });
    var answer = await payments.PayAsync(new() { InvoiceId = invoice, Key = $"pay-{id}", Gateway = new("test"), Token = new("tok_visa") });
    Console.WriteLine($"{id}: {amount} -> {answer.Status}{(answer.IsReplay ? " (a replay: nobody was charged again)" : "")}, invoice {answer.Invoice?.Status}");
    if (answer.Payment is { } payment) books[amount.Currency] = books.GetValueOrDefault(amount.Currency, Money.Zero(amount.Currency)) + payment.Captured;
}

var equal = true;
foreach (var (currency, booked) in books)
{
    var moved = ledger.Total(currency);
    equal &= moved == booked;
    Console.WriteLine($"{currency}: the invoices say {booked}, the gateway's ledger says {moved}");
}

Console.WriteLine(equal ? "The books agree." : "The books differ.");
return equal ? 0 : 1;

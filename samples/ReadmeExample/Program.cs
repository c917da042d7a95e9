using InvoicePayments;
using Microsoft.Extensions.DependencyInjection;

// The host of README.md, word for word: a test compares the two. It runs in a folder of its own, because its file has no path.
var folder = Directory.CreateTempSubdirectory("invoice-payments-");
Environment.CurrentDirectory = folder.FullName;
{
    // <readme>
    var services = new ServiceCollection();
    services.AddInvoicePayments().UseSqlite("Data Source=invoices.db").UseScriptedGateway("test");
    await using var provider = services.BuildServiceProvider();
    var payments = provider.GetRequiredService<IInvoicePaymentService>();

    await payments.IssueAsync(new() { InvoiceId = new("INV-1"), Account = new("acc_ada"), Total = new(119.00m, "EUR") });
    var pay = new PayInvoice { InvoiceId = new("INV-1"), Key = "order-42", Gateway = new("test"), Token = new("tok_visa") };
    var answer = await payments.PayAsync(pay);
    var again = await payments.PayAsync(pay);   // the same key: the same answer, and nobody is charged again
    Console.WriteLine($"{answer.Status}, invoice {answer.Invoice?.Status}, replay {again.IsReplay}");
    // </readme>
}

Environment.CurrentDirectory = Path.GetTempPath();
folder.Delete(recursive: true);

using InvoicePayments;
using Microsoft.Extensions.DependencyInjection;
using NightlyCollection;

// Ten thousand invoices are due, and one run charges them all. Stop it with Ctrl-C wherever you like and start it again: it goes on, and
// nobody is charged twice. Start it in two terminals at once: nobody is charged twice either.
var arguments = Arguments.Read(args);
Directory.CreateDirectory(arguments.Folder);
var ledger = GatewayLedger.InFile(Path.Combine(arguments.Folder, "gateway.ledger.jsonl"));

var services = new ServiceCollection();
services.AddInvoicePayments()
    .UseSqlite($"Data Source={Path.Combine(arguments.Folder, "invoices.db")}")
    .UseScriptedGateway("test", gateway => gateway.Ledger = ledger);
await using var provider = services.BuildServiceProvider();
var payments = provider.GetRequiredService<IInvoicePaymentService>();

Screen.Say($"The books are in {arguments.Folder}");
await Customers.IssueAsync(payments, arguments.Invoices);

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // Not the process ends, but the run: between two invoices.
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    await Screen.RunAsync(async progress =>
    {
        var answers = 0;
        await foreach (var item in payments.CollectAsync(new() { Id = new("2020-03"), Parallelism = 16 }, progress, stop.Token))
            if (++answers == arguments.StopAfter) await stop.CancelAsync();
    });
    Screen.Say("Everything that was due has been charged.");
}
catch (OperationCanceledException)
{
    Screen.Say("Stopped between two invoices. Start it again, and it goes on.");
}

var books = await Books.ReadAsync(payments, arguments.Invoices, ledger);
Screen.Show(books);
return books.Agree ? 0 : 1;

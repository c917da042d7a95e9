using InvoicePayments;
using Microsoft.Extensions.DependencyInjection;
using QuickStart;

// Seven invoices are paid on SQLite through the test kit's gateway, in every way that matters, and at the end the books are compared.
// Run it twice: the second time every key is known, and nobody is charged again.
// With --gateway stripe some of them are paid at Stripe instead, or at a double of it: docs/gateways/stripe.md.
var invoices = Invoices.Read();
if (args is ["--gateway", "stripe", ..]) return await AtStripe.RunAsync(invoices, args.ElementAtOrDefault(2));
var folder = Path.GetFullPath(args.Length > 0 ? args[0] : invoices.DefaultFolder);
Directory.CreateDirectory(folder);
var ledger = GatewayLedger.InFile(Path.Combine(folder, "gateway.ledger.jsonl"));

var services = new ServiceCollection();
services.AddInvoicePayments(options =>
    {
        // The story loses an answer. By default the call would be sent again at once and nobody would notice; here recovery is to find it,
        // and to look after a tenth of a second instead of five seconds.
        options.Gateway.Resends = 0;
        options.Policy = options.Policy with { RecoverySchedule = [Story.RecoverAfter, .. options.Policy.RecoverySchedule] };

        // The test kit answers at once; so a run that is killed in the middle holds its payment for seconds, not for most of a minute.
        options.Gateway.Timeout = TimeSpan.FromSeconds(5);
    })
    .UseSqlite($"Data Source={Path.Combine(folder, "invoices.db")}")
    .UseScriptedGateway("test", gateway => gateway.Ledger = ledger);
await using var provider = services.BuildServiceProvider();
var payments = provider.GetRequiredService<IInvoicePaymentService>();

var screen = Screen.Open();
var story = new Story(payments, provider.GetRequiredService<ScriptedGateway>(), screen);
var movedBefore = ledger.Entries.Count;

screen.Title("InvoicePayments", folder);
try
{
    if (!await story.IssueAsync(invoices.All)) return 1;
}
catch (PaymentStoreException refused)
{
    // For example a file that another build has made: the message says what to do with it.
    Console.Error.WriteLine(refused.Message);
    return 1;
}

await story.FinishWhatWasLeftAsync(invoices.All);
screen.Invoices(invoices.All, await story.LookAsync(invoices.All));

await story.PayInFullAsync(new("INV-1001"));
await story.PayInTwoPartsAsync(new("INV-1002"), first: Money.Parse("JPY 28000"));
await story.PayInCashAsync(new("INV-1003"));
await story.BeDeclinedAsync(new("INV-1004"));
await story.PassThreeDSecureAsync(new("INV-1005"));
var payment = await story.LoseTheAnswerAndRecoverAsync(new("INV-1006"));
await story.RepeatTheKeyAsync(new("INV-1006"));
await story.RefundAsync(payment, Money.Parse("GBP 60.00"));
await story.PayVoidAsync(new("INV-1007"));

screen.Standing(await story.LookAsync(invoices.All));
screen.Timeline(new("INV-1006"), await payments.ListFactsAsync(new("INV-1006")));

var books = await Books.ReadAsync(payments, invoices.All.Select(i => i.Id), ledger);
screen.Books(books);
screen.Charges(movedBefore, ledger.Entries.Count, story.Answers);
return books.All(line => line.Agrees) ? 0 : 1;

using InvoicePayments;
using Microsoft.Extensions.DependencyInjection;
using Migrate;

// A host that comes from one of five systems keeps its front end: it goes on sending what it sent, and reads what it read. The same
// invoice is paid five times over here, under five ids, each by a request in the words of another system, and answered in them.
var services = new ServiceCollection();
services.AddInvoicePaymentsTesting();
await using var provider = services.BuildServiceProvider();
var payments = provider.GetRequiredService<IInvoicePaymentService>();

var ada = new AccountId("cus_1001");
await payments.SavePaymentMethodAsync(new() { Tenant = TenantId.Default, Id = new("7"), Account = ada, Gateway = new("test"), Token = new("tok_visa") });

var allPaid = true;
foreach (var (words, id, request) in Requests.Of(ada))
{
    await payments.IssueAsync(new() { InvoiceId = id, Account = ada, Total = new(250.00m, "EUR"), DueAt = DateTimeOffset.UtcNow.AddDays(30) });
    var answer = await words.Read(request).SendAsync(payments);
    allPaid &= answer is PaymentResult.Succeeded && answer.Invoice!.Status == InvoiceStatus.Paid;

    Console.WriteLine($"{words.Name}: POST {request.Path} {request.Body}");
    Console.WriteLine(words.Answer(answer, indented: true));
    Console.WriteLine();
}

var invoice = await payments.GetInvoiceAsync(new("101"));
foreach (var words in Vocabulary.All)
{
    Console.WriteLine($"Invoice 101 in the words of {words.Name}:");
    Console.WriteLine(words.Invoice(invoice!, DateTimeOffset.UtcNow, indented: true));
    Console.WriteLine();
}

return allPaid ? 0 : 1;

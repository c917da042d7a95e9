using InvoicePayments;
using Microsoft.Extensions.DependencyInjection;

// A market place sells for two makers and keeps a fee. One payment is split over three recipient accounts, and given back in steps that do
// not divide evenly: at the end everybody has given back exactly what they got.
var services = new ServiceCollection();
services.AddInvoicePaymentsTesting(gateway => gateway.Profile = gateway.Profile with { EnrolledForSplitFunding = [TenantId.Default] });
await using var provider = services.BuildServiceProvider();
var payments = provider.GetRequiredService<IInvoicePaymentService>();

await payments.IssueAsync(new() { InvoiceId = new("INV-1"), Account = new("acc_ada"), Total = new(100.00m, "EUR") });
var pay = new PayInvoice { InvoiceId = new("INV-1"), Key = "order-1", Gateway = new("test"), Token = new("tok_visa") };

// The parts have to sum exactly. A refusal stores nothing, so the corrected request may use the same key.
var refused = await payments.PayAsync(pay with { Funding = new FundingRequest.Amounts(Part("rec_oak", 60.00m), Part("rec_elm", 30.00m), Part("rec_fee", 9.99m)) });
Console.WriteLine($"{refused.Status}: {refused.ErrorCode}. {refused.ErrorMessage}");

var paid = await payments.PayAsync(pay with { Funding = new FundingRequest.Amounts(Part("rec_oak", 60.00m), Part("rec_elm", 30.01m), Part("rec_fee", 9.99m)) });
Console.WriteLine($"{paid.Status}: {Words(paid.Operation!.Funding!)}");

foreach (var (key, amount) in new (string, decimal?)[] { ("refund-1", 0.01m), ("refund-2", 33.33m), ("refund-3", 49.99m), ("refund-4", null) })
{
    var refund = await payments.RefundAsync(new() { PaymentId = paid.Payment!.Id, Key = key, Amount = amount is { } some ? new Money(some, "EUR") : null });
    Console.WriteLine($"refund of {refund.Operation!.Amount}: {Words(refund.Operation.Funding!)}");
}

var payment = await payments.GetPaymentAsync(paid.Payment!.Id);
foreach (var share in payment!.Funding) Console.WriteLine($"{share.Recipient} got {share.Captured} cents and gave back {share.Refunded}.");
return payment.Funding.All(share => share.Captured == share.Refunded) ? 0 : 1;

static FundingPart Part(string recipient, decimal amount) => new(new(recipient), new(amount, "EUR"));

static string Words(FundingSplit split) => string.Join(", ", split.Parts.Select(part => $"{part.Amount} {part.Recipient}"));

namespace InvoicePayments;

/// <content>Payment links, on which the payer pays by himself, and payments that are created in one call, by whichever way.</content>
internal sealed partial class Workload
{
    private static readonly string[] CreatedWays = [", offline", ", by the method on file", ", by a link"];

    private Client PayByLink()
    {
        var (tenant, invoice, issued) = AnyInvoice();
        var pay = new PayInvoice
        {
            Tenant = tenant, InvoiceId = invoice, Key = Key(), Amount = Part(), Account = Caller(issued), LinkAt = Gateway, ApplyBalance = Tape.Next(4) == 3,
        };
        return Ask(
            $"make a link for {pay.Amount?.ToString() ?? "all"} of {tenant}/{invoice} with {pay.Key}{(pay.ApplyBalance ? ", credit first" : "")}", s => s.PayAsync(pay), tenant,
            OperationOf(tenant, pay.Account, pay.Key));
    }

    private Client CreatePayment()
    {
        var (tenant, invoice, issued) = AnyInvoice();
        var way = Tape.Next(CreatedWays.Length);
        var create = new CreatePayment
        {
            Tenant = tenant, InvoiceId = invoice, Key = Key(), Amount = Part(), Account = issued.Account, Reference = "ref_1",
            Mode = way == 0 ? PaymentMode.Offline : PaymentMode.Online, Integration = way == 2 ? Gateway : null,
            PaymentMethod = way == 1 ? MethodOf(tenant, issued.Account, "pm_1", isDefault: true).Id : null,
        };
        return Ask(
            $"create a payment of {create.Amount?.ToString() ?? "all"} of {tenant}/{invoice} with {create.Key}{CreatedWays[way]}", s => s.CreatePaymentAsync(create), tenant,
            OperationOf(tenant, create.Account, create.Key));
    }
}

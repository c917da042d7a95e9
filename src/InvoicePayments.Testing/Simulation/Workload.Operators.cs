namespace InvoicePayments;

/// <content>What operators want: to settle what nobody could answer, and to know before they act.</content>
internal sealed partial class Workload
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(15);

    // An honest operator: waits until no request can be on its way any more, looks it up at the gateway, and says what is written there.
    private Client Settle()
    {
        if (world.Books.AnyOperation(IsForPerson) is not { } operation) return Recover();
        return Ask($"settle {Story.Short(operation.Reference)} by hand", service =>
        {
            var resume = new ResumeOperation { Tenant = operation.Tenant, Operation = operation.Id };
            return AtTheGateway(operation) is { } settlement
                ? service.SettleAsync(new() { Tenant = operation.Tenant, Operation = operation.Id, Settlement = settlement, By = "op_1", Why = "Looked up at the gateway." })
                : service.ResumeAsync(resume);
        }, operation.Tenant);
    }

    private bool IsForPerson(PaymentOperation operation) =>
        operation.Status is OperationStatus.Unknown or OperationStatus.NeedsAttention
        && operation.LastSentAt is { } sent && world.Queue.Now - sent.UtcTicks > LongEnough.Ticks;

    private Settlement? AtTheGateway(PaymentOperation operation) =>
        world.Scripted.Ledger.Hold(book => book.Find(operation.Reference))?.Current switch
        {
            GatewayOutcome.Succeeded moved => new Settlement.Happened(moved.Id, moved.Moved),
            null or GatewayOutcome.Declined or GatewayOutcome.Expired or GatewayOutcome.Canceled => new Settlement.DidNotHappen(),
            _ => null,
        };

    private Client Quote()
    {
        var (tenant, invoice, _) = AnyInvoice();
        var pay = new PayInvoice { Tenant = tenant, InvoiceId = invoice, Key = Key(), Amount = Part() };
        return Ask($"what paying {pay.Amount?.ToString() ?? "all"} of {tenant}/{invoice} with {pay.Key} would do", s => s.QuoteAsync(pay), tenant);
    }

    private Client Explain()
    {
        var (tenant, invoice) = AnyDocument();
        return Ask($"explain {tenant}/{invoice}", s => s.ExplainAsync(invoice, tenant), tenant);
    }
}

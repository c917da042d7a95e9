namespace InvoicePayments;

/// <content>Money that is blocked first, and taken later, in part, or not at all.</content>
internal sealed partial class Workload
{
    private static readonly TimeSpan[] UntilTheCapture = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10), TimeSpan.FromDays(3)];

    // Who blocks money mostly takes it later, or some of it.
    private Client Authorize()
    {
        var (tenant, invoice, issued) = AnyInvoice();
        if (Tape.Next(3) > 0) world.Queue.Add(UntilTheCapture[Tape.Next(3)], null, () => Capture(orAuthorize: false)?.Ask());
        var pay = new PayInvoice { Tenant = tenant, InvoiceId = invoice, Key = Key(), Amount = Part(), Account = Caller(issued), CaptureLater = true };
        return Ask(
            $"authorize {pay.Amount?.ToString() ?? "all"} of {tenant}/{invoice} with {pay.Key}", s => s.PayAsync(pay), tenant,
            OperationOf(tenant, pay.Account, pay.Key));
    }

    private Client Capture() => Capture(orAuthorize: true)!;

    private Client? Capture(bool orAuthorize)
    {
        if (world.Books.Authorizations.Count == 0) return orAuthorize ? Authorize() : null;
        var (tenant, payment) = world.Books.Authorizations[Tape.Next(world.Books.Authorizations.Count)];
        var capture = new CapturePayment { Tenant = tenant, PaymentId = payment.Id, Key = Key(), Amount = Part(), IsLast = Tape.Next(3) switch { 0 => null, 1 => true, _ => false } };
        return Ask(
            $"capture {capture.Amount?.ToString() ?? "all"} of {payment.Id.Value[..10]}… with {capture.Key}", s => s.CaptureAsync(capture), tenant,
            OperationOf(tenant, capture.Account, capture.Key));
    }

    private Client VoidPayment()
    {
        var some = Tape.Next(2) == 0 ? world.Books.Authorizations : world.Books.Payments;
        if (some.Count == 0) return Authorize();
        var (tenant, payment) = some[Tape.Next(some.Count)];
        var undo = new VoidPayment { Tenant = tenant, PaymentId = payment.Id, Key = Key() };
        return Ask(
            $"void {payment.Id.Value[..10]}… with {undo.Key}", s => s.VoidPaymentAsync(undo), tenant, OperationOf(tenant, undo.Account, undo.Key));
    }
}

using System.Globalization;

namespace InvoicePayments.Tests;

/// <summary>One thing that a client wants, always under the same key.</summary>
internal sealed record Step(string Key, Func<IInvoicePaymentService, Task<PaymentResult>> SendAsync);

/// <summary>What clients want of the invoice with a number. It follows from the number, so every worker wants the same.</summary>
internal static class Story
{
    private static readonly GatewayName Gateway = new("http");

    public static InvoiceId InvoiceOf(int number) => new(string.Create(CultureInfo.InvariantCulture, $"inv_{number}"));

    public static Money TotalOf(int number) => Money.FromMinorUnits(1_000 + (number % 977), Currency.EUR);

    public static IssueInvoice Issue(int number) => new() { InvoiceId = InvoiceOf(number), Account = new("acc_ada"), Total = TotalOf(number) };

    public static OperationId OperationOf(string key) => IdempotencyGuard.OperationOf(TenantId.Default, IdempotencyScope.Tenant, null, new IdempotencyKey(key));

    public static IReadOnlyList<Step> Of(int number)
    {
        var some = Money.FromMinorUnits(100 + (number % 300), Currency.EUR);
        return (number % 8) switch
        {
            0 => [Pay(number, "all")],
            1 => [Pay(number, "part", some), Pay(number, "rest")],
            2 => [Pay(number, "all"), Refund(number, "all", "back", some), Refund(number, "all", "more", some)],
            3 => [Authorize(number), Capture(number, "some", some, isLast: false), Capture(number, "rest", null, isLast: true)],
            4 => [Cash(number, some), Pay(number, "rest")],
            5 => [Authorize(number), Void(number)],
            6 => Random.Shared.Next(2) == 0 ? [Pay(number, "one"), Pay(number, "other")] : [Pay(number, "other"), Pay(number, "one")],
            _ => [Pay(number, "poor", token: "tok_declined"), Pay(number, "all")],
        };
    }

    private static Step Pay(int number, string what, Money? amount = null, string token = "tok_visa") => new(KeyOf(number, what), service =>
        service.PayAsync(new() { InvoiceId = InvoiceOf(number), Key = KeyOf(number, what), Gateway = Gateway, Token = new(token), Amount = amount }));

    private static Step Authorize(int number) => new(KeyOf(number, "hold"), service =>
        service.PayAsync(new() { InvoiceId = InvoiceOf(number), Key = KeyOf(number, "hold"), Gateway = Gateway, Token = new("tok_visa"), CaptureLater = true }));

    private static Step Capture(int number, string what, Money? amount, bool isLast) => new(KeyOf(number, what), service =>
        service.CaptureAsync(new() { PaymentId = PaymentOf(number, "hold"), Key = KeyOf(number, what), Amount = amount, IsLast = isLast }));

    private static Step Void(int number) => new(KeyOf(number, "void"), service =>
        service.VoidPaymentAsync(new() { PaymentId = PaymentOf(number, "hold"), Key = KeyOf(number, "void") }));

    private static Step Refund(int number, string of, string what, Money amount) => new(KeyOf(number, what), service =>
        service.RefundAsync(new() { PaymentId = PaymentOf(number, of), Key = KeyOf(number, what), Amount = amount }));

    private static Step Cash(int number, Money amount) => new(KeyOf(number, "cash"), service =>
        service.RecordOfflinePaymentAsync(new() { InvoiceId = InvoiceOf(number), Key = KeyOf(number, "cash"), Method = OfflineMethod.Cash, Amount = amount }));

    private static PaymentId PaymentOf(int number, string what) => new("pay_" + OperationOf(KeyOf(number, what)).Value);

    private static string KeyOf(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number}-{what}");
}

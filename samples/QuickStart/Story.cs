using InvoicePayments;

namespace QuickStart;

/// <summary>One method a step; every call carries a key that follows from the invoice, so that a second run repeats it.</summary>
internal sealed partial class Story(IInvoicePaymentService payments, ScriptedGateway gateway, Screen screen)
{
    private static readonly GatewayName Test = new("test");
    private readonly List<PaymentResult> _answers = [];

    /// <summary>How long after a lost answer the recovery looks for it.</summary>
    public static TimeSpan RecoverAfter { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What the service answered, in order.</summary>
    public IReadOnlyList<PaymentResult> Answers => _answers;

    public async Task<bool> IssueAsync(IReadOnlyList<WrittenInvoice> invoices)
    {
        foreach (var invoice in invoices)
        {
            var answer = await payments.IssueAsync(invoice.ToCommand());
            if (invoice.VoidedBecause is { } reason) answer = await payments.VoidAsync(new() { InvoiceId = invoice.Id, Reason = reason });
            if (answer is InvoiceResult.Rejected no) return screen.Stop($"{invoice.Id} is refused as {no.Why}: {no.Detail}");
        }

        return true;
    }

    public async Task<IReadOnlyList<Invoice>> LookAsync(IEnumerable<WrittenInvoice> invoices)
    {
        var found = new List<Invoice>();
        foreach (var invoice in invoices) found.Add((await payments.GetInvoiceAsync(invoice.Id))!);
        return found;
    }

    public async Task PayInFullAsync(InvoiceId invoice)
    {
        screen.Step("Paid in full", invoice.Value);
        await PayAsync(invoice, $"{invoice}-pay", ScriptedTokens.Visa);
    }

    public async Task PayInTwoPartsAsync(InvoiceId invoice, Money first)
    {
        screen.Step("Paid in two parts", invoice.Value);
        await PayAsync(invoice, $"{invoice}-part-1", ScriptedTokens.Visa, first);
        await PayAsync(invoice, $"{invoice}-part-2", ScriptedTokens.Visa);
    }

    public async Task PayInCashAsync(InvoiceId invoice)
    {
        screen.Step("Paid in cash, at the counter", invoice.Value);
        Tell(await payments.RecordOfflinePaymentAsync(new() { InvoiceId = invoice, Key = $"{invoice}-cash", Method = OfflineMethod.Cash }));
    }

    public async Task BeDeclinedAsync(InvoiceId invoice)
    {
        screen.Step("Overdue, and the bank says no", invoice.Value);
        await PayAsync(invoice, $"{invoice}-pay", ScriptedTokens.Declined);
    }

    public async Task RefundAsync(PaymentId payment, Money amount)
    {
        screen.Step($"{amount} is given back", payment.Value);
        Tell(await payments.RefundAsync(new() { PaymentId = payment, Key = $"{payment}-refund", Amount = amount }));
    }

    public async Task PayVoidAsync(InvoiceId invoice)
    {
        screen.Step("A void invoice cannot be paid", invoice.Value);
        await PayAsync(invoice, $"{invoice}-pay", ScriptedTokens.Visa);
    }

    private async Task<PaymentResult> PayAsync(InvoiceId invoice, string key, PaymentToken token, Money? amount = null) =>
        Tell(await payments.PayAsync(new() { InvoiceId = invoice, Key = key, Gateway = Test, Token = token, Amount = amount }));

    private PaymentResult Tell(PaymentResult answer)
    {
        _answers.Add(answer);
        screen.Answer(answer);
        return answer;
    }
}

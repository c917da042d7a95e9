namespace InvoicePayments.Tests;

/// <summary>A host that may die: its facade and the points it passes.</summary>
internal sealed record CrashingHost(IInvoicePaymentService Service, CrashPoints Points)
{
    public static OperationId OperationOf(Verb verb) =>
        IdempotencyGuard.OperationOf(TenantId.Default, IdempotencyScope.Tenant, null, new IdempotencyKey(KeyOf(verb)));

    /// <summary>The same verb is always the same command under the same key.</summary>
    public async Task<PaymentResult?> SendAsync(Verb verb)
    {
        var id = CrashWorld.Invoice;
        switch (verb)
        {
            case Verb.Pay:
                var pay = new PayInvoice { InvoiceId = id, Key = KeyOf(verb), Gateway = new("test"), Token = ScriptedTokens.Visa };
                return await Service.PayAsync(pay);
            case Verb.Refund:
                return await Service.RefundAsync(new() { PaymentId = new("pay_" + OperationOf(Verb.Pay).Value), Key = KeyOf(verb) });
            case Verb.Authorize:
                return await Service.PayAsync(new() { InvoiceId = id, Key = KeyOf(verb), Gateway = new("test"), Token = ScriptedTokens.Visa, CaptureLater = true });
            case Verb.Capture:
                return await Service.CaptureAsync(new() { PaymentId = new("pay_" + OperationOf(Verb.Authorize).Value), Key = KeyOf(verb) });
            case Verb.Void:
                return await Service.VoidPaymentAsync(new() { PaymentId = new("pay_" + OperationOf(Verb.Authorize).Value), Key = KeyOf(verb) });
            case Verb.RecordCash:
                return await Service.RecordOfflinePaymentAsync(new() { InvoiceId = id, Key = KeyOf(verb), Method = OfflineMethod.Cash });
            default:
                var issue = new IssueInvoice { InvoiceId = id, Account = new("acc_ada"), Total = CrashWorld.Total };
                Assert.IsType<InvoiceResult.Done>(await Service.IssueAsync(issue));
                return null;
        }
    }

    private static string KeyOf(Verb verb) => verb switch { Verb.Pay => "pay", Verb.Refund => "refund", Verb.Authorize => "authorize", Verb.Capture => "capture", Verb.Void => "void", _ => "cash" };
}

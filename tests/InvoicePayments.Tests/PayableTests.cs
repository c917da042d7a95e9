using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class PayableInMemoryTests() : PayableTests(StoreKind.InMemory);

public sealed class PayableOnSqliteTests() : PayableTests(StoreKind.Sqlite);

public sealed class PayableOnPostgreSqlTests() : PayableTests(StoreKind.PostgreSql);

public abstract class PayableTests(StoreKind store) : EveryStore(store)
{
    private static readonly InvoiceId Order = new("ord_1");
    private static readonly InvoiceId First = new("preq_1");

    [Fact]
    [Parity("BRL-07")]
    public async Task ExactlyOneThingIsPaid_NoneOrTwoAreRefused()
    {
        await Host.IssueAsync();
        var pay = new PayInvoice { Key = "k1", Gateway = Test, Token = ScriptedTokens.Visa };
        var cash = new RecordOfflinePayment { Key = "c1", Method = OfflineMethod.Cash };
        PayInvoice[] two =
        [
            pay with { InvoiceId = Inv, OrderId = Order }, pay with { InvoiceId = Inv, CreditGrantId = new("cg") },
            pay with { InvoiceId = Inv, PaymentRequestId = First }, pay with { InvoiceId = Inv, Several = new PaymentSpread.OldestFirst(Inv) },
        ];

        Assert.Equal(Rejection.PayableMissing, RejectedAs(await Host.Service.PayAsync(pay, Token)));
        Assert.Equal(Rejection.PayableMissing, RejectedAs(await Host.Service.PayAsync(pay with { Several = new PaymentSpread.OldestFirst() }, Token)));
        Assert.Equal(Rejection.PayableMissing, RejectedAs(await Host.Service.RecordOfflinePaymentAsync(cash, Token)));
        foreach (var both in two) Assert.Equal(Rejection.PayableAmbiguous, RejectedAs(await Host.Service.PayAsync(both, Token)));
        Assert.Equal(Rejection.PayableAmbiguous, RejectedAs(await Host.Service.RecordOfflinePaymentAsync(cash with { InvoiceId = Inv, OrderId = Order }, Token)));
        Assert.Empty(Host.Gateway.Calls);

        Assert.IsType<PaymentResult.Succeeded>(await Host.Service.PayAsync(pay with { InvoiceId = Inv }, Token));
    }

    [Fact]
    [Parity("BRL-09")]
    public async Task AnOrder_IsPaidInParts_AndIsNoInvoice()
    {
        await IssueOrderAsync();
        Assert.Equal(Rejection.InvoiceNotFound, RejectedAs(await Host.PayAsync("k0", id: Order.Value)));

        var part = await PayOrderAsync("k1", Eur(400));
        Assert.Equal((InvoiceStatus.PartiallyPaid, PayableKind.Order), (part.Invoice!.Status, part.Invoice.Kind));
        Assert.Equal(Rejection.AmountExceedsPayable, RejectedAs(await PayOrderAsync("k2", Eur(601))));
        Assert.Equal(InvoiceStatus.Paid, (await PayOrderAsync("k2")).Invoice!.Status);
        Assert.Equal(Eur(1000), Host.Gateway.Ledger.Total(Currency.EUR));

        await Host.RefundAsync(part.Payment!.Id, "r1");
        Assert.Equal(Eur(600), Host.Gateway.Ledger.Total(Currency.EUR));
    }

    [Fact]
    [Parity("BRL-10")]
    public async Task APaymentRequest_IsPaidAsAnInstalmentOfItsInvoice_AndSettlesBoth()
    {
        await Host.IssueAsync(1000);
        await RequestAsync(First, 300);
        var paid = await PayRequestAsync("k1");

        Assert.Equal(Eur(300), paid.Payment!.Captured);
        Assert.Equal([Inv, First], paid.Invoices.Select(i => i.Id));
        Assert.Equal((InvoiceStatus.PartiallyPaid, Eur(700)), ((await Host.InvoiceAsync()).Status, (await Host.InvoiceAsync()).Due));
        Assert.Equal(InvoiceStatus.Paid, (await Host.InvoiceAsync(First.Value)).Status);
        Assert.Equal(Rejection.InvoicePaid, RejectedAs(await PayRequestAsync("k2")));
        foreach (var id in new[] { Inv, First })
        {
            Assert.Single((await Host.Service.ListOperationsAsync(id, cancellationToken: Token)).Items);
            Assert.Contains((await Host.Service.ListFactsAsync(id, cancellationToken: Token)).Items, f => f is InvoiceEvent.Succeeded);
        }

        await Host.RefundAsync(paid.Payment.Id, "r1", Eur(100), reopen: true);
        Assert.Equal((Eur(800), Eur(100)), ((await Host.InvoiceAsync()).Due, (await Host.InvoiceAsync(First.Value)).Due));
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("BRL-10")]
    public async Task AnInstalment_NeverTakesMoreThanItsInvoiceStillAsksFor_AndReservesItWhileUnderWay()
    {
        await Host.IssueAsync(1000);
        await RequestAsync(First, 600);
        await Host.PayAsync("k1", Eur(700));
        Assert.Equal(Eur(300), (await Host.InvoiceAsync()).Payable);
        Assert.Equal(Rejection.AmountExceedsPayable, RejectedAs(await PayRequestAsync("k2", Eur(301))));

        await PayRequestAsync("k3", token: ScriptedTokens.Challenge);
        Assert.Equal((Eur(0), Eur(300)), ((await Host.InvoiceAsync()).Payable, (await Host.InvoiceAsync(First.Value)).Reserved));
        Assert.Equal(Rejection.PaymentInProgress, RejectedAs(await Host.PayAsync("k4")));
        Assert.Equal(Rejection.MoneyUnderWay, RejectedAs(await Host.Service.VoidAsync(new() { InvoiceId = First }, Token)));
        Assert.True((await Host.InvoiceAsync()).Flags.HasFlag(InvoiceFlags.ActionRequired));
    }

    [Fact]
    [Parity("BRL-10")]
    public async Task AnInstalment_IsAskedForOnce_WithinWhatIsDue_AndNotOfAClosedInvoice()
    {
        await Host.IssueAsync(1000);
        Assert.False(await RequestAsync(First, 300) is InvoiceResult.Done { IsReplay: true });
        Assert.True(await RequestAsync(First, 300) is InvoiceResult.Done { IsReplay: true });
        Assert.Equal(Rejection.InvoiceAlreadyExists, RejectedAs(await RequestAsync(First, 301)));
        Assert.Equal(Rejection.AmountExceedsPayable, RejectedAs(await RequestAsync(new("preq_2"), 1001)));
        Assert.Equal(Rejection.AmountNotPositive, RejectedAs(await RequestAsync(new("preq_2"), 0)));
        Assert.Equal(Rejection.InvoiceNotFound, RejectedAs(await RequestAsync(new("preq_2"), 1, First)));

        await Host.Service.VoidAsync(new() { InvoiceId = Inv }, Token);
        Assert.Equal(Rejection.InvoiceVoid, RejectedAs(await PayRequestAsync("k1")));
        Assert.Equal(Rejection.InvoiceVoid, RejectedAs(await RequestAsync(new("preq_2"), 1)));
    }

    private Task<InvoiceResult> IssueOrderAsync() =>
        Host.Service.IssueAsync(new() { InvoiceId = Order, Kind = PayableKind.Order, Account = Ada, Total = Eur(1000) }, Token);

    private Task<PaymentResult> PayOrderAsync(string key, Money? amount = null) =>
        Host.Service.PayAsync(new() { OrderId = Order, Key = key, Amount = amount, Gateway = Test, Token = ScriptedTokens.Visa }, Token);

    private Task<InvoiceResult> RequestAsync(InvoiceId id, long amount, InvoiceId? of = null) =>
        Host.Service.RequestPaymentAsync(new() { PaymentRequestId = id, InvoiceId = of ?? Inv, Amount = Eur(amount) }, Token);

    private Task<PaymentResult> PayRequestAsync(string key, Money? amount = null, PaymentToken? token = null) =>
        Host.Service.PayAsync(new() { PaymentRequestId = First, Key = key, Amount = amount, Gateway = Test, Token = token ?? ScriptedTokens.Visa }, Token);
}

using Microsoft.Extensions.DependencyInjection;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class VoidInMemoryTests() : VoidTests(StoreKind.InMemory);

public sealed class VoidOnSqliteTests() : VoidTests(StoreKind.Sqlite);

public sealed class VoidOnPostgreSqlTests() : VoidTests(StoreKind.PostgreSql);

public abstract class VoidTests(StoreKind store) : EveryStore(store)
{
    [Fact]
    [Parity("STX-09")]
    public async Task BeforeSettlement_TheWholeIsCalledBack_AndIsDueAgain()
    {
        await Host.IssueAsync();
        var paid = await Host.PayAsync(amount: Eur(1000));

        var undone = Assert.IsType<PaymentResult.Succeeded>(await Host.VoidAsync(paid.Payment!.Id));

        Assert.Equal((Eur(0), Eur(1250)), (undone.Invoice!.Settled, undone.Invoice.Payable));
        Assert.Equal((Eur(1000), Eur(1000)), (undone.Payment!.Captured, undone.Payment.Refunded));
        Assert.Equal(OperationKind.Void, (await Host.Service.ListOperationsAsync(Inv, cancellationToken: Token)).Items[^1].Kind);
        Assert.Equal(Rejection.PaymentNotWhole, RejectedAs(await Host.VoidAsync(paid.Payment.Id, "v2")));
        Assert.True((await Host.VoidAsync(paid.Payment.Id)).IsReplay);
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("STX-09")]
    public async Task ACaptureIsCalledBackToo()
    {
        await Host.IssueAsync();
        var taken = await Host.CaptureAsync((await Host.AuthorizeAsync()).Payment!.Id);

        Assert.Equal(Eur(1250), Assert.IsType<PaymentResult.Succeeded>(await Host.VoidAsync(taken.Payment!.Id)).Invoice!.Payable);
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("STX-09")]
    public async Task AfterSettlement_TheAnswerSaysToRefund()
    {
        await Host.IssueAsync();
        var paid = await Host.PayAsync();
        Host.Time.Advance(TimeSpan.FromHours(24));
        var calls = Host.Gateway.Calls.Count;

        var refused = Assert.IsType<PaymentResult.Rejected>(await Host.VoidAsync(paid.Payment!.Id));

        Assert.Equal((Rejection.PaymentSettled, calls), (refused.Why, Host.Gateway.Calls.Count));
        Assert.Contains("Refund it", refused.Detail, StringComparison.Ordinal);
        Assert.IsType<PaymentResult.Succeeded>(await Host.RefundAsync(paid.Payment.Id, "r1"));
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("STX-09")]
    public async Task WhereTheGatewayHasSettledEarlier_ItsWordSaysToRefund_AndNothingIsGivenBack()
    {
        await Host.IssueAsync();
        var paid = await Host.PayAsync();
        Host.Gateway.Next(ScriptedBehaviour.Answer(new GatewayOutcome.Refused(OperationError.AlreadySettled)));

        var failed = Assert.IsType<PaymentResult.Failed>(await Host.VoidAsync(paid.Payment!.Id));

        Assert.Contains("Refund it", failed.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal((InvoiceStatus.Paid, Eur(1250)), (failed.Invoice!.Status, failed.Payment!.Refundable));
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("STX-09")]
    public async Task WhatIsNoLongerWhole_OrMovedElsewhere_IsNotVoided()
    {
        await Host.IssueAsync();
        var paid = await Host.PayAsync(amount: Eur(1000));
        await Host.RefundAsync(paid.Payment!.Id, "r1", Eur(1));
        var cash = await Host.CashAsync("cash", Eur(100));

        Assert.Equal(Rejection.PaymentNotWhole, RejectedAs(await Host.VoidAsync(paid.Payment.Id)));
        Assert.Equal(Rejection.PaymentSettled, RejectedAs(await Host.VoidAsync(cash.Payment!.Id)));
        Assert.Equal(Rejection.PaymentNotFound, RejectedAs(await Host.VoidAsync(new("pay_none"))));
    }

    [Fact]
    [Parity("STX-09")]
    public async Task WhileAVoidIsUnderWay_NothingElseIsGivenBack()
    {
        await Host.IssueAsync();
        var paid = await Host.PayAsync();
        Host.Gateway.Next(ScriptedBehaviour.LoseAnswerAfter());
        Assert.IsType<PaymentResult.Processing>(await Host.VoidAsync(paid.Payment!.Id));

        Assert.Equal(Rejection.AmountExceedsRefundable, RejectedAs(await Host.RefundAsync(paid.Payment.Id, "r1", Eur(1))));
        Assert.Equal(InvoiceStatus.Paid, (await Host.InvoiceAsync()).Status);

        Host.Time.Advance(TimeSpan.FromMinutes(5));
        await Host.Service.RecoverAsync(cancellationToken: Token);
        Assert.Equal(Eur(1250), (await Host.InvoiceAsync()).Payable);
        await Host.BooksAgreeAsync();
    }

    [Fact]
    public async Task WhereTheGatewayVoidsNoMoney_OnlyAnAuthorizationIsVoided()
    {
        var host = Open(builder => builder.UseScriptedGateway(configure: o => o.Profile = o.Profile with { VoidWindow = null }));
        await host.IssueAsync();
        var paid = await host.PayAsync(amount: Eur(250));
        var blocked = await host.AuthorizeAsync(amount: Eur(1000));

        Assert.Equal(Rejection.PaymentSettled, RejectedAs(await host.VoidAsync(paid.Payment!.Id, "v1")));
        Assert.IsType<PaymentResult.Succeeded>(await host.VoidAsync(blocked.Payment!.Id, "v2"));
    }
}

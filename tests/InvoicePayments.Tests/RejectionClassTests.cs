using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class RejectionClassInMemoryTests() : RejectionClassTests(StoreKind.InMemory);

public sealed class RejectionClassOnSqliteTests() : RejectionClassTests(StoreKind.Sqlite);

public sealed class RejectionClassOnPostgreSqlTests() : RejectionClassTests(StoreKind.PostgreSql);

public abstract class RejectionClassTests(StoreKind store) : EveryStore(store)
{
    [Fact]
    [Parity("STX-14")]
    public async Task EachRejection_IsOneOf_Invalid_Unauthenticated_NotFound_Conflict_Unprocessable()
    {
        var host = OpenWith(new() { RequireCallingAccount = true });
        await host.IssueAsync();
        var pay = new PayInvoice { InvoiceId = Inv, Key = "k1", Account = Ada, Gateway = Test, Token = ScriptedTokens.Visa };

        Assert.Equal(RejectionClass.Invalid, await ClassOfAsync(pay with { Amount = Eur(0) }));
        Assert.Equal(RejectionClass.Unauthenticated, await ClassOfAsync(pay with { Account = null }));
        Assert.Equal(RejectionClass.NotFound, await ClassOfAsync(pay with { Account = Bob }));
        Assert.Equal(RejectionClass.Unprocessable, await ClassOfAsync(pay with { Amount = Eur(1251) }));
        await host.Service.PayAsync(pay with { Key = "k0", Token = ScriptedTokens.Challenge }, Token);
        Assert.Equal(RejectionClass.Conflict, await ClassOfAsync(pay));

        async Task<RejectionClass> ClassOfAsync(PayInvoice command) => RejectedAs(await host.Service.PayAsync(command, Token)).Class;
    }

    [Fact]
    [Parity("STX-14")]
    public void EveryRejectionIsListedOnce_AndEveryClassHasSome()
    {
        var declared = typeof(Rejection).GetProperties().Where(p => p.PropertyType == typeof(Rejection)).Select(p => (Rejection)p.GetValue(null)!).ToList();

        Assert.Equal(declared.Select(r => r.Code).Order(), Rejection.All.Select(r => r.Code).Order());
        Assert.Equal(Rejection.All.Count, Rejection.All.Select(r => r.Code).Distinct().Count());
        Assert.Equal(Enum.GetValues<RejectionClass>(), Rejection.All.Select(r => r.Class).Distinct().Order());
    }

    [Fact]
    public async Task WhatAMerchantSetsOff_NeedsNoCallingAccount()
    {
        var host = OpenWith(new() { RequireCallingAccount = true });
        await host.IssueAsync();

        Assert.IsType<PaymentResult.Succeeded>(await host.Service.PayAsync(
            new() { InvoiceId = Inv, Key = "k1", Gateway = Test, Token = ScriptedTokens.Visa, Initiator = PaymentInitiator.Merchant }, Token));
    }
}

using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class SeveralInvoicesInMemoryTests() : SeveralInvoicesTests(StoreKind.InMemory);

public sealed class SeveralInvoicesOnSqliteTests() : SeveralInvoicesTests(StoreKind.Sqlite);

public sealed class SeveralInvoicesOnPostgreSqlTests() : SeveralInvoicesTests(StoreKind.PostgreSql);

public abstract class SeveralInvoicesTests(StoreKind store) : EveryStore(store)
{
    private static readonly InvoiceId[] All = [new("inv_1"), new("inv_2"), new("inv_3")];

    [Fact]
    [Parity("BEY-04")]
    public async Task OldestFirst_FillsTheEarliestDueInvoices_ByOneChargeAtTheGateway()
    {
        await IssueAsync();
        var paid = await PayAsync(new PaymentSpread.OldestFirst(All), Eur(1500));

        Assert.Equal((0L, 1000, 500), await SettledAsync());
        Assert.Equal(Eur(1500), Assert.Single(Host.Gateway.Ledger.Entries).Money);
        Assert.Equal(["inv_2", "inv_3"], paid.Invoices.Select(i => i.Id.Value));
        Assert.Equal([InvoiceStatus.Paid, InvoiceStatus.PartiallyPaid], paid.Invoices.Select(i => i.Status));
        Assert.Single((await Host.Service.ListOperationsAsync(All[2], cancellationToken: Token)).Items);
    }

    [Fact]
    [Parity("BEY-04")]
    public async Task Proportionally_ToTheUnit_OrAsTold_OrEverythingDue()
    {
        await IssueAsync();
        await PayAsync(new PaymentSpread.Proportional(All), Eur(100));
        Assert.Equal((29L, 28, 43), await SettledAsync());

        await PayAsync(new PaymentSpread.AsTold(new([new(All[2], Eur(7)), new(All[0], Eur(1))])), key: "k2");
        Assert.Equal((30L, 28, 50), await SettledAsync());

        Assert.Equal(Eur(3392), (await PayAsync(new PaymentSpread.OldestFirst(All), key: "k3")).Payment!.Captured);
        Assert.Equal((1000L, 1000, 1500), await SettledAsync());
        Assert.Equal(Eur(3500), Host.Gateway.Ledger.Total(Currency.EUR));
    }

    [Fact]
    [Parity("BEY-04")]
    public async Task WhatIsDeclined_LeavesNoneHalfPaid_AndWhatIsPartlyApproved_IsSharedByAll()
    {
        await IssueAsync();
        Assert.IsType<PaymentResult.Declined>(await PayAsync(new PaymentSpread.OldestFirst(All), token: ScriptedTokens.Declined));
        Assert.Equal((0L, 0, 0), await SettledAsync());
        foreach (var id in All) Assert.Equal(Eur(0), (await Host.InvoiceAsync(id.Value)).Reserved);

        await PayAsync(new PaymentSpread.OldestFirst(All), key: "k2", token: ScriptedTokens.Partial);
        Assert.Equal((500L, 500, 750), await SettledAsync());
        Assert.Equal(Eur(1750), Host.Gateway.Ledger.Total(Currency.EUR));
    }

    [Fact]
    [Parity("BEY-04")]
    public async Task OneThatCannotBePaid_RefusesThemAll_AndWhileItIsUnderWayAllAreReserved()
    {
        await IssueAsync();
        await Host.IssueAsync(5, "paid");
        await Host.PayAsync("k0", id: "paid");
        var calls = Host.Gateway.Calls.Count;

        Assert.Equal(Rejection.InvoicePaid, RejectedAs(await PayAsync(new PaymentSpread.OldestFirst([.. All, new("paid")]))));
        Assert.Equal(Rejection.InvoiceNotFound, RejectedAs(await PayAsync(new PaymentSpread.OldestFirst([.. All, new("none")]))));
        Assert.Equal(Rejection.PayableAmbiguous, RejectedAs(await PayAsync(new PaymentSpread.OldestFirst(All[0], All[0]))));
        Assert.Equal(Rejection.AmountExceedsPayable, RejectedAs(await PayAsync(new PaymentSpread.Proportional(All), Eur(3501))));
        Assert.Equal(Rejection.AmountExceedsPayable, RejectedAs(await PayAsync(new PaymentSpread.AsTold(new([new(All[0], Eur(1001)), new(All[1], Eur(1))])))));
        Assert.Equal(Rejection.AllocationInvalid, RejectedAs(await PayAsync(new PaymentSpread.AsTold(PaymentAllocation.To(All[0], Eur(10))), Eur(11))));
        Assert.Equal(calls, Host.Gateway.Calls.Count);

        await PayAsync(new PaymentSpread.OldestFirst(All), key: "k2", token: ScriptedTokens.Challenge);
        foreach (var id in All) Assert.Equal(Rejection.PaymentInProgress, RejectedAs(await Host.PayAsync("k3", id: id.Value)));
    }

    [Fact]
    [Parity("BEY-04")]
    public async Task OnlyTheInvoicesOfOneAccountAndOneCurrency_AreNamedTogether()
    {
        await IssueAsync();
        await Host.Service.IssueAsync(new() { InvoiceId = new("bobs"), Account = Bob, Total = Eur(1) }, Token);
        await Host.Service.IssueAsync(new() { InvoiceId = new("usd"), Account = Ada, Total = Money.Parse("USD 1.00", null) }, Token);
        var pay = new PayInvoice { Key = "k1", Gateway = Test, Token = ScriptedTokens.Visa, Several = new PaymentSpread.OldestFirst(All[0], new("bobs")) };

        Assert.Equal(Rejection.AccountsDiffer, RejectedAs(await Host.Service.PayAsync(pay, Token)));
        Assert.Equal(Rejection.InvoiceNotFound, RejectedAs(await Host.Service.PayAsync(pay with { Account = Ada }, Token)));
        Assert.Equal(Rejection.CurrencyMismatch, RejectedAs(await PayAsync(new PaymentSpread.OldestFirst(All[0], new("usd")))));
        Assert.Equal(Rejection.TooManyInvoices, RejectedAs(await PayAsync(
            new PaymentSpread.OldestFirst([.. Enumerable.Range(0, 101).Select(i => new InvoiceId($"i{i}"))]))));
        Assert.Empty(Host.Gateway.Calls);
    }

    [Fact]
    [Parity("BEY-04")]
    public async Task ACheque_PaysSeveralToo_AndARefundTakesFromEachWhatItHas_ToTheUnit()
    {
        await IssueAsync();
        var cheque = await Host.Service.RecordOfflinePaymentAsync(
            new() { Several = new PaymentSpread.OldestFirst(All), Key = "c1", Method = OfflineMethod.Check, Amount = Eur(1333) }, Token);
        Assert.Equal((0L, 1000, 333), await SettledAsync());

        var payment = cheque.Payment!.Id;
        await Host.RefundAsync(payment, "r1", Eur(100), reopen: true);
        Assert.Equal((0L, 925, 308), await SettledAsync());
        await Host.RefundAsync(payment, "r2", reopen: true);
        Assert.Equal((0L, 0, 0), await SettledAsync());
        Assert.Equal(Rejection.AmountExceedsRefundable, RejectedAs(await Host.RefundAsync(payment, "r3", Eur(1))));
    }

    [Fact]
    [Parity("BEY-04")]
    public async Task TheSameKey_AnswersTheSamePayment_AndTheSpreadIsPartOfWhatItMeans()
    {
        await IssueAsync();
        await PayAsync(new PaymentSpread.OldestFirst(All), Eur(1500));
        Assert.True((await PayAsync(new PaymentSpread.OldestFirst(All), Eur(1500))).IsReplay);
        Assert.Equal(Rejection.IdempotencyKeyReused, RejectedAs(await PayAsync(new PaymentSpread.Proportional(All), Eur(1500))));
        Assert.Equal(Rejection.IdempotencyKeyReused, RejectedAs(await PayAsync(new PaymentSpread.OldestFirst(All[1..]), Eur(1500))));
        Assert.Single(Host.Gateway.Ledger.Entries);
    }

    private async Task IssueAsync()
    {
        var due = Host.Time.GetUtcNow();
        await Host.IssueAsync(1000);
        await Host.Service.IssueAsync(new() { InvoiceId = All[1], Account = Ada, Total = Eur(1000), DueAt = due.AddDays(1) }, Token);
        await Host.Service.IssueAsync(new() { InvoiceId = All[2], Account = Ada, Total = Eur(1500), DueAt = due.AddDays(2) }, Token);
    }

    private Task<PaymentResult> PayAsync(PaymentSpread spread, Money? amount = null, string key = "k1", PaymentToken? token = null) =>
        Host.Service.PayAsync(new() { Several = spread, Key = key, Amount = amount, Gateway = Test, Token = token ?? ScriptedTokens.Visa }, Token);

    private async Task<(long First, long Second, long Third)> SettledAsync() => (
        (await Host.InvoiceAsync("inv_1")).Sums.Settled, (await Host.InvoiceAsync("inv_2")).Sums.Settled, (await Host.InvoiceAsync("inv_3")).Sums.Settled);
}

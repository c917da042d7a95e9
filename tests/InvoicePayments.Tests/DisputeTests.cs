using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class DisputeInMemoryTests() : DisputeTests(StoreKind.InMemory);

public sealed class DisputeOnSqliteTests() : DisputeTests(StoreKind.Sqlite);

public sealed class DisputeOnPostgreSqlTests() : DisputeTests(StoreKind.PostgreSql);

public abstract class DisputeTests(StoreKind store) : EveryStore(store)
{
    [Fact]
    [Parity("BEY-09")]
    public async Task AnOpenDispute_HoldsTheMoney_SoThatNoEuroOfItIsRefunded()
    {
        var paid = await PaidAsync();
        Host.Gateway.OpenDispute(IdOf(paid), Eur(1000), within: TimeSpan.FromDays(5));
        var told = await HearNoticesAsync();

        Assert.IsType<PaymentResult.Processing>(told);
        Assert.Equal((OperationKind.Dispute, Host.Time.GetUtcNow().AddDays(5)), (told.Operation!.Kind, told.Operation.ActionDeadline!.Value));
        Assert.Equal((InvoiceStatus.Paid, InvoiceFlags.Disputed), await StandAsync());
        Assert.Equal(Rejection.AmountExceedsRefundable, RejectedAs(await Host.RefundAsync(paid.Payment!.Id, "r1", Eur(251))));
        Assert.IsType<PaymentResult.Succeeded>(await Host.RefundAsync(paid.Payment.Id, "r2", reopen: true));
        Assert.Equal((Eur(0), Eur(1000), Eur(0)), await PaymentAsync(paid.Payment.Id));
        await ProvenAsync("cash:test=0 disputed:test=1000 receivable=250 sales=-1250");
    }

    [Fact]
    [Parity("BEY-09")]
    public async Task AWonDispute_GivesTheMoneyBack_AndItCanBeRefundedAgain()
    {
        var paid = await PaidAsync();
        var opened = Host.Gateway.OpenDispute(IdOf(paid));
        await HearNoticesAsync();
        Host.Gateway.WinDispute(opened.Dispute);
        var told = await HearNoticesAsync();

        Assert.Equal("dispute_won", told.ErrorCode);
        Assert.Equal((InvoiceStatus.Paid, InvoiceFlags.None), await StandAsync());
        await ProvenAsync("cash:test=1250 disputed:test=0 receivable=0 sales=-1250");
        Assert.IsType<PaymentResult.Succeeded>(await Host.RefundAsync(paid.Payment!.Id, "r1", Eur(1250)));
    }

    [Theory]
    [Parity("BEY-09")]
    [InlineData(1250, InvoiceStatus.Open)]
    [InlineData(250, InvoiceStatus.PartiallyPaid)]
    public async Task ALostDispute_TakesTheMoney_AllOrAPartOfIt_AndTheInvoiceOpensAgain_AndIsPaidAgain(long taken, InvoiceStatus status)
    {
        var paid = await PaidAsync();
        var opened = Host.Gateway.OpenDispute(IdOf(paid));
        await HearNoticesAsync();
        Host.Gateway.LoseDispute(opened.Dispute, Eur(taken));
        var told = await HearNoticesAsync();

        Assert.Equal(Eur(taken), Assert.IsType<PaymentResult.Succeeded>(told).Operation!.Moved);
        Assert.Equal((status, InvoiceFlags.None), await StandAsync());
        Assert.Equal(Eur(taken), (await Host.InvoiceAsync()).Payable);
        Assert.Equal(Rejection.AmountExceedsRefundable, RejectedAs(await Host.RefundAsync(paid.Payment!.Id, "r1", Eur(1250 - taken + 1))));
        await ProvenAsync($"cash:test={1250 - taken} chargebacks=0 disputed:test=0 receivable={taken} sales=-1250");

        Assert.Equal(Eur(taken), (await Host.PayAsync("k2")).Payment!.Captured);
        Assert.Equal(InvoiceStatus.Paid, (await Host.InvoiceAsync()).Status);
        await Host.BooksAgreeAsync();
        Assert.Equal(
            [OperationKind.Charge, OperationKind.Dispute, OperationKind.Charge],
            (await Host.Service.ListOperationsAsync(Inv, cancellationToken: Token)).Items.Select(o => o.Kind));
    }

    [Fact]
    [Parity("BEY-09")]
    public async Task ARefundUnderWayWhenTheDisputeIsLost_DoesNotMakeTheSameEuroDueTwice()
    {
        var paid = await PaidAsync();
        Host.Gateway.Next(ScriptedBehaviour.Process());
        var refund = await Host.RefundAsync(paid.Payment!.Id, "r1", Eur(1250), reopen: true);
        await HearAsync(IdOf(paid), new GatewayNotice.DisputeLost(new("dp_1"), Eur(1250)));
        Host.Gateway.Settle(refund.Operation!.Reference);
        await Host.Service.ResumeAsync(new() { Operation = refund.Operation.Id }, Token);

        var invoice = await Host.InvoiceAsync();
        Assert.Equal((Eur(1250), Eur(1250)), (invoice.Due, invoice.Refunded));
        Assert.Equal(-1250, invoice.Sums.Net);
        await ProvenAsync("cash:test=-1250 chargebacks=1250 receivable=1250 sales=-1250");
    }

    [Fact]
    [Parity("BEY-09", "BEY-10")]
    public async Task NewsOfAPaymentThatIsNotKnownYet_IsKept_AndCountsOnceItIs()
    {
        await Host.IssueAsync();
        var started = await Host.PayAsync(token: ScriptedTokens.LostAfter);
        var charge = Assert.Single(Host.Gateway.Ledger.Entries).GatewayPaymentId;
        Assert.Equal(Rejection.PaymentNotFound, RejectedAs(await HearAsync(charge, new GatewayNotice.DisputeOpened(new("dp_1"), Eur(250)))));
        Assert.Equal(Rejection.PaymentNotFound, RejectedAs(await HearAsync(charge, new GatewayNotice.DisputeLost(new("dp_2"), Eur(100)))));
        Assert.Equal((InvoiceStatus.Open, InvoiceFlags.Unknown), await StandAsync());

        await Host.Service.ResumeAsync(new() { Operation = started.Operation!.Id }, Token);

        Assert.Equal((InvoiceStatus.PartiallyPaid, InvoiceFlags.Disputed), await StandAsync());
        Assert.Equal(Eur(100), (await Host.InvoiceAsync()).Due);
        Assert.Equal((Eur(900), Eur(250), Eur(100)), await PaymentAsync(started.Payment!.Id));

        // Another gateway, or another tenant, may use the same ids for something else.
        Assert.Equal(Rejection.PaymentNotFound, RejectedAs(await Host.Service.RecordDisputeAsync(
            new() { Tenant = new("other"), Gateway = Test, GatewayPaymentId = charge, Notice = new GatewayNotice.DisputeLost(new("dp_3"), Eur(9)) }, Token)));
        Assert.Equal(Rejection.PaymentNotFound, RejectedAs(await Host.Service.RecordDisputeAsync(
            new() { Gateway = new("other"), GatewayPaymentId = charge, Notice = new GatewayNotice.DisputeLost(new("dp_3"), Eur(9)) }, Token)));
        Assert.Equal(Eur(100), (await Host.InvoiceAsync()).Due);
    }

    [Fact]
    [Parity("BEY-09")]
    public async Task NewsOfADispute_LateTwiceAndBackwards_EndsInTheSameState()
    {
        var paid = await PaidAsync();
        GatewayNotice opened = new GatewayNotice.DisputeOpened(new("dp_1"), Eur(500)), lost = new GatewayNotice.DisputeLost(new("dp_1"), Eur(400));
        foreach (var notice in (GatewayNotice[])[lost, opened, lost, new GatewayNotice.DisputeWon(new("dp_1"), Eur(500)), opened]) await HearAsync(IdOf(paid), notice);

        Assert.True((await HearAsync(IdOf(paid), lost)).IsReplay);
        Assert.Equal((InvoiceStatus.PartiallyPaid, InvoiceFlags.None), await StandAsync());
        Assert.Equal((Eur(850), Eur(0), Eur(400)), await PaymentAsync(paid.Payment!.Id));
        await ProvenAsync("cash:test=850 chargebacks=0 receivable=400 sales=-1250");
    }

    [Fact]
    [Parity("BEY-09")]
    public async Task ASecondSuccessOfADisputedPayment_IsAPaymentOfItsOwn_WithoutTheDispute()
    {
        var paid = await PaidAsync();
        Host.Gateway.OpenDispute(IdOf(paid), Eur(1000));
        await HearNoticesAsync();
        var second = await Host.HearAsync(paid.Operation!.Id, Host.Gateway.MoveAgain(paid.Operation.Reference));

        Assert.Equal((1, Eur(1000)), (second.Payment!.Disputes.Count, second.Payment.Disputed));
        var late = (await Host.Service.ListOperationsAsync(Inv, cancellationToken: Token)).Items.Single(o => o.EvidenceOf is not null);
        var payment = (await Host.Service.GetPaymentAsync(late.Payment, cancellationToken: Token))!;
        Assert.Empty(payment.Disputes);
        Assert.Equal((Eur(1250), Eur(1250)), (payment.Captured, payment.Refundable));
    }

    [Fact]
    [Parity("BEY-10")]
    public async Task ADirectDebitThatIsReturnedAfterSuccess_OpensTheInvoiceAgain_Once()
    {
        var paid = await PaidAsync();
        var returned = Host.Gateway.ReturnDebit(IdOf(paid), "MD06");
        var told = await HearNoticesAsync();
        Assert.True((await HearAsync(IdOf(paid), returned)).IsReplay);

        Assert.Equal((OperationKind.Return, "MD06"), (told.Operation!.Kind, told.Operation.Error!.Code));
        Assert.Equal((InvoiceStatus.Open, InvoiceFlags.None), await StandAsync());
        Assert.Equal((Eur(0), Eur(0), Eur(1250)), await PaymentAsync(paid.Payment!.Id));
        Assert.Equal(Rejection.AmountExceedsRefundable, RejectedAs(await Host.RefundAsync(paid.Payment.Id, "r1")));
        await ProvenAsync("cash:test=0 chargebacks=0 receivable=1250 sales=-1250");
        await Host.BooksAgreeAsync();
        Assert.IsType<PaymentResult.Succeeded>(await Host.PayAsync("k2"));
    }

    [Fact]
    [Parity("BEY-10")]
    public async Task AReturnThatIsToldBeforeTheDebitSucceeded_CountsAllTheSame()
    {
        await Host.IssueAsync();
        var started = await Host.PayAsync(token: ScriptedTokens.Processing);
        await HearAsync(started.Operation!.GatewayPaymentId!.Value, new GatewayNotice.DebitReturned(Eur(1250), "R01"));
        await Host.HearAsync(started.Operation.Id, Host.Gateway.Settle(started.Operation.Reference));

        Assert.Equal((InvoiceStatus.Open, InvoiceFlags.None), await StandAsync());
        await ProvenAsync("cash:test=0 chargebacks=0 receivable=1250 sales=-1250");
    }

    private async Task<PaymentResult> PaidAsync()
    {
        await Host.IssueAsync();
        return await Host.PayAsync();
    }

    private static GatewayPaymentId IdOf(PaymentResult paid) => paid.Payment!.GatewayPaymentId!.Value;

    private Task<PaymentResult> HearAsync(GatewayPaymentId payment, GatewayNotice notice) =>
        Host.Service.RecordDisputeAsync(new() { Gateway = Test, GatewayPaymentId = payment, Notice = notice }, Token);

    private async Task<PaymentResult> HearNoticesAsync()
    {
        var news = Assert.Single(Host.Gateway.DrainNotices());
        return await HearAsync(news.Payment, news.Notice);
    }

    private async Task<(InvoiceStatus, InvoiceFlags)> StandAsync() => await Host.InvoiceAsync() is var invoice ? (invoice.Status, invoice.Flags) : default;

    private async Task<(Money Refundable, Money Disputed, Money Taken)> PaymentAsync(PaymentId id)
    {
        var payment = (await Host.Service.GetPaymentAsync(id, cancellationToken: Token))!;
        return (payment.Refundable, payment.Disputed, payment.Taken);
    }

    private async Task ProvenAsync(string balances)
    {
        var journal = await Host.Service.GetJournalAsync(Inv, cancellationToken: Token);
        Assert.Equal(balances, string.Join(' ', journal.Balances.Select(b => $"{b.Key}={b.Value.MinorUnits}").Order(StringComparer.Ordinal)));
        Assert.Null(journal.Problem(await Host.InvoiceAsync()));
        Assert.IsType<FactVerification.Intact>(await Host.Service.VerifyFactsAsync(Inv, cancellationToken: Token));
    }
}

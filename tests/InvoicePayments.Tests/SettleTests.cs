using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class SettleInMemoryTests() : SettleTests(StoreKind.InMemory);

public sealed class SettleOnSqliteTests() : SettleTests(StoreKind.Sqlite);

public sealed class SettleOnPostgreSqlTests() : SettleTests(StoreKind.PostgreSql);

public abstract class SettleTests(StoreKind store) : EveryStore(store)
{
    [Fact]
    [Parity("BEY-17")]
    public async Task ThatItHappened_IsRecordedAsTheGatewaysAnswerWouldBe_WithWhoAndWhy()
    {
        var unclear = await UnclearAsync();

        var settled = await SettleAsync(unclear, new Settlement.Happened(new("ch_7"), Eur(1250)));

        Assert.IsType<PaymentResult.Succeeded>(settled);
        Assert.Equal((InvoiceStatus.Paid, Eur(1250), Eur(0)), (settled.Invoice!.Status, settled.Invoice.Settled, settled.Invoice.Reserved));
        Assert.Equal(("grace", new GatewayPaymentId("ch_7")), (settled.Operation!.SettledBy, settled.Payment!.GatewayPaymentId!.Value));
        var facts = await FactsAsync();
        Assert.Equal((true, "grace", "Seen in the dashboard."), Said(Assert.Single(facts.OfType<InvoiceEvent.SettledByHand>())));
        Assert.Equal(Eur(1250), Assert.Single(facts.OfType<InvoiceEvent.Succeeded>()).Moved);
        Assert.True((await SettleAsync(unclear, new Settlement.Happened(new("ch_7"), Eur(1250)))).IsReplay);
        Assert.Equal(facts.Count, (await FactsAsync()).Count);
    }

    [Fact]
    [Parity("BEY-17")]
    public async Task ThatItDidNotHappen_FreesTheReservation_AndMoneyThatComesAllTheSameIsRecorded()
    {
        var unclear = await UnclearAsync();

        var settled = Assert.IsType<PaymentResult.Failed>(await SettleAsync(unclear, new Settlement.DidNotHappen()));
        Assert.Equal(("settled_by_hand", Eur(1250)), (settled.ErrorCode, settled.Invoice!.Payable));
        Assert.False(Assert.Single((await FactsAsync()).OfType<InvoiceEvent.SettledByHand>()).Happened);
        Assert.IsType<PaymentResult.Succeeded>(await Host.PayAsync("k2"));

        var late = await Host.HearAsync(unclear, new GatewayOutcome.Succeeded(new("ch_late"), Eur(1250)));
        Assert.Equal(Eur(1250), late.Invoice!.Overpaid);
        Assert.Equal(Rejection.OperationNotSettleable, RejectedAs(await SettleAsync(unclear, new Settlement.Happened(new("ch_7"), Eur(1250)))));
    }

    [Fact]
    [Parity("BEY-17")]
    public async Task OnlyWhatIsUnknownOrNeedsAttention_IsSettled()
    {
        await Host.IssueAsync(1250);
        var paid = await Host.PayAsync("k1", Eur(100));
        var challenged = await Host.PayAsync("k2", Eur(100), ScriptedTokens.Challenge);
        var processing = await Host.PayAsync("k3", Eur(100), ScriptedTokens.Processing);
        var lost = await Host.PayAsync("k4", Eur(100), ScriptedTokens.LostBefore);
        var different = await Host.PayAsync("k5", Eur(100), ScriptedTokens.WrongAmount);

        foreach (var other in new[] { paid, challenged, processing })
            Assert.Equal(Rejection.OperationNotSettleable, RejectedAs(await SettleAsync(other.Operation!.Id, new Settlement.DidNotHappen())));
        foreach (var open in new[] { lost, different })
            Assert.IsType<PaymentResult.Failed>(await SettleAsync(open.Operation!.Id, new Settlement.DidNotHappen()));
        Assert.Equal(Rejection.OperationNotFound, RejectedAs(await SettleAsync(new(new string('x', 26)), new Settlement.DidNotHappen())));
    }

    [Theory]
    [InlineData(1249, "PartiallyPaid", 1249, 0)]
    [InlineData(1251, "Paid", 1251, 1)]
    public async Task AnotherAmountThanAsked_IsRecordedAsItMoved(long moved, string status, long settled, long overpaid)
    {
        var unclear = await UnclearAsync();

        await SettleAsync(unclear, new Settlement.Happened(new("ch_7"), Eur(moved)));

        var invoice = await Host.InvoiceAsync();
        Assert.Equal((status, Eur(settled), Eur(overpaid), Eur(0)), (invoice.Status.ToString(), invoice.Settled, invoice.Overpaid, invoice.Reserved));
    }

    [Fact]
    public async Task WhatCannotBe_IsRejected_AndNothingChanges()
    {
        var unclear = await UnclearAsync();
        var facts = (await FactsAsync()).Count;
        var settle = new SettleOperation { Operation = unclear, Settlement = new Settlement.DidNotHappen(), By = "grace", Why = "Seen." };

        Assert.Equal(Rejection.TextInvalid, RejectedAs(await Host.Service.SettleAsync(settle with { By = " " }, Token)));
        Assert.Equal(Rejection.TextInvalid, RejectedAs(await Host.Service.SettleAsync(settle with { Why = "" }, Token)));
        Assert.Equal(Rejection.AmountNotPositive, RejectedAs(await SettleAsync(unclear, new Settlement.Happened(new("ch_7"), Eur(0)))));
        Assert.Equal(Rejection.CurrencyMismatch, RejectedAs(await SettleAsync(unclear, new Settlement.Happened(new("ch_7"), Money.Parse("USD 12.50", null)))));
        Assert.Equal(facts, (await FactsAsync()).Count);
    }

    [Fact]
    public async Task WhileTheGatewayIsBeingAsked_NobodySettles()
    {
        var unclear = await UnclearAsync();
        PaymentResult? meanwhile = null;
        Host.Gateway.Intercept = async point =>
        {
            if (point == "resolve:before") meanwhile = await SettleAsync(unclear, new Settlement.DidNotHappen());
        };
        await Host.Service.ResumeAsync(new() { Operation = unclear }, Token);

        Assert.Equal(Rejection.OperationBusy, RejectedAs(meanwhile!));
    }

    [Fact]
    public async Task ARefundThatNobodyCouldAnswer_IsSettledToo_ButNeverForMoreThanWasAsked()
    {
        await Host.IssueAsync(1250);
        var payment = (await Host.PayAsync()).Payment!.Id;
        Host.Gateway.Next(ScriptedBehaviour.LoseAnswerBefore());
        var refund = (await Host.RefundAsync(payment, "r1", Eur(250))).Operation!.Id;

        Assert.Equal(Rejection.AmountExceedsRefundable, RejectedAs(await SettleAsync(refund, new Settlement.Happened(new("re_1"), Eur(251)))));
        Assert.Equal(Eur(250), (await SettleAsync(refund, new Settlement.Happened(new("re_1"), Eur(250)))).Payment!.Refunded);
    }

    private async Task<OperationId> UnclearAsync()
    {
        await Host.IssueAsync(1250);
        var lost = await Host.PayAsync(token: ScriptedTokens.LostBefore);
        Assert.Equal(OperationStatus.Unknown, lost.Operation!.Status);
        return lost.Operation.Id;
    }

    private Task<PaymentResult> SettleAsync(OperationId operation, Settlement settlement) => Host.Service.SettleAsync(
        new() { Operation = operation, Settlement = settlement, By = "grace", Why = "Seen in the dashboard." }, Token);

    private async Task<IReadOnlyList<InvoiceEvent>> FactsAsync() => (await Host.Service.ListFactsAsync(Inv, cancellationToken: Token)).Items;

    private static (bool, string, string) Said(InvoiceEvent.SettledByHand fact) => (fact.Happened, fact.By, fact.Why);
}

using Microsoft.Extensions.DependencyInjection;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class LossInMemoryTests() : LossTests(StoreKind.InMemory);

public sealed class LossOnSqliteTests() : LossTests(StoreKind.Sqlite);

public sealed class LossOnPostgreSqlTests() : LossTests(StoreKind.PostgreSql);

/// <summary>What money that is taken back does beside the invoice: to recipients, to credit, to dunning.</summary>
public abstract class LossTests(StoreKind store) : EveryStore(store)
{
    private static readonly RecipientId Shop = new("rec_shop");
    private static readonly RecipientId Maker = new("rec_maker");

    [Fact]
    [Parity("BEY-09", "STX-13")]
    public async Task ALostDisputeOfASplitPayment_IsBorneByWhatEachRecipientStillHas_AndAllOfItIsReturnedOnce()
    {
        var host = OpenSplitting();
        await host.IssueAsync(1_000);
        var paid = await SplitAsync(host, 600, 400);
        await host.RefundAsync(paid.Payment!.Id, "r1", Eur(100));
        var lost = await LoseAsync(host, paid, 450);

        Assert.Equal([(600L, 60L, 270L), (400, 40, 180)], Bears(lost.Payment!));
        Assert.Equal(Rejection.AmountExceedsRefundable, RejectedAs(await host.RefundAsync(paid.Payment.Id, "r2", Eur(451))));
        var rest = await host.RefundAsync(paid.Payment.Id, "r3", Eur(450));
        Assert.Equal([(600L, 330L, 270L), (400, 220, 180)], Bears(rest.Payment!));
    }

    [Fact]
    [Parity("BEY-09", "STX-13")]
    public async Task WhatIsTakenBeyondWhatTheRecipientsHave_IsTheMerchantsOwnLoss()
    {
        var host = OpenSplitting();
        await host.IssueAsync(1_000);
        var paid = await SplitAsync(host, 600, 400);
        await host.RefundAsync(paid.Payment!.Id, "r1", Eur(900));

        Assert.Equal([(600L, 540L, 60L), (400, 360, 40)], Bears((await LoseAsync(host, paid, 1_000)).Payment!));
    }

    [Fact]
    [Parity("STX-13")]
    public async Task ASecondMovementOfARefund_IsSplitByWhatIsLeft_AndTakesNothingTwiceOfOneRecipient()
    {
        var host = OpenSplitting();
        await host.IssueAsync(2);
        var paid = await SplitAsync(host, 1, 1);
        var refund = await host.RefundAsync(paid.Payment!.Id, "r1", Eur(1));

        var again = await host.HearAsync(refund.Operation!.Id, new GatewayOutcome.Succeeded(new("re_again"), Eur(1)));

        Assert.Equal([(1L, 1L, 0L), (1, 1, 0)], Bears(again.Payment!));
    }

    [Fact]
    [Parity("BEY-09", "BRL-11")]
    public async Task ALostDisputeOfACreditGrant_TakesItsCreditBack_AndWhatWasSpentIsMissing()
    {
        await Host.Service.IssueAsync(new() { InvoiceId = new("cg_1"), Kind = PayableKind.CreditGrant, Account = Ada, Total = Eur(1_000) }, Token);
        var granted = await Host.Service.PayAsync(new() { CreditGrantId = new("cg_1"), Key = "g1", Gateway = Test, Token = ScriptedTokens.Visa }, Token);
        await Host.IssueAsync(400);
        await Host.Service.PayAsync(new() { InvoiceId = Inv, Key = "k1", ApplyBalance = true }, Token);

        await LoseAsync(Host, granted, 1_000);

        var credit = await Host.Service.GetCreditAsync(Ada, Currency.EUR, cancellationToken: Token);
        Assert.Equal((Eur(0), 400L), (credit.Available, credit.Missing));
        Assert.Equal(Eur(1_000), (await Host.InvoiceAsync("cg_1")).Payable);
        Assert.IsType<FactVerification.Intact>(await Host.Service.VerifyCreditFactsAsync(new(Ada, Currency.EUR), cancellationToken: Token));

        // Paid again it is credit again, once.
        await Host.Service.PayAsync(new() { CreditGrantId = new("cg_1"), Key = "g2", Gateway = Test, Token = ScriptedTokens.Visa }, Token);
        Assert.Equal(Eur(1_000), (await Host.Service.GetCreditAsync(Ada, Currency.EUR, cancellationToken: Token)).Available);
    }

    [Fact]
    [Parity("BEY-09", "BEY-15")]
    public async Task AfterALostDispute_NoRunChargesThePayerAgain_BeforeAnOperatorSaysSo()
    {
        var paid = await CollectedAsync();
        await LoseAsync(Host, paid, 1_250);

        Assert.Equal(DunningState.Stopped, (await Host.InvoiceAsync()).Dunning.State);
        Assert.Empty(await CollectAsync());
        Assert.Contains((await Host.Service.ListFactsAsync(Inv, cancellationToken: Token)).Items, f => f is InvoiceEvent.DunningStopped { Reason: "A dispute of its payment was lost." });

        await Host.Service.ResumeDunningAsync(new() { InvoiceId = Inv }, Token);
        Assert.IsType<PaymentResult.Succeeded>(Assert.Single(await CollectAsync()).Result);
        Assert.Equal(InvoiceStatus.Paid, (await Host.InvoiceAsync()).Status);
    }

    [Fact]
    [Parity("BEY-10", "BEY-15")]
    public async Task AReturnedDebit_CountsAsAChargeInVain_AndTheSameRunTriesAgainWhenItsTimeHasCome()
    {
        var paid = await CollectedAsync();
        await Host.Service.RecordDisputeAsync(
            new() { Gateway = Test, GatewayPaymentId = paid.Operation!.GatewayPaymentId!.Value, Notice = new GatewayNotice.DebitReturned(Eur(1_250), "R01") }, Token);

        var dunning = (await Host.InvoiceAsync()).Dunning;
        Assert.Equal((DunningState.InProgress, 1, Host.Time.GetUtcNow().AddDays(1)), (dunning.State, dunning.Tries, dunning.NextAt!.Value));
        Assert.Empty(await CollectAsync());
        Host.Time.Advance(TimeSpan.FromDays(1));
        Assert.IsType<PaymentResult.Succeeded>(Assert.Single(await CollectAsync()).Result);
        Assert.Equal((InvoiceStatus.Paid, DunningState.None), ((await Host.InvoiceAsync()).Status, (await Host.InvoiceAsync()).Dunning.State));
    }

    [Fact]
    [Parity("BEY-17")]
    public async Task OnceAPersonSaysWhatTheGatewayCallsIt_WhatWasToldOfItBeforeCountsAtOnce()
    {
        await Host.IssueAsync();
        var lost = await UnclearAsync(ScriptedTokens.LostBefore);
        await Host.Service.RecordDisputeAsync(new() { Gateway = Test, GatewayPaymentId = new("ch_hand"), Notice = new GatewayNotice.DisputeOpened(new("dp_1"), Eur(1_250)) }, Token);

        await Host.Service.SettleAsync(new() { Operation = lost, Settlement = new Settlement.Happened(new("ch_hand"), Eur(1_250)), By = "grace", Why = "Seen." }, Token);

        Assert.Equal(InvoiceFlags.Disputed, (await Host.InvoiceAsync()).Flags);
        Assert.Empty(await Host.Get<IInvoicePaymentQueries>().ListParkedAsync(TenantId.Default, 10, Token));
    }

    [Fact]
    [Parity("BEY-17", "BEY-01")]
    public async Task AnAuthorizationThatAPersonHasSeen_Stands_AndCanBeCaptured()
    {
        await Host.IssueAsync();
        var lost = await UnclearAsync(ScriptedTokens.LostAfter, later: true);
        var seen = new SettleOperation { Operation = lost, Settlement = new Settlement.Happened(new($"au_{lost}"), Eur(1_250)), By = "grace", Why = "Seen." };

        Assert.Equal(Rejection.AmountExceedsPayable, RejectedAs(await Host.Service.SettleAsync(seen with { Settlement = new Settlement.Happened(new("au_1"), Eur(1_251)) }, Token)));
        var settled = Assert.IsType<PaymentResult.Authorized>(await Host.Service.SettleAsync(seen, Token));
        Assert.Equal((Eur(1_250), "grace"), (settled.Operation!.Capturable, settled.Operation.SettledBy));
        Assert.True((await Host.Service.SettleAsync(seen, Token)).IsReplay);

        Assert.IsType<PaymentResult.Succeeded>(await Host.CaptureAsync(settled.Payment!.Id));
        Assert.Equal(InvoiceStatus.Paid, (await Host.InvoiceAsync()).Status);
        await Host.BooksAgreeAsync();
    }

    private async Task<OperationId> UnclearAsync(PaymentToken token, bool later = false)
    {
        var lost = later ? await Host.AuthorizeAsync(token: token) : await Host.PayAsync(token: token);
        Host.Time.Advance(TimeSpan.FromMinutes(5));
        Host.Gateway.NextResolution(new GatewayResolution.NeedsPerson(new("unclear", "Nobody can say.")));
        await Host.Service.RecoverAsync(cancellationToken: Token);
        return lost.Operation!.Id;
    }

    private async Task<PaymentResult> CollectedAsync()
    {
        await Host.SaveMethodAsync("pm_1", isDefault: true);
        await Host.Service.IssueAsync(new() { InvoiceId = Inv, Account = Ada, Total = Eur(1_250), DueAt = Host.Time.GetUtcNow() }, Token);
        return Assert.Single(await CollectAsync()).Result;
    }

    private Task<List<CollectionItem>> CollectAsync() => Host.Service.CollectAsync(new() { Id = new("daily") }, null, Token).ToListAsync(Token).AsTask();

    private static Task<PaymentResult> LoseAsync(PaymentHost host, PaymentResult paid, long amount) => host.Service.RecordDisputeAsync(
        new() { Gateway = Test, GatewayPaymentId = paid.Operation!.GatewayPaymentId!.Value, Notice = new GatewayNotice.DisputeLost(new("dp_1"), Eur(amount)) }, Token);

    private static Task<PaymentResult> SplitAsync(PaymentHost host, long shop, long maker) => host.Service.PayAsync(
        new()
        {
            InvoiceId = Inv, Key = "k1", Gateway = Test, Token = ScriptedTokens.Visa,
            Funding = new FundingRequest.Amounts(new FundingPart(Shop, Eur(shop)), new FundingPart(Maker, Eur(maker))),
        },
        Token);

    private static IEnumerable<(long Captured, long Refunded, long Taken)> Bears(Payment payment) => payment.Funding.Select(s => (s.Captured, s.Refunded, s.Taken));

    private PaymentHost OpenSplitting() => Open(builder =>
        builder.UseScriptedGateway(configure: o => o.Profile = o.Profile with { EnrolledForSplitFunding = [TenantId.Default] }));
}

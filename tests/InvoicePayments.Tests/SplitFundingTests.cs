using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class SplitFundingInMemoryTests() : SplitFundingTests(StoreKind.InMemory);

public sealed class SplitFundingOnSqliteTests() : SplitFundingTests(StoreKind.Sqlite);

public sealed class SplitFundingOnPostgreSqlTests() : SplitFundingTests(StoreKind.PostgreSql);

public abstract class SplitFundingTests(StoreKind store) : EveryStore(store)
{
    private static readonly RecipientId Shop = new("rec_shop");
    private static readonly RecipientId Maker = new("rec_maker");
    private static readonly RecipientId Carrier = new("rec_carrier");

    public static TheoryData<FundingRequest> Unfit =>
    [
        new FundingRequest.Amounts(),
        Amounts((Shop, 700), (Maker, 299)),
        Amounts((Shop, 700), (Maker, 301)),
        Amounts((Shop, 1_000), (Maker, 0)),
        Amounts((Shop, 1_100), (Maker, -100)),
        Amounts((Shop, 500), (Shop, 500)),
        Amounts((Shop, long.MaxValue), (Maker, long.MaxValue)),
        new FundingRequest.Amounts(new FundingPart(Shop, Money.Parse("USD 10.00", null))),
        new FundingRequest.Shares(),
        Shares((Shop, 1), (Maker, 0)),
        Shares((Shop, 3), (Maker, -1)),
        Shares((Shop, 1), (Shop, 1)),
        Shares((Shop, 1_000_000), (Maker, 1)),
    ];

    [Fact]
    [Parity("STX-05")]
    public async Task ASplitPayment_ReachesTheGatewayAndIsKept_PartByPart()
    {
        var (host, spy) = OpenEnrolled();
        await host.IssueAsync(1_000);
        var paid = await PayAsync(host, Amounts((Shop, 700), (Maker, 250), (Carrier, 50)));

        Assert.IsType<PaymentResult.Succeeded>(paid);
        Assert.Equal(Split((Shop, 700), (Maker, 250), (Carrier, 50)), spy.Charge.Funding);
        Assert.Equal(spy.Charge.Funding, paid.Operation!.Funding);
        Assert.Equal([(Shop, 700L, 0L, 0L), (Maker, 250, 0, 0), (Carrier, 50, 0, 0)], await SharesAsync(host, paid));
        Assert.Contains("""{"account_id":"rec_maker","amount":2.50}""", Vocabulary.Stax.Answer(paid), StringComparison.Ordinal);
    }

    [Fact]
    [Parity("STX-05")]
    public async Task Shares_SumToWhatIsCharged_ToTheUnit()
    {
        var (host, spy) = OpenEnrolled();
        await host.IssueAsync(1_000);
        await PayAsync(host, Shares((Shop, 1), (Maker, 1), (Carrier, 1)));

        Assert.Equal(Split((Shop, 334), (Maker, 333), (Carrier, 333)), spy.Charge.Funding);
    }

    [Theory]
    [MemberData(nameof(Unfit), DisableDiscoveryEnumeration = true)]
    [Parity("STX-05")]
    public async Task WhatDoesNotFit_IsRefusedAsUnprocessable_AndTheKeyMayBeUsedAgain(FundingRequest unfit)
    {
        var (host, spy) = OpenEnrolled();
        await host.IssueAsync(1_000);
        var refused = RejectedAs(await PayAsync(host, unfit));

        Assert.Equal((Rejection.SplitFundingInvalid, RejectionClass.Unprocessable), (refused, refused.Class));
        Assert.Empty(spy.Commands);
        Assert.IsType<PaymentResult.Succeeded>(await PayAsync(host, Amounts((Shop, 1_000))));
    }

    [Fact]
    [Parity("STX-06")]
    public async Task AMerchantThatIsNotEnrolled_CannotSplit_AndOthersCan()
    {
        await Host.IssueAsync(1_000);
        Assert.Equal(Rejection.SplitFundingNotEnrolled, RejectedAs(await PayAsync(Host, Amounts((Shop, 1_000)))));
        Assert.IsType<PaymentResult.Succeeded>(await PayAsync(Host, null));

        var (host, spy) = OpenEnrolled();
        var other = new TenantId("other");
        await host.IssueAsync(1_000, tenant: other);
        Assert.Equal(Rejection.SplitFundingNotEnrolled, RejectedAs(await PayAsync(host, Amounts((Shop, 1_000)), tenant: other)));
        Assert.Empty(spy.Commands);
    }

    [Fact]
    [Parity("STX-13")]
    public async Task RefundsInSteps_AreSplitLikewise_AndReturnEachPartToTheUnit()
    {
        var (host, spy) = OpenEnrolled();
        await host.IssueAsync(1_000);
        var paid = await PayAsync(host, Amounts((Shop, 667), (Maker, 332), (Carrier, 1)));
        var back = new Dictionary<RecipientId, long>();
        foreach (var (amount, i) in new long?[] { 1, 2, 499, 331, null }.Select((amount, i) => (amount, i)))
        {
            var refund = await host.RefundAsync(paid.Payment!.Id, $"r{i}", amount is { } units ? Eur(units) : null);
            var split = Assert.IsType<GatewayCommand.Refund>(spy.Commands[^1]).Funding!;
            Assert.Equal((refund.Operation!.Amount, refund.Operation.Funding), (split.Total, split));
            foreach (var part in split.Parts) back[part.Recipient] = back.GetValueOrDefault(part.Recipient) + part.Amount.MinorUnits;
        }

        Assert.Equal(new Dictionary<RecipientId, long> { [Shop] = 667, [Maker] = 332, [Carrier] = 1 }, back);
        Assert.Equal([(Shop, 667L, 667L, 0L), (Maker, 332, 332, 0), (Carrier, 1, 1, 0)], await SharesAsync(host, paid));
    }

    [Fact]
    [Parity("STX-13")]
    public async Task ARefundUnderWay_SpeaksForItsParts_AndOneThatFailsFreesThem()
    {
        var (host, _) = OpenEnrolled();
        await host.IssueAsync(1_000);
        var paid = await PayAsync(host, Amounts((Shop, 700), (Maker, 300)));
        host.Gateway.Next(ScriptedBehaviour.Process());
        var waits = await host.RefundAsync(paid.Payment!.Id, "r1", Eur(500));
        Assert.Equal([(Shop, 700L, 0L, 350L), (Maker, 300, 0, 150)], await SharesAsync(host, paid));

        await host.RefundAsync(paid.Payment.Id, "r2", Eur(500));
        Assert.Equal([(Shop, 700L, 350L, 350L), (Maker, 300, 150, 150)], await SharesAsync(host, paid));

        await host.HearAsync(waits.Operation!.Id, new GatewayOutcome.Declined(new(DeclineKind.Other, RetryAdvice.Never, "no", "No."), null));
        Assert.Equal([(Shop, 700L, 350L, 0L), (Maker, 300, 150, 0)], await SharesAsync(host, paid));
        await host.RefundAsync(paid.Payment.Id, "r3");
        Assert.Equal([(Shop, 700L, 700L, 0L), (Maker, 300, 300, 0)], await SharesAsync(host, paid));
    }

    [Fact]
    [Parity("STX-13")]
    public async Task APartialApproval_GivesEachRecipientLess_AndThatMuchComesBack()
    {
        var (host, _) = OpenEnrolled();
        await host.IssueAsync(1_001);
        var paid = await PayAsync(host, Amounts((Shop, 701), (Maker, 300)), ScriptedTokens.Partial);
        Assert.Equal([(Shop, 350L, 0L, 0L), (Maker, 150, 0, 0)], await SharesAsync(host, paid));

        await host.RefundAsync(paid.Payment!.Id, "r1");
        Assert.Equal([(Shop, 350L, 350L, 0L), (Maker, 150, 150, 0)], await SharesAsync(host, paid));
    }

    [Fact]
    public async Task TheSameKeyWithAnotherSplit_IsAnotherRequest_AndTheSameOneIsRepeated()
    {
        var (host, spy) = OpenEnrolled();
        await host.IssueAsync(1_000);
        await PayAsync(host, Amounts((Shop, 700), (Maker, 300)));

        Assert.Equal(Rejection.IdempotencyKeyReused, RejectedAs(await PayAsync(host, Amounts((Shop, 701), (Maker, 299)))));
        Assert.Equal(Rejection.IdempotencyKeyReused, RejectedAs(await PayAsync(host, null)));
        Assert.True((await PayAsync(host, Amounts((Shop, 700), (Maker, 300)))).IsReplay);
        Assert.Single(spy.Commands);
    }

    [Fact]
    public async Task ASecondSuccess_IsAPaymentOfItsOwn_WithItsOwnParts()
    {
        var (host, _) = OpenEnrolled();
        await host.IssueAsync(1_000);
        var paid = await PayAsync(host, Amounts((Shop, 700), (Maker, 300)));
        var again = await host.HearAsync(paid.Operation!.Id, new GatewayOutcome.Succeeded(new("ch_second"), Eur(1_000)));

        var late = (await host.Service.ListOperationsAsync(Inv, cancellationToken: Token)).Items[^1];
        Assert.NotEqual(paid.Payment!.Id, late.Payment);
        Assert.Equal(Eur(1_000), again.Invoice!.Overpaid);
        Assert.Equal([(Shop, 700L, 0L, 0L), (Maker, 300, 0, 0)], await SharesAsync(host, paid));
        Assert.Equal([700L, 300L], (await host.Service.GetPaymentAsync(late.Payment, null, Token))!.Funding.Select(s => s.Captured));
    }

    [Fact]
    public async Task AStaxRequest_MaySplitItsFunding()
    {
        var (host, spy) = OpenEnrolled();
        await host.SaveMethodAsync("pm_1", isDefault: true);
        await host.IssueAsync(1_000);
        var request = new ForeignRequest(
            "/invoice/inv_1/pay",
            """{ "idempotency_id": "s", "funding": [{ "account_id": "rec_shop", "amount": 7.5 }, { "account_id": "rec_maker", "amount": 2.5 }] }""") { Currency = Currency.EUR };

        Assert.IsType<PaymentResult.Succeeded>(await Vocabulary.Stax.Read(request).SendAsync(host.Service, Token));
        Assert.Equal(Split((Shop, 750), (Maker, 250)), spy.Charge.Funding);
        Assert.IsType<ForeignCommand.Unreadable>(Vocabulary.Stax.Read(request with { Body = """{ "idempotency_id": "s", "funding": [{ "amount": 7.5 }] }""" }));
    }

    private static FundingRequest.Amounts Amounts(params (RecipientId To, long Units)[] parts) => new([.. parts.Select(p => new FundingPart(p.To, Eur(p.Units)))]);

    private static FundingRequest.Shares Shares(params (RecipientId To, long Weight)[] parts) => new([.. parts.Select(p => new FundingWeight(p.To, p.Weight))]);

    private static FundingSplit Split(params (RecipientId To, long Units)[] parts) => new([.. parts.Select(p => new FundingPart(p.To, Eur(p.Units)))]);

    private static Task<PaymentResult> PayAsync(PaymentHost host, FundingRequest? funding, PaymentToken? token = null, TenantId? tenant = null) => host.Service.PayAsync(
        new() { Tenant = tenant ?? TenantId.Default, InvoiceId = Inv, Key = "k1", Gateway = Test, Token = token ?? ScriptedTokens.Visa, Funding = funding }, Token);

    private static async Task<IEnumerable<(RecipientId, long, long, long)>> SharesAsync(PaymentHost host, PaymentResult paid) =>
        (await host.Service.GetPaymentAsync(paid.Payment!.Id, null, Token))!.Funding.Select(s => (s.Recipient, s.Captured, s.Refunded, s.RefundReserved));

    private (PaymentHost Host, SpyGateway Spy) OpenEnrolled()
    {
        SpyGateway? spy = null;
        var host = Open(builder => builder.UseGateway("test", services =>
        {
            var scripted = (ScriptedGateway)services.GetService(typeof(ScriptedGateway))!;
            return spy = new(scripted, scripted.Profile with { EnrolledForSplitFunding = [TenantId.Default] });
        }));
        return (host, spy!);
    }
}

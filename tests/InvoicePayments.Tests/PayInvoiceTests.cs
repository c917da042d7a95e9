using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class PayInvoiceInMemoryTests() : PayInvoiceTests(StoreKind.InMemory);

public sealed class PayInvoiceOnSqliteTests() : PayInvoiceTests(StoreKind.Sqlite);

public sealed class PayInvoiceOnPostgreSqlTests() : PayInvoiceTests(StoreKind.PostgreSql);

public abstract class PayInvoiceTests(StoreKind store) : EveryStore(store)
{
    [Fact]
    [Parity("PEL-01", "STX-01", "CBE-11", "RAP-08")]
    public async Task WhenNoAmountIsGiven_TheWholeAmountDueIsPaid()
    {
        await Host.IssueAsync(1250);
        var paid = await Host.PayAsync("k1");

        Assert.IsType<PaymentResult.Succeeded>(paid);
        Assert.Equal(InvoiceStatus.Paid, paid.Invoice!.Status);
        Assert.Equal(Eur(1250), paid.Payment!.Captured);
        Assert.NotNull(paid.Operation);
        Assert.Equal(Eur(1250), Host.Gateway.Ledger.Total(Currency.EUR));
    }

    [Fact]
    [Parity("STX-03")]
    public async Task WhenTheSameKeyComesAgain_TheFirstPaymentIsAnsweredAndNobodyIsChargedAgain()
    {
        await Host.IssueAsync(1250);
        var first = await Host.PayAsync("k1");
        var again = await Host.PayAsync("k1");

        Assert.True(again.IsReplay);
        Assert.Equal(first.Payment!.Id, again.Payment!.Id);
        Assert.Single(Host.Gateway.Calls);
    }

    [Fact]
    [Parity("STX-04", "RAP-07")]
    public async Task WhenTheKeyWasUsedForAnotherAmount_IsRejectedAsKeyReused()
    {
        await Host.IssueAsync(1250);
        await Host.PayAsync("k1", Eur(100));

        Assert.Equal(Rejection.IdempotencyKeyReused, RejectedAs(await Host.PayAsync("k1", Eur(200))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    [InlineData(10_000)]
    [Parity("STX-02")]
    public async Task WhenTheKeyIsTooShortOrTooLong_IsRejected(int length)
    {
        await Host.IssueAsync(1250);
        Assert.Equal(Rejection.IdempotencyKeyInvalid, RejectedAs(await Host.PayAsync(new string('k', length))));
        Assert.Empty(Host.Gateway.Calls);
        Assert.IsType<PaymentResult.Succeeded>(await Host.PayAsync(new string('k', 255)));
    }

    [Fact]
    [Parity("PEL-08", "CBE-10")]
    public async Task WhenTheCardIsDeclined_TheGatewaysMessageIsPassedOnAndTheInvoiceStaysDue()
    {
        await Host.IssueAsync(1250);
        var declined = Assert.IsType<PaymentResult.Declined>(await Host.PayAsync("k1", token: ScriptedTokens.Declined));

        Assert.Equal("Your card was declined.", declined.ErrorMessage);
        Assert.Equal(Eur(1250), declined.Invoice!.Payable);
        Assert.True(declined.Invoice.Flags.HasFlag(InvoiceFlags.Attempted));
    }

    [Fact]
    [Parity("PEL-09", "RAP-04")]
    public async Task WhenAChallengeIsRequired_TheOutcomeArrivesLaterAndSettlesTheInvoice()
    {
        await Host.IssueAsync(1250);
        var challenged = Assert.IsType<PaymentResult.ActionRequired>(await Host.PayAsync("k1", token: ScriptedTokens.Challenge));
        Assert.IsType<PendingAction.Redirect>(challenged.Action);
        Assert.True(challenged.Invoice!.Payable.IsZero);

        var outcome = Host.Gateway.CompleteChallenge(challenged.Operation!.Reference);
        var paid = await Host.Service.RecordOutcomeAsync(
            new() { Operation = challenged.Operation.Id, Gateway = Test, Outcome = outcome }, PaymentHost.Token);
        Assert.Equal(InvoiceStatus.Paid, paid.Invoice!.Status);
    }

    [Fact]
    [Parity("BEY-05")]
    public async Task WhenTheAnswerIsLost_TheSameKeyFindsItAgainAndMoneyMovesOnce()
    {
        await Host.IssueAsync(1250);
        Assert.IsType<PaymentResult.Processing>(await Host.PayAsync("k1", token: ScriptedTokens.LostAfter));
        Host.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.IsType<PaymentResult.Succeeded>(await Host.PayAsync("k1", token: ScriptedTokens.LostAfter));
        Assert.Single(Host.Gateway.Ledger.Entries);
    }

    [Fact]
    [Parity("STX-12")]
    public async Task WhenLessThanDueIsPaid_SeveralPaymentsCompleteTheInvoice()
    {
        await Host.IssueAsync(1250);
        Assert.Equal(InvoiceStatus.PartiallyPaid, (await Host.PayAsync("k1", Eur(250))).Invoice!.Status);
        Assert.Equal(InvoiceStatus.Paid, (await Host.PayAsync("k2")).Invoice!.Status);
    }

    [Fact]
    [Parity("PEL-06")]
    public async Task WhenTheInvoiceIsSomebodyElses_TheAnswerIsThatOfAnUnknownOne()
    {
        await Host.IssueAsync(1250);
        Assert.Equal(Rejection.InvoiceNotFound, RejectedAs(await Host.Service.PayAsync(
            new() { InvoiceId = Inv, Key = "k1", Account = new("acc_bob"), Gateway = Test, Token = ScriptedTokens.Visa }, PaymentHost.Token)));
    }

    [Fact]
    [Parity("RAP-12")]
    public async Task WhenTheTotalIsZero_TheInvoiceIsPaidWithoutAGateway()
    {
        await Host.IssueAsync(0);
        Assert.IsType<PaymentResult.Succeeded>(await Host.PayAsync("k1"));
        Assert.Equal(InvoiceStatus.Paid, (await Host.InvoiceAsync()).Status);
        Assert.Empty(Host.Gateway.Calls);
    }

    [Fact]
    [Parity("BEY-08")]
    public async Task WhenASecondSuccessArrives_ItIsRecordedAndTheInvoiceShowsAsOverpaid()
    {
        await Host.IssueAsync(1250);
        var paid = await Host.PayAsync("k1");
        var late = new RecordOutcome { Operation = paid.Operation!.Id, Gateway = Test, Outcome = new GatewayOutcome.Succeeded(new("ch_other"), Eur(1250)) };

        for (var i = 0; i < 2; i++)
        {
            var recorded = await Host.Service.RecordOutcomeAsync(late, PaymentHost.Token);
            Assert.Equal(Eur(1250), recorded.Invoice!.Overpaid);
        }
    }

    [Theory]
    [Parity("STX-11")]
    [MemberData(nameof(OfflineMethods))]
    public async Task WhenMoneyMovedElsewhere_ItIsRecordedByItsMethod_InPartOrWhole_AndNoGatewayIsAsked(OfflineMethod method)
    {
        await Host.IssueAsync(1250);
        var record = new RecordOfflinePayment { InvoiceId = Inv, Key = "c1", Method = method };

        var part = await Host.Service.RecordOfflinePaymentAsync(record with { Amount = Eur(250) }, PaymentHost.Token);
        var rest = await Host.Service.RecordOfflinePaymentAsync(record with { Key = "c2" }, PaymentHost.Token);

        Assert.Equal((method, PaymentMode.Offline), (part.Payment!.OfflineMethod, part.Payment.Mode));
        Assert.Equal(InvoiceStatus.PartiallyPaid, part.Invoice!.Status);
        Assert.Equal((InvoiceStatus.Paid, Eur(1000)), (rest.Invoice!.Status, rest.Payment!.Captured));
        Assert.Empty(Host.Gateway.Calls);
    }

    public static TheoryData<OfflineMethod> OfflineMethods => [.. Enum.GetValues<OfflineMethod>()];

    [Fact]
    [Parity("RAP-08")]
    public async Task EveryAnswer_CarriesAnOperationAndAStatus_AndWhereItFailedACodeAndAMessage()
    {
        await Host.IssueAsync(1250);
        PaymentResult[] well = [await Host.PayAsync("k1", Eur(1)), await Host.PayAsync("k2", Eur(1), ScriptedTokens.Challenge)];
        PaymentResult[] badly =
        [
            await Host.PayAsync("k3", Eur(1), ScriptedTokens.Declined), await Host.PayAsync("k4", Eur(1), ScriptedTokens.LostAfter),
            await RefusedAsync("k5"),
        ];

        Assert.Equal(["succeeded", "action_required"], well.Select(a => a.Status));
        Assert.All(well, a => Assert.True(a.ErrorCode is null && a.ErrorMessage is null));
        Assert.Equal([("declined", "card_declined"), ("processing", "timeout"), ("failed", "bad_request")], badly.Select(a => (a.Status, a.ErrorCode!)));
        Assert.All(badly, a => Assert.False(string.IsNullOrWhiteSpace(a.ErrorMessage)));
        Assert.All(well.Concat(badly), a => Assert.NotNull(a.Operation));
        var rejected = await Host.PayAsync("k6", Eur(0));
        Assert.Equal(("rejected", "amount_not_positive"), (rejected.Status, rejected.ErrorCode));
        Assert.False(string.IsNullOrWhiteSpace(rejected.ErrorMessage));

        Task<PaymentResult> RefusedAsync(string key)
        {
            Host.Gateway.Next(ScriptedBehaviour.Refuse("bad_request"));
            return Host.PayAsync(key, Eur(1));
        }
    }

    [Fact]
    [Parity("STX-08")]
    public async Task ARefundUnderWay_CountsAsGivenBack()
    {
        await Host.IssueAsync(1250);
        var payment = (await Host.PayAsync("k1")).Payment!.Id;
        Host.Gateway.Next(ScriptedBehaviour.Process());
        Assert.IsType<PaymentResult.Processing>(await Host.RefundAsync(payment, "r1", Eur(1000)));

        Assert.Equal(Rejection.AmountExceedsRefundable, RejectedAs(await Host.RefundAsync(payment, "r2", Eur(251))));
        Assert.IsType<PaymentResult.Succeeded>(await Host.RefundAsync(payment, "r3", Eur(250)));
    }

    [Fact]
    [Parity("STX-08")]
    public async Task WhenARefundExceedsWhatIsLeft_IsRejected_AndPartsGiveBackExactlyOnce()
    {
        await Host.IssueAsync(1250);
        var payment = (await Host.PayAsync("k1")).Payment!.Id;

        Assert.IsType<PaymentResult.Succeeded>(await Host.RefundAsync(payment, "r1", Eur(1000)));
        Assert.Equal(Rejection.AmountExceedsRefundable, RejectedAs(await Host.RefundAsync(payment, "r2", Eur(251))));
        Assert.True((await Host.RefundAsync(payment, "r1", Eur(1000))).IsReplay);
        var last = await Host.RefundAsync(payment, "r3", null);

        Assert.True(last.Invoice!.Flags.HasFlag(InvoiceFlags.Refunded));
        Assert.Equal(InvoiceStatus.Paid, last.Invoice.Status);
        Assert.Equal(Eur(0), Host.Gateway.Ledger.Total(Currency.EUR));
    }
}

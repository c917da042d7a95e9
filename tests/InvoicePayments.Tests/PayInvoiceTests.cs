using Microsoft.Extensions.DependencyInjection;

namespace InvoicePayments.Tests;

public sealed class PayInvoiceTests : IAsyncDisposable
{
    private static readonly InvoiceId Id = new("inv_1");
    private static readonly AccountId Ada = new("acc_ada");
    private static readonly GatewayName Test = new("test");
    private readonly ServiceProvider _provider;
    private readonly IInvoicePaymentService _service;
    private readonly ScriptedGateway _gateway;
    private readonly ManualTimeProvider _time;

    public PayInvoiceTests()
    {
        var services = new ServiceCollection();
        services.AddInvoicePaymentsTesting();
        _provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        _service = _provider.GetRequiredService<IInvoicePaymentService>();
        _gateway = _provider.GetRequiredService<ScriptedGateway>();
        _time = _provider.GetRequiredService<ManualTimeProvider>();
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    [Parity("PEL-01", "STX-01", "CBE-11", "RAP-08")]
    public async Task WhenNoAmountIsGiven_TheWholeAmountDueIsPaid()
    {
        await IssueAsync(1250);
        var paid = await PayAsync("k1");

        Assert.IsType<PaymentResult.Succeeded>(paid);
        Assert.Equal(InvoiceStatus.Paid, paid.Invoice!.Status);
        Assert.Equal(Eur(1250), paid.Payment!.Captured);
        Assert.NotNull(paid.Operation);
        Assert.Equal(Eur(1250), _gateway.Ledger.Total(Currency.EUR));
    }

    [Fact]
    [Parity("STX-03")]
    public async Task WhenTheSameKeyComesAgain_TheFirstPaymentIsAnsweredAndNobodyIsChargedAgain()
    {
        await IssueAsync(1250);
        var first = await PayAsync("k1");
        var again = await PayAsync("k1");

        Assert.True(again.IsReplay);
        Assert.Equal(first.Payment!.Id, again.Payment!.Id);
        Assert.Single(_gateway.Calls);
    }

    [Fact]
    [Parity("STX-04", "RAP-07")]
    public async Task WhenTheKeyWasUsedForAnotherAmount_IsRejectedAsKeyReused()
    {
        await IssueAsync(1250);
        await PayAsync("k1", Eur(100));

        Rejected(Rejection.IdempotencyKeyReused, await PayAsync("k1", Eur(200)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    [InlineData(10_000)]
    [Parity("STX-02")]
    public async Task WhenTheKeyIsTooShortOrTooLong_IsRejected(int length)
    {
        await IssueAsync(1250);
        Rejected(Rejection.IdempotencyKeyInvalid, await PayAsync(new string('k', length)));
        Assert.Empty(_gateway.Calls);
    }

    [Fact]
    [Parity("PEL-08", "CBE-10")]
    public async Task WhenTheCardIsDeclined_TheGatewaysMessageIsPassedOnAndTheInvoiceStaysDue()
    {
        await IssueAsync(1250);
        var declined = Assert.IsType<PaymentResult.Declined>(await PayAsync("k1", token: ScriptedTokens.Declined));

        Assert.Equal("Your card was declined.", declined.ErrorMessage);
        Assert.Equal(Eur(1250), declined.Invoice!.Payable);
        Assert.True(declined.Invoice.Flags.HasFlag(InvoiceFlags.Attempted));
    }

    [Fact]
    [Parity("PEL-09", "RAP-04")]
    public async Task WhenAChallengeIsRequired_TheOutcomeArrivesLaterAndSettlesTheInvoice()
    {
        await IssueAsync(1250);
        var challenged = Assert.IsType<PaymentResult.ActionRequired>(await PayAsync("k1", token: ScriptedTokens.Challenge));
        Assert.IsType<PendingAction.Redirect>(challenged.Action);
        Assert.True(challenged.Invoice!.Payable.IsZero);

        var outcome = _gateway.CompleteChallenge(challenged.Operation!.Reference);
        var paid = await _service.RecordOutcomeAsync(
            new() { Operation = challenged.Operation.Id, Gateway = Test, Outcome = outcome }, TestContext.Current.CancellationToken);
        Assert.Equal(InvoiceStatus.Paid, paid.Invoice!.Status);
    }

    [Fact]
    [Parity("BEY-05")]
    public async Task WhenTheAnswerIsLost_TheSameKeyFindsItAgainAndMoneyMovesOnce()
    {
        await IssueAsync(1250);
        Assert.IsType<PaymentResult.Processing>(await PayAsync("k1", token: ScriptedTokens.LostAfter));
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.IsType<PaymentResult.Succeeded>(await PayAsync("k1", token: ScriptedTokens.LostAfter));
        Assert.Single(_gateway.Ledger.Entries);
    }

    [Fact]
    [Parity("STX-12")]
    public async Task WhenLessThanDueIsPaid_SeveralPaymentsCompleteTheInvoice()
    {
        await IssueAsync(1250);
        Assert.Equal(InvoiceStatus.PartiallyPaid, (await PayAsync("k1", Eur(250))).Invoice!.Status);
        Assert.Equal(InvoiceStatus.Paid, (await PayAsync("k2")).Invoice!.Status);
    }

    [Fact]
    [Parity("PEL-06")]
    public async Task WhenTheInvoiceIsSomebodyElses_TheAnswerIsThatOfAnUnknownOne()
    {
        await IssueAsync(1250);
        Rejected(Rejection.InvoiceNotFound, await _service.PayAsync(
            new() { InvoiceId = Id, Key = "k1", Account = new("acc_bob"), Gateway = Test, Token = ScriptedTokens.Visa }, TestContext.Current.CancellationToken));
    }

    [Fact]
    [Parity("RAP-12")]
    public async Task WhenTheTotalIsZero_TheInvoiceIsPaidWithoutAGateway()
    {
        await IssueAsync(0);
        Assert.IsType<PaymentResult.Succeeded>(await PayAsync("k1"));
        Assert.Empty(_gateway.Calls);
    }

    [Fact]
    [Parity("BEY-08")]
    public async Task WhenASecondSuccessArrives_ItIsRecordedAndTheInvoiceShowsAsOverpaid()
    {
        await IssueAsync(1250);
        var paid = await PayAsync("k1");
        var late = new RecordOutcome { Operation = paid.Operation!.Id, Gateway = Test, Outcome = new GatewayOutcome.Succeeded(new("ch_other"), Eur(1250)) };

        for (var i = 0; i < 2; i++)
        {
            var recorded = await _service.RecordOutcomeAsync(late, TestContext.Current.CancellationToken);
            Assert.Equal(Eur(1250), recorded.Invoice!.Overpaid);
        }
    }

    [Fact]
    [Parity("STX-11")]
    public async Task WhenCashIsRecorded_NoGatewayIsAsked()
    {
        await IssueAsync(1250);
        var cash = await _service.RecordOfflinePaymentAsync(
            new() { InvoiceId = Id, Key = "c1", Method = OfflineMethod.Cash }, TestContext.Current.CancellationToken);
        Assert.Equal(InvoiceStatus.Paid, cash.Invoice!.Status);
        Assert.Empty(_gateway.Calls);
    }

    [Fact]
    [Parity("STX-08")]
    public async Task WhenARefundExceedsWhatIsLeft_IsRejected_AndPartsGiveBackExactlyOnce()
    {
        await IssueAsync(1250);
        var payment = (await PayAsync("k1")).Payment!.Id;

        Assert.IsType<PaymentResult.Succeeded>(await RefundAsync(payment, "r1", Eur(1000)));
        Rejected(Rejection.AmountExceedsRefundable, await RefundAsync(payment, "r2", Eur(251)));
        Assert.True((await RefundAsync(payment, "r1", Eur(1000))).IsReplay);
        var last = await RefundAsync(payment, "r3", null);

        Assert.True(last.Invoice!.Flags.HasFlag(InvoiceFlags.Refunded));
        Assert.Equal(InvoiceStatus.Paid, last.Invoice.Status);
        Assert.Equal(Eur(0), _gateway.Ledger.Total(Currency.EUR));
    }

    [Fact]
    public async Task With64PayersAtOnce_ExactlyTheTotalIsTaken()
    {
        await IssueAsync(1250);
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => PayAsync(i % 2 == 0 ? "same" : $"own{i}"))));

        Assert.Equal(Eur(1250), _gateway.Ledger.Total(Currency.EUR));
        Assert.All(answers, a => Assert.True(
            a is PaymentResult.Succeeded or PaymentResult.Processing
            || a is PaymentResult.Rejected { Why: var why } && (why == Rejection.PaymentInProgress || why == Rejection.InvoicePaid)));
    }

    private Task<PaymentResult> RefundAsync(PaymentId payment, string key, Money? amount) =>
        _service.RefundAsync(new() { PaymentId = payment, Key = key, Amount = amount }, TestContext.Current.CancellationToken);

    private static Money Eur(long minorUnits) => Money.FromMinorUnits(minorUnits, Currency.EUR);

    private static void Rejected(Rejection why, PaymentResult result) => Assert.Equal(why, Assert.IsType<PaymentResult.Rejected>(result).Why);

    private async Task IssueAsync(long total) => Assert.IsType<InvoiceResult.Done>(
        await _service.IssueAsync(new() { InvoiceId = Id, Account = Ada, Total = Eur(total) }, TestContext.Current.CancellationToken));

    private Task<PaymentResult> PayAsync(string key, Money? amount = null, PaymentToken? token = null) => _service.PayAsync(
        new() { InvoiceId = Id, Key = key, Amount = amount, Gateway = Test, Token = token ?? ScriptedTokens.Visa }, TestContext.Current.CancellationToken);
}

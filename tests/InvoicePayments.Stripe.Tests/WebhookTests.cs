using System.Text.Json.Nodes;
using StripeDouble;

namespace InvoicePayments.Tests;

/// <summary>What Stripe tells by itself becomes what we know, late, twice and in any order.</summary>
public sealed class WebhookTests
{
    private static readonly Uri Back = new("https://shop.example/back");

    [Theory]
    [InlineData(true, "succeeded")]
    [InlineData(false, "declined")]
    public async Task AChallenge_IsFinishedByItsWebhook(bool passes, string expected)
    {
        await using var host = await StripeHost.OpenAsync();
        await host.IssueAsync("inv_1");
        var waiting = Assert.IsType<PaymentResult.ActionRequired>(await host.PayAsync("inv_1", "pm_card_threeDSecure2Required", back: Back));
        Assert.Equal(host.Server.Address.Host, Assert.IsType<PendingAction.Redirect>(waiting.Action).Url.Host);

        host.World.FinishChallenge(waiting.Operation!.GatewayPaymentId!.Value.Value, passes);
        await host.DeliverAllAsync(passes ? "payment_intent.succeeded" : "payment_intent.payment_failed");

        var now = await host.PayAsync("inv_1", "pm_card_threeDSecure2Required", back: Back);
        Assert.Equal((expected, true), (now.Status, now.IsReplay));
        Assert.Equal(passes ? "succeeded" : "canceled", Assert.Single(host.World.All("payment_intent"))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task WithoutAnAddressToComeBackTo_TheClientSecretIsHandedOut()
    {
        await using var host = await StripeHost.OpenAsync();
        await host.IssueAsync("inv_1");

        var waiting = Assert.IsType<PaymentResult.ActionRequired>(await host.PayAsync("inv_1", "pm_card_authenticationRequired"));

        Assert.StartsWith("pi_", Assert.IsType<PendingAction.ClientSecret>(waiting.Action).Secret.Reveal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryEventOfALongLife_InAnyOrderAndTwice_EndsInTheSameBooks()
    {
        for (var seed = 0; seed < 6; seed++)
        {
            await using var host = await StripeHost.OpenAsync();
            await host.IssueAsync("inv_1");
            var blocked = Assert.IsType<PaymentResult.Authorized>(await host.PayAsync("inv_1", captureLater: true));
            var taken = Assert.IsType<PaymentResult.Succeeded>(await host.Service.CaptureAsync(new() { PaymentId = blocked.Payment!.Id, Key = "k2", Amount = StripeHost.Eur(800) }, StripeHost.Token));
            Assert.IsType<PaymentResult.Succeeded>(await host.Service.RefundAsync(new() { PaymentId = taken.Payment!.Id, Key = "k3", Amount = StripeHost.Eur(300) }, StripeHost.Token));
            var before = await host.Service.GetInvoiceAsync(new("inv_1"), cancellationToken: StripeHost.Token);

            var told = host.Events.Concat(host.Events).ToArray();
            new Random(seed).Shuffle(told);
            foreach (var one in told) Assert.Equal(200, (await host.DeliverAsync(one)).StatusCode);

            var after = await host.Service.GetInvoiceAsync(new("inv_1"), cancellationToken: StripeHost.Token);
            Assert.Equal((before!.Sums, before.FactCount), (after!.Sums, after.FactCount));
            Assert.Equal(500, after.Sums.Net);
        }
    }

    [Fact]
    public async Task ACaptureWhoseAnswerWasLost_IsToldByItsWebhook_UnderItsOwnReference()
    {
        await using var host = await StripeHost.OpenAsync();
        await host.IssueAsync("inv_1");
        var blocked = Assert.IsType<PaymentResult.Authorized>(await host.PayAsync("inv_1", captureLater: true));
        host.Server.Next(new Fault { CutAnswerAt = 0 });
        var lost = await host.Service.CaptureAsync(new() { PaymentId = blocked.Payment!.Id, Key = "k2", Amount = StripeHost.Eur(800) }, StripeHost.Token);
        Assert.IsType<PaymentResult.Processing>(lost);

        var receipt = Assert.Single(await host.DeliverAllAsync("payment_intent.succeeded"));

        Assert.Equal((OperationKind.Capture, lost.Operation!.Id, 800), (receipt.Results[0].Operation!.Kind, receipt.Results[0].Operation!.Id, receipt.Results[0].Operation!.Moved!.Value.MinorUnits));
    }

    [Fact]
    public async Task AWebhookThatIsQuickerThanTheAnswer_DoesNotMakeTheAnswerAReplay()
    {
        await using var host = await StripeHost.OpenAsync();
        await host.IssueAsync("inv_1");
        host.Server.Answering = _ => host.DeliverAllAsync("payment_intent.succeeded");

        var answer = await host.PayAsync("inv_1");
        host.Server.Answering = null;

        Assert.Equal((false, true), (Assert.IsType<PaymentResult.Succeeded>(answer).IsReplay, (await host.PayAsync("inv_1")).IsReplay));
        Assert.Single((await host.Service.ListOperationsAsync(new("inv_1"), cancellationToken: StripeHost.Token)).Items);
    }

    [Fact]
    public async Task AnAuthorization_IsToldWithItsEndAndItsRisk()
    {
        await using var host = await StripeHost.OpenAsync();
        var command = StripeHost.Authorize("pm_card_riskLevelElevated");
        host.Server.Next(new Fault { CutAnswerAt = 0 });
        await host.AskAsync(command);

        var told = await ReadAsync(host, "payment_intent.amount_capturable_updated");

        var blocked = Assert.IsType<GatewayOutcome.Authorized>(Assert.IsType<GatewayNews.Outcome>(Assert.Single(told)).What);
        Assert.Equal((command.Amount, FraudStatus.NotChecked), (blocked.Amount, blocked.Fraud));
        Assert.InRange(blocked.Until!.Value - DateTimeOffset.UtcNow, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7.1));
    }

    [Fact]
    public async Task AnAuthorizationThatRanOut_IsOver()
    {
        await using var host = await StripeHost.OpenAsync();
        await host.IssueAsync("inv_1");
        var blocked = await host.PayAsync("inv_1", captureLater: true);

        host.World.ExpireAuthorization(blocked.Operation!.GatewayPaymentId!.Value.Value);
        await host.DeliverAllAsync();

        Assert.Equal(OperationStatus.Expired, (await host.PayAsync("inv_1", captureLater: true)).Operation!.Status);
        Assert.Equal(0, (await host.Service.GetInvoiceAsync(new("inv_1"), cancellationToken: StripeHost.Token))!.Sums.Reserved);
    }

    [Fact]
    public async Task ADispute_HoldsTheMoney_AndItsEndTakesItOrGivesItBack()
    {
        foreach (var won in new[] { true, false })
        {
            await using var host = await StripeHost.OpenAsync();
            await host.IssueAsync("inv_1");
            var paid = await host.PayAsync("inv_1");
            var dispute = host.World.Dispute(paid.Operation!.GatewayPaymentId!.Value.Value);
            await host.DeliverAllAsync();
            Assert.True((await host.Service.GetInvoiceAsync(new("inv_1"), cancellationToken: StripeHost.Token))!.FlagsAt(DateTimeOffset.UtcNow).HasFlag(InvoiceFlags.Disputed));

            host.World.Decide(dispute, won);
            await host.DeliverAllAsync();

            var invoice = await host.Service.GetInvoiceAsync(new("inv_1"), cancellationToken: StripeHost.Token);
            Assert.Equal((won ? InvoiceStatus.Paid : InvoiceStatus.Open, won ? 0 : 1_250), (invoice!.Status, invoice.Due.MinorUnits));
        }
    }

    [Fact]
    public async Task ADebitThatTheBankTookBack_IsNoDispute()
    {
        await using var host = await StripeHost.OpenAsync();
        await host.IssueAsync("inv_1");
        var paid = await host.PayAsync("inv_1");
        host.World.Dispute(paid.Operation!.GatewayPaymentId!.Value.Value, "insufficient_funds");

        await host.DeliverAllAsync();
        await host.DeliverAllAsync();

        Assert.Equal(1_250, (await host.Service.GetInvoiceAsync(new("inv_1"), cancellationToken: StripeHost.Token))!.Due.MinorUnits);
        var operations = (await host.Service.ListOperationsAsync(new("inv_1"), cancellationToken: StripeHost.Token)).Items;
        Assert.Equal([OperationKind.Charge, OperationKind.Return], operations.Select(o => o.Kind));
    }

    [Fact]
    public async Task AnInquiry_HoldsNothing()
    {
        await using var host = await StripeHost.OpenAsync();
        await host.AskAsync(StripeHost.Charge("pm_card_createDisputeInquiry"));

        var receipts = await host.DeliverAllAsync("charge.dispute.created");

        Assert.Contains("inquiry", Assert.IsType<NotificationReading.Ignored>(Assert.Single(receipts).Reading).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARefundThatFailsAfterItSucceeded_StaysInTheBooks_AndIsShownOnThePayment()
    {
        await using var host = await StripeHost.OpenAsync();
        await host.IssueAsync("inv_1");
        var paid = await host.PayAsync("inv_1", "pm_card_refundFail");
        var refund = Assert.IsType<PaymentResult.Succeeded>(await host.Service.RefundAsync(
            new() { PaymentId = paid.Payment!.Id, Key = "r1", Amount = StripeHost.Eur(500) }, StripeHost.Token));

        await host.DeliverAllAsync();
        var told = await ReadAsync(host, "charge.refund.updated");

        var payment = (await host.Service.GetPaymentAsync(paid.Payment.Id, cancellationToken: StripeHost.Token))!;
        var shown = Assert.Single(payment.Discrepancies);
        Assert.Equal((refund.Operation!.Id, refund.Operation.GatewayPaymentId!.Value, StripeHost.Eur(0)), (shown.Operation, shown.GatewayPaymentId, shown.Reported));
        Assert.Equal(500, payment.Refunded.MinorUnits);
        Assert.Equal("refund_failed", Assert.Single(told.OfType<GatewayNews.ForPerson>()).Why.Code);
    }

    [Fact]
    public async Task AnOldEventOfARefundThatHasFailedSince_IsNotTakenAtItsWord()
    {
        await using var host = await StripeHost.OpenAsync();
        var paid = await host.MustAsync<GatewayOutcome.Succeeded>(StripeHost.Charge("pm_card_refundFail"));
        await host.AskAsync(StripeHost.Refund(paid.Id, StripeHost.Eur(500)));

        var told = await ReadAsync(host, "refund.created");

        Assert.IsType<GatewayOutcome.Refused>(Assert.Single(told.OfType<GatewayNews.Outcome>()).What);
    }

    [Fact]
    public async Task ARefundThatNobodyHereAskedFor_IsARefundHereToo_Once()
    {
        await using var host = await StripeHost.OpenAsync();
        await host.IssueAsync("inv_1");
        var paid = await host.PayAsync("inv_1");
        await RefundAtStripeAsync(host, paid.Operation!.GatewayPaymentId!.Value, 300);

        for (var i = 0; i < 2; i++) await host.DeliverAllAsync();

        var payment = (await host.Service.GetPaymentAsync(paid.Payment!.Id, cancellationToken: StripeHost.Token))!;
        Assert.Equal((300, 950, 0), (payment.Refunded.MinorUnits, payment.Refundable.MinorUnits, payment.Discrepancies.Count));
        var refund = Assert.Single((await host.Service.ListOperationsAsync(new("inv_1"), cancellationToken: StripeHost.Token)).Items, o => o.Kind == OperationKind.Refund);
        Assert.Equal((OperationStatus.Succeeded, 300), (refund.Status, refund.Moved!.Value.MinorUnits));
        Assert.True((await host.Service.GetInvoiceAsync(new("inv_1"), cancellationToken: StripeHost.Token))!.FlagsAt(DateTimeOffset.UtcNow).HasFlag(InvoiceFlags.PartiallyRefunded));
        Assert.IsType<PaymentResult.Rejected>(await host.Service.RefundAsync(new() { PaymentId = payment.Id, Key = "r1", Amount = StripeHost.Eur(951) }, StripeHost.Token));
        Assert.IsType<PaymentResult.Succeeded>(await host.Service.RefundAsync(new() { PaymentId = payment.Id, Key = "r2", Amount = StripeHost.Eur(950) }, StripeHost.Token));
    }

    [Fact]
    public async Task ARefundAtStripe_ThatIsToldBeforeThePaymentIsKnownHere_CountsOnceItIs()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await StripeHost.OpenAsync(time);
        await host.IssueAsync("inv_1");
        host.Server.Next(new Fault { CutAnswerAt = 0 });
        var unknown = Assert.IsType<PaymentResult.Processing>(await host.PayAsync("inv_1"));
        await RefundAtStripeAsync(host, new(host.World.All("payment_intent").Single()["id"]!.GetValue<string>()), 300);

        await host.DeliverAllAsync("refund.created");
        Assert.Equal(0, (await host.Service.GetPaymentAsync(unknown.Payment!.Id, cancellationToken: StripeHost.Token))!.Refunded.MinorUnits);
        await host.DeliverAllAsync("payment_intent.succeeded");
        time.Advance(TimeSpan.FromMinutes(1));
        await host.Service.RecoverAsync(cancellationToken: StripeHost.Token);

        var payment = (await host.Service.GetPaymentAsync(unknown.Payment.Id, cancellationToken: StripeHost.Token))!;
        Assert.Equal((1_250, 300), (payment.Captured.MinorUnits, payment.Refunded.MinorUnits));
    }

    [Theory]
    [InlineData(800)]
    [InlineData(null)]
    public async Task WhatWasBlockedAndNotTaken_IsNoRefund_ThoughStripeCallsItOne(int? taken)
    {
        await using var host = await StripeHost.OpenAsync();
        await host.IssueAsync("inv_1");
        var blocked = await host.PayAsync("inv_1", captureLater: true);
        if (taken is { } part) Assert.IsType<PaymentResult.Succeeded>(await host.Service.CaptureAsync(new() { PaymentId = blocked.Payment!.Id, Key = "k2", Amount = StripeHost.Eur(part) }, StripeHost.Token));
        else await host.Service.VoidPaymentAsync(new() { PaymentId = blocked.Payment!.Id, Key = "k2" }, StripeHost.Token);

        await host.DeliverAllAsync();

        Assert.Single(host.World.All("refund"));
        Assert.DoesNotContain((await host.Service.ListOperationsAsync(new("inv_1"), cancellationToken: StripeHost.Token)).Items, o => o.Kind == OperationKind.Refund);
        var invoice = (await host.Service.GetInvoiceAsync(new("inv_1"), cancellationToken: StripeHost.Token))!;
        Assert.Equal((taken ?? 0, 0), (invoice.Sums.Received, invoice.Sums.Refunded));
    }

    [Fact]
    public async Task ARefundAtStripeOfAPartlyTakenPayment_IsOne_AlsoOfAsMuchAsWasLetGo()
    {
        await using var host = await StripeHost.OpenAsync();
        await host.IssueAsync("inv_1");
        var blocked = await host.PayAsync("inv_1", captureLater: true);
        var taken = await host.Service.CaptureAsync(new() { PaymentId = blocked.Payment!.Id, Key = "k2", Amount = StripeHost.Eur(800) }, StripeHost.Token);
        await RefundAtStripeAsync(host, taken.Operation!.GatewayPaymentId!.Value, 450);

        await host.DeliverAllAsync();

        Assert.Equal(450, (await host.Service.GetPaymentAsync(taken.Payment!.Id, cancellationToken: StripeHost.Token))!.Refunded.MinorUnits);
    }

    private static async Task RefundAtStripeAsync(StripeHost host, GatewayPaymentId paid, long amount)
    {
        using var dashboard = new HttpClient { BaseAddress = host.Server.Address, DefaultRequestHeaders = { Authorization = new("Bearer", host.Server.ApiKey) } };
        using var form = new FormUrlEncodedContent([new("payment_intent", paid.Value), new("amount", $"{amount}")]);
        (await dashboard.PostAsync("v1/refunds", form, StripeHost.Token)).EnsureSuccessStatusCode();
    }

    [Theory]
    [InlineData("invoice.paid")]
    [InlineData("a.type.of.tomorrow")]
    [InlineData("customer.created")]
    public async Task ATypeThatIsNotKnown_IsIgnored_AndLeavesATrace(string type)
    {
        await using var host = await StripeHost.OpenAsync();

        var receipt = await host.DeliverAsync(EventOf(type, new() { ["id"] = "x_1" }));

        Assert.Equal((200, type), (receipt.StatusCode, Assert.IsType<NotificationReading.Ignored>(receipt.Reading).Type));
        Assert.Contains(Output.Snapshot, line => line.Contains($"A notification {type} of gateway stripe holds nothing to record", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatWasNotMadeHere_IsIgnored()
    {
        await using var host = await StripeHost.OpenAsync();

        var receipt = await host.DeliverAsync(EventOf("payment_intent.succeeded", new() { ["id"] = "pi_1", ["status"] = "succeeded", ["amount"] = 1, ["currency"] = "eur" }));

        Assert.IsType<NotificationReading.Ignored>(receipt.Reading);
    }

    [Fact]
    public async Task WhatIsNotSigned_IsRejected_BeforeItIsRead()
    {
        await using var host = await StripeHost.OpenAsync();
        await host.AskAsync(StripeHost.Charge());

        var receipt = await host.DeliverAsync(host.Events.First(), secret: "whsec_of_somebody_else");

        Assert.Equal((400, "secret_unproven"), (receipt.StatusCode, Assert.IsType<NotificationReading.Rejected>(receipt.Reading).Why.Code));
        Assert.Single(host.Server.Requests);
    }

    [Theory]
    [InlineData(true, null, "test mode")]
    [InlineData(false, "acct_of_somebody", "connected account")]
    public async Task WhatHappenedInAnotherModeOrAccount_ChangesNothingHere_WhateverReferenceItNames(bool isLiveKey, string? account, string why)
    {
        await using var host = await StripeHost.OpenAsync(configure: o => o.ApiKey = isLiveKey ? o.ApiKey.Replace("_test_", "_live_", StringComparison.Ordinal) : o.ApiKey);
        var told = EventOf("payment_intent.succeeded", new()
        {
            ["id"] = "pi_1", ["status"] = "succeeded", ["amount"] = 1, ["amount_received"] = 1, ["currency"] = "eur",
            ["metadata"] = new JsonObject { ["invoice_payments_reference"] = StripeHost.NewReference().Value },
        });
        (told["livemode"], told["account"]) = (false, account);

        var receipt = await host.DeliverAsync(told);

        Assert.Equal(200, receipt.StatusCode);
        Assert.Contains(why, Assert.IsType<NotificationReading.Ignored>(receipt.Reading).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"evt_1\",\"type\":\"payment_intent.succeeded\",\"data\":{\"object\":{}}}")]
    [InlineData("{\"id\":\"evt_1\",\"type\":\"payment_intent.succeeded\",\"data\":{\"object\":7}}")]
    public async Task WhatIsSignedAndNoEvent_IsRejected(string body)
    {
        await using var host = await StripeHost.OpenAsync();
        var bytes = System.Text.Encoding.UTF8.GetBytes(body);

        var receipt = await host.Service.ReceiveAsync(
            StripeHost.Stripe, new(bytes, new Dictionary<string, string> { ["Stripe-Signature"] = Signing.HeaderOf(bytes, StripeHost.WebhookSecret, DateTimeOffset.UtcNow) }), StripeHost.Token);

        Assert.Equal("event_unreadable", Assert.IsType<NotificationReading.Rejected>(receipt.Reading).Why.Code);
    }

    [Fact]
    public async Task WhenStripeCannotBeAsked_ItIsToSendTheEventAgain()
    {
        await using var host = await StripeHost.OpenAsync();
        await host.AskAsync(StripeHost.Authorize());
        host.Server.Next(new Fault { FailBefore = 500 }.On("GET", ""));

        Assert.Equal(503, Assert.Single(await host.DeliverAllAsync("payment_intent.amount_capturable_updated")).StatusCode);
        Assert.Equal(200, Assert.Single(await host.DeliverAllAsync("payment_intent.amount_capturable_updated")).StatusCode);
    }

    [Fact]
    public async Task AGatewayThatReadsNone_IsSaidSo()
    {
        await using var host = await StripeHost.OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => host.Service.ReceiveAsync(new("another"), new(default, new Dictionary<string, string>()), StripeHost.Token));
    }

    private static async Task<IReadOnlyList<GatewayNews>> ReadAsync(StripeHost host, string type) =>
        Assert.IsType<NotificationReading.Told>(Assert.Single(await host.DeliverAllAsync(type)).Reading).What;

    private static JsonObject EventOf(string type, JsonObject about) => new() { ["id"] = "evt_1", ["type"] = type, ["data"] = new JsonObject { ["object"] = about } };
}

using StripeDouble;

namespace InvoicePayments.Tests;

/// <summary>Split funding by Connect: one charge, a transfer per recipient, and refunds that take each his part back.</summary>
public sealed class SplitTests
{
    private static readonly RecipientId Artist = new("acct_artist");
    private static readonly RecipientId Venue = new("acct_venue");

    [Fact]
    public async Task EveryRecipientGetsItsPart_AndGivesItsPartOfARefundBack()
    {
        await using var host = await OpenAsync();
        var paid = Assert.IsType<PaymentResult.Succeeded>(await PayAsync(host));
        Assert.Equal((7_000, 3_000), (Has(host, Artist), Has(host, Venue)));

        Assert.IsType<PaymentResult.Succeeded>(await host.Service.RefundAsync(new() { PaymentId = paid.Payment!.Id, Key = "k2", Amount = StripeHost.Eur(1_001) }, StripeHost.Token));
        Assert.Equal(10_000 - 1_001, Has(host, Artist) + Has(host, Venue));
        Assert.IsType<PaymentResult.Succeeded>(await host.Service.RefundAsync(new() { PaymentId = paid.Payment!.Id, Key = "k3" }, StripeHost.Token));
        Assert.Equal((0, 0), (Has(host, Artist), Has(host, Venue)));
    }

    [Fact]
    public async Task WhatIsTakenBackFromARecipientAtStripe_IsShownToAPerson_AndWhatWeTakeBackIsNot()
    {
        await using var host = await OpenAsync();
        var paid = Assert.IsType<PaymentResult.Succeeded>(await PayAsync(host));
        await host.Service.RefundAsync(new() { PaymentId = paid.Payment!.Id, Key = "k2", Amount = StripeHost.Eur(1_001) }, StripeHost.Token);
        Assert.All(await host.DeliverAllAsync("transfer.reversed"), receipt => Assert.IsType<NotificationReading.Ignored>(receipt.Reading));

        using var dashboard = new HttpClient { BaseAddress = host.Server.Address, DefaultRequestHeaders = { Authorization = new("Bearer", host.Server.ApiKey) } };
        using var form = new FormUrlEncodedContent([new("amount", "100")]);
        (await dashboard.PostAsync($"v1/transfers/{host.World.All("transfer")[0]["id"]}/reversals", form, StripeHost.Token)).EnsureSuccessStatusCode();

        var told = Assert.IsType<NotificationReading.Told>((await host.DeliverAllAsync("transfer.reversed"))[^1].Reading);
        Assert.Equal("transfer_reversed", Assert.IsType<GatewayNews.ForPerson>(Assert.Single(told.What)).Why.Code);
    }

    [Fact]
    public async Task WhereverALineIsCut_EveryRecipientGetsItsPartOnce()
    {
        // The charge, then the list of transfers, then the two of them: each is cut before and after it is done.
        var faults = new (string Method, string End)[] { ("POST", "/payment_intents"), ("GET", "/transfers"), ("POST", "/transfers") };
        foreach (var (method, end) in faults)
        {
            foreach (var fault in new[] { new Fault { CutBefore = true }, new Fault { CutAnswerAt = 0 }, new Fault { FailAfter = 500 }, new Fault { FailBefore = 503, IsStored = false } })
            {
                await using var host = await OpenAsync();
                host.Server.Next(fault.On(method, end));

                var first = await PayAsync(host);
                var last = await RestAsync(host, first);

                Assert.Equal(("succeeded", 7_000, 3_000, 10_000), (last.Status, Has(host, Artist), Has(host, Venue), host.World.Movements.Where(m => m.Kind == "charge").Sum(m => m.Amount)));
            }
        }
    }

    [Fact]
    public async Task AWebhook_ThatComesBeforeTheTransfersAreMade_DoesNotMakeThemForgotten()
    {
        await using var host = await OpenAsync();
        host.Server.Next(new Fault { CutBefore = true }.On("POST", "/transfers"));
        Assert.IsType<PaymentResult.Processing>(await PayAsync(host));

        await host.DeliverAllAsync();
        await RestAsync(host, await PayAsync(host));

        Assert.Equal((7_000, 3_000), (Has(host, Artist), Has(host, Venue)));
    }

    [Fact]
    public async Task AWebhook_ThatComesWhileTheOperationIsBusy_IsToBeSentAgain()
    {
        await using var host = await OpenAsync();
        host.Server.Next(new Fault { Slow = TimeSpan.FromSeconds(1) }.On("POST", "/transfers"));
        var paying = PayAsync(host);
        while (host.Events.All(e => e["type"]!.GetValue<string>() != "payment_intent.succeeded")) await Task.Delay(5, StripeHost.Token);

        var receipt = Assert.Single(await host.DeliverAllAsync("payment_intent.succeeded"));

        Assert.Equal((503, "operation_busy"), (receipt.StatusCode, Assert.IsType<NotificationReading.NotNow>(receipt.Reading).Why.Code));
        Assert.IsType<PaymentResult.Succeeded>(await paying);
        Assert.Equal(200, Assert.Single(await host.DeliverAllAsync("payment_intent.succeeded")).StatusCode);
    }

    [Fact]
    public async Task ARecipientThatCannotBePaid_IsForAPerson_BecauseThePayerHasPaid()
    {
        await using var host = await OpenAsync();

        var answer = await PayAsync(host, new("acct_closed"));
        answer = await host.Service.ResumeAsync(new() { Operation = answer.Operation!.Id }, StripeHost.Token);

        Assert.Equal(OperationStatus.NeedsAttention, answer.Operation!.Status);
        Assert.Contains("The payer's money has moved", answer.Operation.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoIsNotEnrolled_IsRefusedBeforeAnythingIsSent()
    {
        await using var host = await StripeHost.OpenAsync();
        await host.IssueAsync("inv_1", 10_000);

        Assert.Equal(Rejection.SplitFundingNotEnrolled, Assert.IsType<PaymentResult.Rejected>(await PayAsync(host)).Why);
        Assert.Empty(host.Server.Requests);
    }

    private static async Task<StripeHost> OpenAsync()
    {
        var host = await StripeHost.OpenAsync(configure: o => o.SplitFundingFor.Add(TenantId.Default));
        await host.IssueAsync("inv_1", 10_000);
        return host;
    }

    private static Task<PaymentResult> PayAsync(StripeHost host, RecipientId? second = null) => host.Service.PayAsync(
        new()
        {
            InvoiceId = new("inv_1"), Key = "k1", Gateway = StripeHost.Stripe, Token = new("pm_card_visa"),
            Funding = new FundingRequest.Shares(new FundingWeight(Artist, 7), new FundingWeight(second ?? Venue, 3)),
        },
        StripeHost.Token);

    private static async Task<PaymentResult> RestAsync(StripeHost host, PaymentResult answer)
    {
        for (var i = 0; i < 5 && answer is PaymentResult.Processing; i++) answer = await host.Service.ResumeAsync(new() { Operation = answer.Operation!.Id, ByCaller = true }, StripeHost.Token);
        return answer;
    }

    private static int Has(StripeHost host, RecipientId who) =>
        (int)host.World.Movements.Where(m => m.Of == who.Value).Sum(m => m.Kind == "transfer" ? m.Amount : -m.Amount);
}

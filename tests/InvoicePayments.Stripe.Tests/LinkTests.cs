using StripeDouble;

namespace InvoicePayments.Tests;

/// <summary>Payment links: a page of Stripe's on which the payer chooses how to pay.</summary>
public sealed class LinkTests
{
    private static readonly Uri Back = new("https://shop.example/back");

    [Fact]
    public async Task OnALink_ThePayerMayFailFirst_AndThenPays_AndTheWebhooksSaySo()
    {
        await using var host = await StripeHost.OpenAsync();
        await host.IssueAsync("inv_1");
        var waiting = Assert.IsType<PaymentResult.ActionRequired>(await LinkAsync(host));
        Assert.IsType<PendingAction.PaymentLink>(waiting.Action);
        var session = waiting.Operation!.GatewayPaymentId!.Value.Value;

        host.World.PaySession(session, "pm_card_chargeDeclined");
        await host.DeliverAllAsync();
        Assert.IsType<PaymentResult.ActionRequired>(await LinkAsync(host));
        Assert.Equal("requires_payment_method", Assert.Single(host.World.All("payment_intent"))["status"]!.GetValue<string>());

        host.World.PaySession(session);
        await host.DeliverAllAsync();
        await host.DeliverAllAsync();

        Assert.IsType<PaymentResult.Succeeded>(await LinkAsync(host));
        Assert.Equal(1_250, host.World.Movements.Sum(m => m.Amount));
        Assert.Equal(InvoiceStatus.Paid, (await host.Service.GetInvoiceAsync(new("inv_1"), cancellationToken: StripeHost.Token))!.Status);
    }

    [Fact]
    public async Task ALinkWhoseAnswerWasLost_IsFound_AndIsTheSameLink()
    {
        await using var host = await StripeHost.OpenAsync();
        var command = Command();
        host.Server.Next(new Fault { CutAnswerAt = 0 });
        Assert.IsType<GatewayOutcome.Unknown>(await host.AskAsync(command));

        var found = Assert.IsType<GatewayOutcome.ActionRequired>(Assert.IsType<GatewayResolution.Found>(await host.LookAsync(command)).Outcome);
        var again = Assert.IsType<GatewayOutcome.ActionRequired>(await host.AskAsync(command));

        Assert.Equal(found.Action, again.Action);
        Assert.Single(host.World.All("checkout.session"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ALinkWhoseTimeIsOver_IsCalledOff_AndWhoeverPaidInTheLastMomentHasPaid(bool pays)
    {
        var time = new ManualTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await StripeHost.OpenAsync(time);
        await host.IssueAsync("inv_1");
        var waiting = Assert.IsType<PaymentResult.ActionRequired>(await LinkAsync(host));
        if (pays) host.World.PaySession(waiting.Operation!.GatewayPaymentId!.Value.Value);
        time.SetUtcNow(waiting.Deadline!.Value.AddMinutes(1));

        await host.Service.RecoverAsync(cancellationToken: StripeHost.Token);

        Assert.Equal(pays ? OperationStatus.Succeeded : OperationStatus.Expired, (await LinkAsync(host)).Operation!.Status);
        if (!pays) Assert.Equal("expired", Assert.Single(host.World.All("checkout.session"))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task ALinkWithoutAnAddressToComeBackTo_IsRefused_UnlessTheOptionsHaveOne()
    {
        await using var host = await StripeHost.OpenAsync();
        Assert.Equal("return_url_missing", (await host.MustAsync<GatewayOutcome.Refused>(Command() with { ReturnUrl = null })).Why.Code);

        await using var other = await StripeHost.OpenAsync(configure: o => o.ReturnUrl = Back);
        await other.MustAsync<GatewayOutcome.ActionRequired>(Command() with { ReturnUrl = null });
    }

    [Fact]
    public async Task ABankThatAnswersLater_LeavesTheLinkProcessing()
    {
        await using var host = await StripeHost.OpenAsync();
        await host.IssueAsync("inv_1");
        var waiting = await LinkAsync(host);
        host.World.PaySession(waiting.Operation!.GatewayPaymentId!.Value.Value, "pm_card_slow");
        await host.DeliverAllAsync();
        Assert.IsType<PaymentResult.Processing>(await LinkAsync(host));

        host.World.FinishProcessing(Assert.Single(host.World.All("payment_intent"))["id"]!.GetValue<string>(), succeeds: true);
        await host.DeliverAllAsync();

        Assert.IsType<PaymentResult.Succeeded>(await LinkAsync(host));
    }

    private static Task<PaymentResult> LinkAsync(StripeHost host) =>
        host.Service.PayAsync(new() { InvoiceId = new("inv_1"), Key = "k1", LinkAt = StripeHost.Stripe, ReturnUrl = Back }, StripeHost.Token);

    private static GatewayCommand.RequestLink Command() => new()
    {
        Tenant = TenantId.Default, Gateway = StripeHost.Stripe, Reference = StripeHost.NewReference(), Amount = StripeHost.Eur(1_250), Account = StripeHost.Ada,
        Until = DateTimeOffset.UtcNow.AddHours(3), ReturnUrl = Back,
    };
}

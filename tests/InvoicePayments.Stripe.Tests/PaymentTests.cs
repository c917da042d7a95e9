using Microsoft.Extensions.DependencyInjection;
using StripeDouble;

namespace InvoicePayments.Tests;

/// <summary>What is sent for each command, and what comes back.</summary>
public sealed class PaymentTests
{
    [Fact]
    public async Task WhatTheHostWantsSaid_IsSaid()
    {
        await using var host = await StripeHost.OpenAsync();
        await host.IssueAsync("inv_1", details: new InvoiceDetails { Description = "Crane inspection", StatementDescriptor = "CRANES" });
        var pay = new PayInvoice
        {
            InvoiceId = new("inv_1"), Key = "k1", Gateway = StripeHost.Stripe, Token = new("pm_card_visa"),
            Metadata = new Dictionary<string, string> { ["order"] = "O-7" },
        };
        var paid = Assert.IsType<PaymentResult.Succeeded>(await host.Service.PayAsync(pay, StripeHost.Token));

        var intent = Assert.Single(host.World.All("payment_intent"));
        Assert.Equal(("Crane inspection", "CRANES", "O-7", paid.Operation!.Id.Value), (
            intent["description"]!.GetValue<string>(), intent["statement_descriptor_suffix"]!.GetValue<string>(), intent["metadata"]!["order"]!.GetValue<string>(),
            intent["metadata"]!["invoice_payments_reference"]!.GetValue<string>()));
    }

    [Fact]
    public async Task ATenant_IsFoundAgainFromItsPayment()
    {
        await using var host = await StripeHost.OpenAsync();
        var command = StripeHost.Charge() with { Tenant = new("shop-7") };
        host.Server.Next(new Fault { CutAnswerAt = 0 });
        await host.AskAsync(command);

        var told = Assert.IsType<NotificationReading.Told>(Assert.Single(await host.DeliverAllAsync("payment_intent.succeeded")).Reading);

        Assert.Equal(new TenantId("shop-7"), Assert.IsType<GatewayNews.Outcome>(Assert.Single(told.What)).Tenant);
        Assert.IsType<GatewayResolution.Absent>(await host.LookAsync(command with { Tenant = TenantId.Default }));
        Assert.IsType<GatewayResolution.Found>(await host.LookAsync(command));
    }

    [Theory]
    [InlineData("a[b]", "metadata_invalid")]
    [InlineData("invoice_payments_reference", "metadata_invalid")]
    public async Task MetadataThatStripeWouldNotKeep_IsRefusedBeforeItIsSent(string key, string expected)
    {
        await using var host = await StripeHost.OpenAsync();

        var refused = await host.MustAsync<GatewayOutcome.Refused>(StripeHost.Charge() with { Metadata = new Dictionary<string, string> { [key] = "x" } });

        Assert.Equal(expected, refused.Why.Code);
        Assert.Empty(host.Server.Requests);
    }

    [Theory]
    [InlineData("Bob's")]
    [InlineData("12345")]
    public async Task ADescriptorThatStripeDoesNotTake_IsRefusedBeforeItIsSent(string descriptor)
    {
        await using var host = await StripeHost.OpenAsync();

        Assert.Equal("statement_descriptor_invalid", (await host.MustAsync<GatewayOutcome.Refused>(StripeHost.Charge() with { StatementDescriptor = descriptor })).Why.Code);
    }

    [Fact]
    public async Task ASingleUseToken_BecomesAMethodFirst_AndMoneyMovesOnceHoweverOftenItIsSent()
    {
        await using var host = await StripeHost.OpenAsync();
        var command = StripeHost.Charge("tok_visa") with { SingleUse = true };
        host.Server.Next(new Fault { CutAnswerAt = 0 }.On("POST", "/payment_methods"), new Fault { CutAnswerAt = 0 }.On("POST", "/payment_intents"));

        Assert.IsType<GatewayOutcome.Unknown>(await host.AskAsync(command));
        Assert.IsType<GatewayOutcome.Unknown>(await host.AskAsync(command));
        Assert.IsType<GatewayOutcome.Succeeded>(await host.AskAsync(command));

        Assert.Single(host.World.All("payment_method"));
        Assert.Equal(1_250, host.Moved(command.Reference));
    }

    [Fact]
    public async Task AMethodOnFile_IsChargedWithItsCustomer_WithThePayerThereOrNot()
    {
        await using var host = await StripeHost.OpenAsync();
        var kept = Assert.IsType<StripeCustomerResult.Kept>(await host.Get<StripeCustomers>().CreateAsync(TenantId.Default, StripeHost.Ada, new("tok_visa"), "ada@example.com", StripeHost.Token));
        var again = Assert.IsType<StripeCustomerResult.Kept>(await host.Get<StripeCustomers>().CreateAsync(TenantId.Default, StripeHost.Ada, new("tok_visa"), "ada@example.com", StripeHost.Token));
        Assert.Equal(kept.Token.Reveal(), again.Token.Reveal());
        await host.IssueAsync("inv_1", 2_000);
        await host.Service.SavePaymentMethodAsync(new() { Tenant = TenantId.Default, Id = new("m1"), Account = StripeHost.Ada, Gateway = StripeHost.Stripe, Token = kept.Token, IsDefault = true }, StripeHost.Token);

        var there = await host.Service.PayAsync(new() { InvoiceId = new("inv_1"), Key = "k1", Amount = StripeHost.Eur(500) }, StripeHost.Token);
        var away = await host.Service.PayAsync(new() { InvoiceId = new("inv_1"), Key = "k2", Initiator = PaymentInitiator.Merchant }, StripeHost.Token);

        Assert.Equal(("succeeded", "succeeded"), (there.Status, away.Status));
        var sent = host.Server.Requests.Where(r => r.Path == "/v1/payment_intents").Select(r => Params.Parse(r.Form)).ToList();
        Assert.All(sent, form => Assert.Equal(host.World.All("customer").Single()["id"]!.GetValue<string>(), form.Text("customer")));
        Assert.Equal((null, "true"), (sent[0].Text("off_session"), sent[1].Text("off_session")));
    }

    [Fact]
    public async Task ACardThatTheBankDoesNotAccept_IsNotKept()
    {
        await using var host = await StripeHost.OpenAsync();

        var no = Assert.IsType<StripeCustomerResult.Declined>(await host.Get<StripeCustomers>().CreateAsync(TenantId.Default, StripeHost.Ada, new("tok_chargeDeclinedExpiredCard"), cancellationToken: StripeHost.Token));

        Assert.Equal(DeclineKind.CardExpired, no.Why.Kind);
    }

    [Fact]
    public async Task WithoutThePayer_AChallengeIsADecline_ThatAsksForThePayer()
    {
        await using var host = await StripeHost.OpenAsync();

        var no = await host.MustAsync<GatewayOutcome.Declined>(StripeHost.Charge("pm_card_authenticationRequired") with { Initiator = PaymentInitiator.Merchant });

        Assert.Equal((DeclineKind.AuthenticationRequired, RetryAdvice.AfterAuthentication), (no.Why.Kind, no.Why.Advice));
        Assert.Equal("canceled", Assert.Single(host.World.All("payment_intent"))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task APart_IsCaptured_AndTheRestIsLetGo_AndWhatIsHereIsGivenBackInParts()
    {
        await using var host = await StripeHost.OpenAsync();
        var blocked = await host.MustAsync<GatewayOutcome.Authorized>(StripeHost.Authorize());
        Assert.NotNull(blocked.Until);
        var taken = await host.MustAsync<GatewayOutcome.Succeeded>(StripeHost.Capture(blocked.Id, StripeHost.Eur(800)));
        await host.MustAsync<GatewayOutcome.Refused>(StripeHost.Capture(blocked.Id, StripeHost.Eur(1)));
        await host.MustAsync<GatewayOutcome.Refused>(StripeHost.Void(blocked.Id, StripeHost.Eur(1_250)));

        foreach (var part in new[] { 300L, 500L }) await host.MustAsync<GatewayOutcome.Succeeded>(StripeHost.Refund(taken.Id, StripeHost.Eur(part), "duplicate"));
        await host.MustAsync<GatewayOutcome.Refused>(StripeHost.Refund(taken.Id, StripeHost.Eur(1)));

        Assert.Equal(0, host.World.Movements.Sum(m => m.Kind == "refund" ? -m.Amount : m.Amount));
    }

    [Fact]
    public async Task WhatWasTaken_CannotBeVoided_OnlyRefunded()
    {
        await using var host = await StripeHost.OpenAsync();
        var paid = await host.MustAsync<GatewayOutcome.Succeeded>(StripeHost.Charge());

        Assert.Equal(OperationError.AlreadySettled, (await host.MustAsync<GatewayOutcome.Refused>(StripeHost.Void(paid.Id, paid.Moved, ofAuthorization: false))).Why);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AChallengeWhoseTimeIsOver_IsCalledOffAtStripe_AndWhoeverPassedInTheLastMomentHasPaid(bool passes)
    {
        var time = new ManualTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await StripeHost.OpenAsync(time);
        await host.IssueAsync("inv_1");
        var waiting = Assert.IsType<PaymentResult.ActionRequired>(await host.PayAsync("inv_1", "pm_card_threeDSecure2Required", back: new("https://shop.example/back")));
        if (passes) host.World.FinishChallenge(waiting.Operation!.GatewayPaymentId!.Value.Value, true);
        time.SetUtcNow(waiting.Deadline!.Value.AddMinutes(1));

        await host.Service.RecoverAsync(cancellationToken: StripeHost.Token);

        Assert.Equal(passes ? OperationStatus.Succeeded : OperationStatus.Canceled, (await host.PayAsync("inv_1", "pm_card_threeDSecure2Required", back: new("https://shop.example/back"))).Operation!.Status);
    }

    [Theory]
    [InlineData("pm_1\r\nX: y")]
    [InlineData("../customers")]
    [InlineData("pm_1&amount=1")]
    public async Task AStrangeToken_LeadsNowhere(string token)
    {
        if (!PaymentToken.TryCreate(token, out var strange)) return;
        await using var host = await StripeHost.OpenAsync();

        await host.MustAsync<GatewayOutcome.Refused>(StripeHost.Charge() with { Token = strange });

        Assert.Empty(host.World.Movements);
        Assert.All(host.Server.Requests, r => Assert.Equal("/v1/payment_intents", r.Path));
    }

    [Fact]
    public void AMissingKey_IsSaidAtRegistration_AndNeverRepeated()
    {
        var builder = new ServiceCollection().AddInvoicePayments();

        Assert.Contains("sk_", Assert.Throws<ArgumentException>(() => builder.UseStripe(_ => { })).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", Assert.Throws<ArgumentException>(() => builder.UseStripe(o => o.ApiKey = "pk_hidden")).Message, StringComparison.Ordinal);
        Assert.Contains("https", Assert.Throws<ArgumentException>(() => builder.UseStripe(o => (o.ApiKey, o.BaseAddress) = ("sk_test_1", new("http://stripe.example/")))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk_test_hidden", "signing secret")]
    [InlineData("we_hidden", "signing secret")]
    [InlineData("whsec_hidden\n", "a blank or a line end")]
    [InlineData(" ", "empty")]
    public void WhatIsNoSigningSecret_IsSaidAtRegistration_AndNeverRepeated(string secret, string expected)
    {
        var builder = new ServiceCollection().AddInvoicePayments();

        var message = Assert.Throws<ArgumentException>(() => builder.UseStripe(o =>
        {
            o.ApiKey = "sk_test_1";
            o.WebhookSecrets.Add(secret);
        })).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", message, StringComparison.Ordinal);
    }
}

using System.Text.Json.Nodes;
using StripeDouble;

namespace InvoicePayments.Tests;

/// <summary>Methods on file: made, added to, paid with, kept with a payment, taken off.</summary>
public sealed class CustomerTests
{
    [Fact]
    public async Task ACustomerWhoIsKnown_GetsOneMoreMethod_AndIsChargedWithIt()
    {
        await using var host = await StripeHost.OpenAsync();
        var made = Assert.IsType<StripeCustomerResult.Made>(await host.Get<StripeCustomers>().CreateWithoutMethodAsync(TenantId.Default, StripeHost.Ada, "ada@example.com", StripeHost.Token));

        var first = Assert.IsType<StripeCustomerResult.Kept>(await host.Get<StripeCustomers>().AttachAsync(made.Customer, new("tok_visa"), StripeHost.Token));
        var second = Assert.IsType<StripeCustomerResult.Kept>(await host.Get<StripeCustomers>().AttachAsync(made.Customer, new("tok_mastercard"), StripeHost.Token));

        Assert.NotEqual(first.Token.Reveal(), second.Token.Reveal());
        Assert.Single(host.World.All("customer"));
        foreach (var kept in new[] { first, second })
            await host.MustAsync<GatewayOutcome.Succeeded>(StripeHost.Charge(kept.Token.Reveal()) with { Initiator = PaymentInitiator.Merchant });
    }

    [Fact]
    public async Task AMethodThatIsTakenOffTheFile_CannotBeChargedAnyMore_AndIsOffHoweverOftenThatIsSaid()
    {
        await using var host = await StripeHost.OpenAsync();
        var kept = Assert.IsType<StripeCustomerResult.Kept>(
            await host.Get<StripeCustomers>().CreateAsync(TenantId.Default, StripeHost.Ada, new PaymentToken("tok_visa"), cancellationToken: StripeHost.Token));

        for (var i = 0; i < 2; i++) Assert.IsType<StripeCustomerResult.Detached>(await host.Get<StripeCustomers>().DetachAsync(kept.Token, StripeHost.Token));
        Assert.IsType<StripeCustomerResult.Detached>(await host.Get<StripeCustomers>().DetachAsync(new("pm_nobody"), StripeHost.Token));

        await host.MustAsync<GatewayOutcome.Refused>(StripeHost.Charge(kept.Token.Reveal()));
        Assert.Empty(host.World.Movements);
    }

    [Fact]
    public async Task WhetherItIsOffTheFile_IsNotSaid_WhileStripeDoesNotSayIt()
    {
        await using var host = await StripeHost.OpenAsync();
        host.Server.Next(new Fault { FailBefore = 500 }.On("POST", "/detach"), new Fault { FailBefore = 500 }.On("GET", "/pm_1"));

        Assert.IsType<StripeCustomerResult.Failed>(await host.Get<StripeCustomers>().DetachAsync(StripeToken.OnFile("cus_1", "pm_1"), StripeHost.Token));
    }

    [Fact]
    public async Task AMethodIsKeptWithItsFirstPayment_AndChargedLaterWithoutThePayer()
    {
        await using var host = await StripeHost.OpenAsync();
        var made = Assert.IsType<StripeCustomerResult.Made>(await host.Get<StripeCustomers>().CreateWithoutMethodAsync(TenantId.Default, StripeHost.Ada, cancellationToken: StripeHost.Token));
        var method = await MethodOfTheFormAsync(host);

        await host.MustAsync<GatewayOutcome.Succeeded>(StripeHost.Charge(StripeToken.ToKeep(made.Customer, method).Reveal()));
        await host.MustAsync<GatewayOutcome.Succeeded>(StripeHost.Charge(StripeToken.OnFile(made.Customer, method).Reveal()) with { Initiator = PaymentInitiator.Merchant });

        Assert.Equal(made.Customer, host.World.All("payment_method").Single()["customer"]!.GetValue<string>());
        var sent = host.Server.Requests.Where(r => r.Path == "/v1/payment_intents").Select(r => Params.Parse(r.Form)).ToList();
        Assert.Equal(["off_session", null], sent.Select(form => form.Text("setup_future_usage")));
    }

    [Fact]
    public async Task WithoutThePayer_NothingIsKept()
    {
        await using var host = await StripeHost.OpenAsync();
        var made = Assert.IsType<StripeCustomerResult.Made>(await host.Get<StripeCustomers>().CreateWithoutMethodAsync(TenantId.Default, StripeHost.Ada, cancellationToken: StripeHost.Token));
        var method = await MethodOfTheFormAsync(host);

        await host.AskAsync(StripeHost.Charge(StripeToken.ToKeep(made.Customer, method).Reveal()) with { Initiator = PaymentInitiator.Merchant });

        Assert.Null(host.World.All("payment_method").Single()["customer"]);
    }

    [Theory]
    [InlineData("ada", "pm_1")]
    [InlineData("cus_1", "tok_visa")]
    [InlineData("cus_1", "pm_1/keep")]
    public void WhatIsNoCustomerOrNoMethod_IsNoToken_AndIsNotRepeated(string customer, string method)
    {
        foreach (var make in new[] { StripeToken.OnFile, StripeToken.ToKeep })
            Assert.Empty(Output.Leaks([Assert.Throws<ArgumentException>(() => make(customer, method)).Message.Replace("cus_.", "", StringComparison.Ordinal)]));
    }

    // As Stripe's form in a browser does it.
    private static async Task<string> MethodOfTheFormAsync(StripeHost host)
    {
        using var browser = new HttpClient { BaseAddress = host.Server.Address, DefaultRequestHeaders = { Authorization = new("Bearer", host.Server.ApiKey) } };
        using var form = new FormUrlEncodedContent([new("type", "card"), new("card[token]", "tok_visa")]);
        using var answer = await browser.PostAsync("v1/payment_methods", form, StripeHost.Token);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(StripeHost.Token))!["id"]!.GetValue<string>();
    }
}

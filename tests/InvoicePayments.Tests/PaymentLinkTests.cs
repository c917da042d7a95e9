using Microsoft.Extensions.DependencyInjection;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class PaymentLinkInMemoryTests() : PaymentLinkTests(StoreKind.InMemory);

public sealed class PaymentLinkOnSqliteTests() : PaymentLinkTests(StoreKind.Sqlite);

public sealed class PaymentLinkOnPostgreSqlTests() : PaymentLinkTests(StoreKind.PostgreSql);

/// <summary>A gateway makes a link, and the payer finishes on its page, as in Billingrails.</summary>
public abstract class PaymentLinkTests(StoreKind store) : EveryStore(store)
{
    private static readonly CreatePayment Create = new()
    {
        Key = "k1", Mode = PaymentMode.Online, Account = Ada, Reference = "PAY-REF-001", InvoiceId = Inv, Integration = Test,
    };

    [Fact]
    [Parity("BRL-05")]
    public async Task OnlineWithoutAMethod_TheAnswerHoldsALink_OnWhichThePayerPays()
    {
        await Host.IssueAsync();

        var waits = Assert.IsType<PaymentResult.ActionRequired>(await CreateAsync(Create));

        var url = Assert.IsType<PendingAction.PaymentLink>(waits.Action).Url;
        Assert.Contains($"\"payment_link\":\"{url.AbsoluteUri}\"", Vocabulary.Billingrails.Answer(waits), StringComparison.Ordinal);
        Assert.Equal(Host.Time.GetUtcNow().AddHours(24), waits.Deadline);
        Assert.Equal((Test, null), (waits.Payment!.Gateway, waits.Payment.PaymentMethod));
        Assert.True((await Host.InvoiceAsync()).Payable.IsZero);
        Assert.Equal(waits.Action, Assert.IsType<PaymentResult.ActionRequired>(await CreateAsync(Create)).Action);
        Assert.Single(Host.Gateway.Calls);

        var paid = await Host.HearAsync(waits.Operation!.Id, Host.Gateway.CompleteChallenge(waits.Operation.Reference));
        Assert.Equal(("succeeded", InvoiceStatus.Paid), (paid.Status, paid.Invoice!.Status));
        Assert.True((await CreateAsync(Create)).IsReplay);
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("BRL-05")]
    public async Task TheIntegrationChoosesTheGateway_AndOneThatMakesNoLinksIsRefused()
    {
        var host = Open(builder => builder.UseScriptedGateway().UseScriptedGateway("plain", o => o.Profile = o.Profile with { PaymentLinks = null })
            .UseScriptedGateway("links"));
        await host.IssueAsync();
        var links = host.Get<IServiceProvider>().GetRequiredKeyedService<ScriptedGateway>("links");

        Assert.Equal(Rejection.PaymentLinkUnavailable, RejectedAs(await host.Service.CreatePaymentAsync(Create with { Integration = new("plain") }, Token)));
        var unknown = Assert.IsType<PaymentResult.Rejected>(await host.Service.CreatePaymentAsync(Create with { Integration = new("nobody") }, Token));
        Assert.Equal((Rejection.GatewayNotRegistered, true), (unknown.Why, unknown.Detail.Contains("links, plain, test", StringComparison.Ordinal)));
        Assert.IsType<PaymentResult.ActionRequired>(await host.Service.CreatePaymentAsync(Create with { Integration = new("links") }, Token));
        Assert.Single(links.Calls);
        Assert.Empty(host.Gateway.Calls);
    }

    [Fact]
    [Parity("BRL-05")]
    public async Task BesideAMethodTheIntegrationIsTheMethodsOwn_AndThenTheMethodIsCharged()
    {
        var host = Open(builder => builder.UseScriptedGateway().UseScriptedGateway("other"));
        await host.IssueAsync();
        await host.SaveMethodAsync("pm_1");
        var both = Create with { PaymentMethod = new("pm_1") };

        Assert.Equal(Rejection.PaymentMethodAmbiguous, RejectedAs(await host.Service.CreatePaymentAsync(both with { Integration = new("other") }, Token)));
        Assert.Equal(Rejection.PaymentModeMismatch, RejectedAs(await host.Service.CreatePaymentAsync(Create with { Mode = PaymentMode.Offline }, Token)));
        Assert.Empty(host.Gateway.Calls);
        Assert.Equal("succeeded", (await host.Service.CreatePaymentAsync(both, Token)).Status);
    }

    [Fact]
    [Parity("BRL-05")]
    public async Task AnAnswerThatWasLost_IsFoundAgain_WithItsLink()
    {
        await Host.IssueAsync();
        Host.Gateway.Next(ScriptedBehaviour.LoseAnswerAfter());
        Assert.Equal("processing", (await CreateAsync(Create)).Status);

        Host.Time.Advance(TimeSpan.FromMinutes(10));
        await Host.Service.RecoverAsync(cancellationToken: Token);

        var waits = Assert.IsType<PaymentResult.ActionRequired>(await CreateAsync(Create));
        Assert.IsType<PendingAction.PaymentLink>(waits.Action);
        Assert.Single(Host.Gateway.Calls, c => c.Method == GatewayMethod.Execute);
    }

    [Theory]
    [Parity("BRL-05")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhenItsTimeIsOver_TheGatewayCallsItOff_AndWhoPaidInTheLastMomentHasPaid(bool pays)
    {
        var host = Open(builder => builder.UseScriptedGateway(configure: o => o.Profile = o.Profile with { PaymentLinkTime = TimeSpan.FromHours(2) }));
        await host.IssueAsync();
        var waits = Assert.IsType<PaymentResult.ActionRequired>(await host.Service.CreatePaymentAsync(Create, Token));
        Assert.Equal(host.Time.GetUtcNow().AddHours(2), waits.Deadline);

        host.Time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        Assert.Empty((await host.Service.RecoverAsync(cancellationToken: Token)).Results);
        if (pays) host.Gateway.CompleteChallenge(waits.Operation!.Reference);
        host.Time.Advance(TimeSpan.FromTicks(1));
        await host.Service.RecoverAsync(cancellationToken: Token);

        Assert.Single(host.Gateway.Calls, c => c.Method == GatewayMethod.Cancel);
        Assert.Equal(pays ? Eur(0) : Eur(1250), (await host.InvoiceAsync()).Payable);
        await host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("BRL-05")]
    public async Task WhateverCanBePaid_CanBePaidByLink_WithCreditBesideIt()
    {
        await GrantAsync("cg_1", 300, "k1");
        Assert.Equal(Eur(300), (await Host.Service.GetCreditAsync(Ada, Currency.EUR, cancellationToken: Token)).Available);

        await Host.IssueAsync();
        var pay = new PayInvoice { InvoiceId = Inv, Key = "k2", LinkAt = Test, ApplyBalance = true };
        var waits = Assert.IsType<PaymentResult.ActionRequired>(await Host.Service.PayAsync(pay, Token));
        Assert.Equal(Eur(950), waits.Payment!.Amount);
        await Host.HearAsync(waits.Operation!.Id, Host.Gateway.AbandonChallenge(waits.Operation.Reference));

        Assert.Equal(Eur(1250), (await Host.InvoiceAsync()).Payable);
        Assert.Equal(Eur(300), (await Host.Service.GetCreditAsync(Ada, Currency.EUR, cancellationToken: Token)).Available);
    }

    [Fact]
    public async Task ALinkForMoneyThatIsOnlyBlocked_OrBesideAMethod_IsRefused()
    {
        await Host.IssueAsync();
        var pay = new PayInvoice { InvoiceId = Inv, Key = "k1", LinkAt = Test };

        Assert.Equal(Rejection.PaymentLinkWithCaptureLater, RejectedAs(await Host.Service.PayAsync(pay with { CaptureLater = true }, Token)));
        Assert.Equal(Rejection.PaymentMethodAmbiguous, RejectedAs(await Host.Service.PayAsync(pay with { PaymentMethod = new("pm_1") }, Token)));
        Assert.Equal(Rejection.PaymentMethodAmbiguous, RejectedAs(await Host.Service.PayAsync(pay with { Gateway = Test, Token = ScriptedTokens.Visa }, Token)));
        Assert.Empty(Host.Gateway.Calls);

        Assert.IsType<PaymentResult.ActionRequired>(await Host.Service.PayAsync(pay, Token));
        Assert.Equal(Rejection.IdempotencyKeyReused, RejectedAs(await Host.PayAsync()));
    }

    private async Task GrantAsync(string id, long amount, string key)
    {
        await Host.Service.IssueAsync(new() { InvoiceId = new(id), Account = Ada, Total = Eur(amount), Kind = PayableKind.CreditGrant }, Token);
        var waits = Assert.IsType<PaymentResult.ActionRequired>(await CreateAsync(Create with { InvoiceId = null, CreditGrantId = new(id), Key = key }));
        await Host.HearAsync(waits.Operation!.Id, Host.Gateway.CompleteChallenge(waits.Operation.Reference));
    }

    private Task<PaymentResult> CreateAsync(CreatePayment command) => Host.Service.CreatePaymentAsync(command, Token);
}

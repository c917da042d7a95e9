using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class WhatMayBePaidInMemoryTests() : WhatMayBePaidTests(StoreKind.InMemory);

public sealed class WhatMayBePaidOnSqliteTests() : WhatMayBePaidTests(StoreKind.Sqlite);

public sealed class WhatMayBePaidOnPostgreSqlTests() : WhatMayBePaidTests(StoreKind.PostgreSql);

/// <summary>Which invoices are collected here, and with what.</summary>
public abstract class WhatMayBePaidTests(StoreKind store) : EveryStore(store)
{
    [Fact]
    [Parity("PEL-12")]
    public async Task WhatASubscriptionEngineCollects_IsNotPayableByHand_UnlessThePolicyAllowsIt_AndTheEngineItselfChargesIt()
    {
        await IssueAsync(Host, InvoiceCollector.SubscriptionEngine);
        Assert.Equal(Rejection.InvoiceCollectedBySubscription, RejectedAs(await Host.PayAsync("k1", Eur(1))));
        Assert.Empty(Host.Gateway.Calls);
        Assert.IsType<PaymentResult.Succeeded>(await PayAsMerchantAsync(Host));

        var allowing = OpenWith(new() { AllowPayingSubscriptionInvoices = true });
        await IssueAsync(allowing, InvoiceCollector.SubscriptionEngine);
        Assert.IsType<PaymentResult.Succeeded>(await allowing.PayAsync("k1"));
    }

    [Theory]
    [Parity("CBE-09")]
    [InlineData(InvoiceCollector.AppStore)]
    [InlineData(InvoiceCollector.PlayStore)]
    public async Task WhatAStoreCollects_IsRefusedWhoeverAsks_AndWhatTheStorePassedOnIsRecorded(InvoiceCollector store)
    {
        var host = OpenWith(new() { AllowPayingSubscriptionInvoices = true });
        await IssueAsync(host, store);

        Assert.Equal(Rejection.InvoiceCollectedByStore, RejectedAs(await host.PayAsync()));
        Assert.Equal(Rejection.InvoiceCollectedByStore, RejectedAs(await PayAsMerchantAsync(host)));
        Assert.Empty(host.Gateway.Calls);
        Assert.Equal(InvoiceStatus.Paid, (await host.CashAsync()).Invoice!.Status);
    }

    [Fact]
    [Parity("RAP-13")]
    public async Task OnlyInvoicesOfTypePaymentArePayable_APayoutIsRefused_ByCardAndByHand()
    {
        await Host.IssueAsync(details: new() { Type = InvoiceType.Payout });

        Assert.Equal(Rejection.InvoiceIsPayout, RejectedAs(await Host.PayAsync()));
        Assert.Equal(Rejection.InvoiceIsPayout, RejectedAs(await Host.CashAsync()));
        Assert.Empty(Host.Gateway.Calls);
        Assert.IsType<PaymentResult.Succeeded>(await Host.PayAsync(id: (await Host.IssueAsync(id: "inv_2", details: new() { Type = InvoiceType.Payment })).Id.Value));
    }

    [Fact]
    [Parity("RAP-03")]
    public async Task ATokenOfAMethodThatIsNotTokenizable_IsRejectedBeforeAnyGatewayIsAsked()
    {
        var gateway = new ScriptedGateway();
        var spy = new SpyGateway(gateway, gateway.Profile with { KindsWithoutTokens = ["cash_voucher"] });
        var host = Open(builder => builder.UseGateway("test", _ => spy));
        await host.IssueAsync();
        await host.Service.SavePaymentMethodAsync(Method("pm_1") with { IsTokenizable = false }, Token);
        await host.Service.SavePaymentMethodAsync(Method("pm_2") with { Kind = "Cash_Voucher" }, Token);
        var pay = new PayInvoice { InvoiceId = Inv, Key = "k1", Gateway = Test, Token = ScriptedTokens.Visa };

        Assert.Equal(Rejection.PaymentMethodNotTokenizable, RejectedAs(await host.PayWithAsync(new("pm_1"))));
        Assert.Equal(Rejection.PaymentMethodNotTokenizable, RejectedAs(await host.PayWithAsync(new("pm_2"))));
        Assert.Equal(Rejection.PaymentMethodNotTokenizable, RejectedAs(await host.Service.PayAsync(pay with { MethodKind = "cash_voucher" }, Token)));
        Assert.Empty(spy.Commands);
        Assert.IsType<PaymentResult.Succeeded>(await host.Service.PayAsync(pay with { MethodKind = "card" }, Token));
    }

    [Fact]
    [Parity("CBE-01")]
    public async Task WhatIsDueIsCollected_InPartsAndPastItsDueTimeToo_AndEveryOtherStateIsRefusedWithItsCode()
    {
        foreach (var id in new[] { "due", "paid", "void", "lost" }) await Host.IssueAsync(id: id);
        await Host.Service.IssueAsync(new() { InvoiceId = new("draft"), Account = Ada, Total = Eur(1250), AsDraft = true }, Token);
        await Host.Service.IssueAsync(new() { InvoiceId = new("late"), Account = Ada, Total = Eur(1250), DueAt = Host.Time.GetUtcNow().AddDays(-30) }, Token);
        await Host.PayAsync("k1", id: "paid");
        await Host.Service.VoidAsync(new() { InvoiceId = new("void") }, Token);
        await Host.Service.MarkUncollectibleAsync(new() { InvoiceId = new("lost") }, Token);

        Assert.Equal(InvoiceStatus.PartiallyPaid, (await CollectAsync("due", Eur(250))).Invoice!.Status);
        Assert.Equal(InvoiceStatus.Paid, (await CollectAsync("due")).Invoice!.Status);
        Assert.Equal(InvoiceStatus.Paid, (await CollectAsync("late")).Invoice!.Status);
        Assert.Equal(
            ["invoice_draft", "invoice_paid", "invoice_void", "invoice_uncollectible"],
            await Task.WhenAll(new[] { "draft", "paid", "void", "lost" }.Select(async id => RejectedAs(await CollectAsync(id)).Code)));

        Task<PaymentResult> CollectAsync(string id, Money? amount = null) => PayAsMerchantAsync(Host, id, amount);
    }

    [Theory]
    [Parity("CBE-08")]
    [InlineData(PaymentInitiator.Customer)]
    [InlineData(PaymentInitiator.Merchant)]
    public async Task WhoSetThePaymentOff_IsHandedToTheGateway_AndKept(PaymentInitiator initiator)
    {
        var (host, spy) = OpenSpied();
        await host.IssueAsync();

        var paid = await host.Service.PayAsync(
            new() { InvoiceId = Inv, Key = "k1", Gateway = Test, Token = ScriptedTokens.Visa, Initiator = initiator }, Token);

        Assert.Equal((initiator, initiator), (spy.Charge.Initiator, paid.Operation!.Initiator));
        Assert.Equal(Rejection.IdempotencyKeyReused, RejectedAs(await host.Service.PayAsync(
            new() { InvoiceId = Inv, Key = "k1", Gateway = Test, Token = ScriptedTokens.Visa, Initiator = 1 - initiator }, Token)));
    }

    [Fact]
    [Parity("CBE-12")]
    public async Task ACardThatWentThroughThreeDSecureHere_IsNotStoredByThisCall()
    {
        var (host, spy) = OpenSpied();
        await host.IssueAsync();
        await host.IssueAsync(id: "inv_2");

        var challenged = await host.PayAsync(token: ScriptedTokens.Challenge);
        Assert.True(spy.Charge.SingleUse);
        var paid = await host.HearAsync(challenged.Operation!.Id, host.Gateway.CompleteChallenge(challenged.Operation.Reference));

        Assert.IsType<PaymentResult.Succeeded>(paid);
        Assert.Null(paid.Payment!.PaymentMethod);
        Assert.Equal(Rejection.PaymentMethodMissing, RejectedAs(await host.Service.PayAsync(new() { InvoiceId = new("inv_2"), Key = "k2" }, Token)));
    }

    private static Task<Invoice> IssueAsync(PaymentHost host, InvoiceCollector collector) => host.IssueAsync(details: new() { CollectedBy = collector });

    private static Task<PaymentResult> PayAsMerchantAsync(PaymentHost host, string id = "inv_1", Money? amount = null) => host.Service.PayAsync(
        new()
        {
            InvoiceId = new(id), Key = $"{id}:{amount}", Amount = amount, Gateway = Test, Token = ScriptedTokens.Visa, Initiator = PaymentInitiator.Merchant,
        },
        Token);

    private static StoredPaymentMethod Method(string id) => new()
    {
        Tenant = TenantId.Default, Id = new(id), Account = Ada, Gateway = Test, Token = new("tok_visa"),
    };

    private (PaymentHost Host, SpyGateway Spy) OpenSpied()
    {
        SpyGateway? spy = null;
        var host = Open(builder => builder.UseGateway("test", services => spy = new((ScriptedGateway)services.GetService(typeof(ScriptedGateway))!)));
        return (host, spy!);
    }
}

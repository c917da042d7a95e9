using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class PaymentMethodInMemoryTests() : PaymentMethodTests(StoreKind.InMemory);

public sealed class PaymentMethodOnSqliteTests() : PaymentMethodTests(StoreKind.Sqlite);

public sealed class PaymentMethodOnPostgreSqlTests() : PaymentMethodTests(StoreKind.PostgreSql);

public abstract class PaymentMethodTests(StoreKind store) : EveryStore(store)
{
    [Fact]
    [Parity("RAP-01", "PEL-02", "CBE-06")]
    public async Task WhenAStoredMethodIsNamed_ItIsCharged()
    {
        await Host.IssueAsync();
        await Host.SaveMethodAsync("pm_1", isDefault: true, token: "tok_declined");
        await Host.SaveMethodAsync("pm_2");

        var paid = await Host.PayWithAsync(new("pm_2"));

        Assert.IsType<PaymentResult.Succeeded>(paid);
        Assert.Equal(new PaymentMethodId("pm_2"), paid.Payment!.PaymentMethod);
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("PEL-02")]
    public async Task WhenTheMethodIsSomebodyElsesOrUnknown_IsRejectedAlikeAndNoGatewayIsAsked()
    {
        await Host.IssueAsync();
        await Host.SaveMethodAsync("pm_bob", Bob);

        Assert.Equal(Rejection.PaymentMethodNotFound, RejectedAs(await Host.PayWithAsync(new("pm_bob"))));
        Assert.Equal(Rejection.PaymentMethodNotFound, RejectedAs(await Host.PayWithAsync(new("pm_nobody"))));
        Assert.Empty(Host.Gateway.Calls);
    }

    [Fact]
    [Parity("PEL-02")]
    public async Task WhenTheMethodCannotBeCharged_IsRejectedBeforeAnyGatewayIsAsked()
    {
        await Host.IssueAsync();
        await Host.SaveMethodAsync("pm_1", isChargeable: false);

        Assert.Equal(Rejection.PaymentMethodNotChargeable, RejectedAs(await Host.PayWithAsync(new("pm_1"))));
        Assert.Empty(Host.Gateway.Calls);
    }

    [Fact]
    [Parity("PEL-03")]
    public async Task GatewayAndToken_BelongTogether_AndNeverBesideAStoredMethod()
    {
        await Host.IssueAsync();
        await Host.SaveMethodAsync("pm_1", isDefault: true);
        var pay = new PayInvoice { InvoiceId = Inv, Key = "k1" };

        Assert.Equal(Rejection.PaymentMethodIncomplete, RejectedAs(await Host.Service.PayAsync(pay with { Gateway = Test }, Token)));
        Assert.Equal(Rejection.PaymentMethodIncomplete, RejectedAs(await Host.Service.PayAsync(pay with { Token = ScriptedTokens.Visa }, Token)));
        Assert.Equal(Rejection.PaymentMethodAmbiguous, RejectedAs(await Host.Service.PayAsync(
            pay with { Gateway = Test, Token = ScriptedTokens.Visa, PaymentMethod = new("pm_1") }, Token)));
        Assert.Empty(Host.Gateway.Calls);
        Assert.IsType<PaymentResult.Succeeded>(await Host.Service.PayAsync(pay with { Gateway = Test, Token = ScriptedTokens.Visa }, Token));
    }

    [Fact]
    [Parity("PEL-04", "CBE-10")]
    public async Task WhenNothingIsGivenAndThereIsNoDefault_IsRejectedAsMethodMissing()
    {
        await Host.IssueAsync();
        await Host.SaveMethodAsync("pm_1");

        Assert.Equal(Rejection.PaymentMethodMissing, RejectedAs(await Host.PayWithAsync(null)));
        Assert.Empty(Host.Gateway.Calls);
    }

    [Fact]
    [Parity("RAP-02")]
    public async Task WhenNoMethodIsNamed_TheDefaultIsUsed_AndThatOfTheInvoiceComesFirst()
    {
        await Host.SaveMethodAsync("pm_account", isDefault: true);
        await Host.SaveMethodAsync("pm_invoice");
        await Host.IssueAsync(id: "inv_1");
        await Host.IssueAsync(id: "inv_2", details: new() { DefaultPaymentMethod = new("pm_invoice") });

        Assert.Equal("pm_account", (await Host.PayWithAsync(null)).Payment!.PaymentMethod!.Value.Value);
        var second = await Host.Service.PayAsync(new() { InvoiceId = new("inv_2"), Key = "k2" }, Token);
        Assert.Equal("pm_invoice", second.Payment!.PaymentMethod!.Value.Value);
    }

    [Fact]
    [Parity("PEL-05")]
    public async Task GatewaysStandSideBySide_AndOneThatIsNotRegisteredIsRejectedWithThoseThatAre()
    {
        string[] names = ["stripe", "braintree", "vantiv", "tap", "cybersource"];
        var gateways = names.ToDictionary(n => n, _ => new ScriptedGateway());
        var host = Open(builder =>
        {
            foreach (var name in names) builder.UseGateway(name, _ => gateways[name]);
        });
        await host.IssueAsync(500);
        foreach (var name in names)
        {
            var paid = await host.Service.PayAsync(
                new() { InvoiceId = Inv, Key = name, Amount = Eur(100), Gateway = new(name), Token = ScriptedTokens.Visa }, Token);
            Assert.Equal(name, paid.Payment!.Gateway!.Value.Value);
            Assert.Single(gateways[name].Ledger.Entries);
        }

        await host.IssueAsync(100, "inv_2");
        var unknown = await host.Service.PayAsync(new() { InvoiceId = new("inv_2"), Key = "x", Gateway = new("paypal"), Token = ScriptedTokens.Visa }, Token);
        Assert.Equal(Rejection.GatewayNotRegistered, RejectedAs(unknown));
        Assert.Contains("braintree, cybersource, stripe, tap, test, vantiv", unknown.ErrorMessage!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhenTheIdOfAMethodBelongsToAnotherAccount_SavingIsRejected()
    {
        await Host.SaveMethodAsync("pm_1", Bob);
        var rejected = Assert.IsType<PaymentMethodResult.Rejected>(await Host.SaveMethodAsync("pm_1", Ada));
        Assert.Equal(Rejection.PaymentMethodTaken, rejected.Why);
    }

    [Theory]
    [Parity("CBE-06")]
    [InlineData(0)]
    [InlineData(41)]
    public void AMethodIdHasOneTo40Characters(int length)
    {
        Assert.Throws<ArgumentException>(() => new PaymentMethodId(new string('m', length)));
        Assert.Equal(40, new PaymentMethodId(new string('m', 40)).Value.Length);
    }
}

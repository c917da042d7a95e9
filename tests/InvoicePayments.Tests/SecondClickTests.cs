using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class SecondClickInMemoryTests() : SecondClickTests(StoreKind.InMemory);

public sealed class SecondClickOnSqliteTests() : SecondClickTests(StoreKind.Sqlite);

public sealed class SecondClickOnPostgreSqlTests() : SecondClickTests(StoreKind.PostgreSql);

public abstract class SecondClickTests(StoreKind store) : EveryStore(store)
{
    private static readonly PaymentPolicy Guarding = new() { DuplicateWindow = TimeSpan.FromMinutes(1) };

    private static readonly PayInvoice Pay = new() { InvoiceId = Inv, Key = "k1", Amount = Eur(100), Gateway = Test, Token = ScriptedTokens.Visa };

    [Fact]
    [Parity("BEY-13")]
    public async Task TheSameClickWithANewKey_IsRefusedInsideTheWindow_UnlessConfirmed()
    {
        var host = await IssuedAsync();
        var first = await host.Service.PayAsync(Pay, Token);

        var second = await host.Service.PayAsync(Pay with { Key = "k2", Token = new("tok_of_the_same_card") }, Token);
        Assert.Equal(Rejection.PossibleDuplicate, RejectedAs(second));
        Assert.Contains(first.Operation!.Id.Value, second.ErrorMessage!, StringComparison.Ordinal);
        Assert.True((await host.Service.PayAsync(Pay, Token)).IsReplay);
        Assert.Single(host.Gateway.Calls);

        Assert.IsType<PaymentResult.Succeeded>(await host.Service.PayAsync(Pay with { Key = "k2", ConfirmDuplicate = true }, Token));
        host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<PaymentResult.Succeeded>(await host.Service.PayAsync(Pay with { Key = "k3" }, Token));
        await host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("BEY-13")]
    public async Task AnotherAmountOrMethod_IsAnotherPayment()
    {
        var host = await IssuedAsync();
        await host.SaveMethodAsync("pm_1");
        await host.SaveMethodAsync("pm_2");
        var stored = Pay with { Gateway = null, Token = null };

        PaymentResult[] all =
        [
            await host.Service.PayAsync(Pay, Token),
            await host.Service.PayAsync(Pay with { Key = "k2", Amount = Eur(101) }, Token),
            await host.Service.PayAsync(stored with { Key = "k3", PaymentMethod = new("pm_1"), Amount = Eur(101) }, Token),
            await host.Service.PayAsync(stored with { Key = "k4", PaymentMethod = new("pm_2"), Amount = Eur(101) }, Token),
            await host.CashAsync("c1", Eur(101)),
        ];
        Assert.All(all, paid => Assert.IsType<PaymentResult.Succeeded>(paid));

        Assert.Equal(Rejection.PossibleDuplicate, RejectedAs(await host.CashAsync("c2", Eur(101))));
        Assert.IsType<PaymentResult.Succeeded>(await host.Service.RecordOfflinePaymentAsync(
            new() { InvoiceId = Inv, Key = "c2", Method = OfflineMethod.Cash, Amount = Eur(101), ConfirmDuplicate = true }, Token));
    }

    [Fact]
    [Parity("BEY-13")]
    public async Task AfterADecline_TheSameMayBeTriedAtOnce_AndWhileTheFirstIsUnderWayItMayNot()
    {
        var host = await IssuedAsync();
        await host.Service.PayAsync(Pay with { Token = ScriptedTokens.Declined }, Token);
        Assert.IsType<PaymentResult.ActionRequired>(await host.Service.PayAsync(Pay with { Key = "k2", Token = ScriptedTokens.Challenge }, Token));
        Assert.Equal(Rejection.PossibleDuplicate, RejectedAs(await host.Service.PayAsync(Pay with { Key = "k3" }, Token)));
    }

    [Fact]
    public async Task WithoutAWindow_OnlyTheKeyTells()
    {
        await Host.IssueAsync();
        await Host.Service.PayAsync(Pay, Token);
        Assert.IsType<PaymentResult.Succeeded>(await Host.Service.PayAsync(Pay with { Key = "k2" }, Token));
    }

    private async Task<PaymentHost> IssuedAsync()
    {
        var host = OpenWith(Guarding);
        await host.IssueAsync();
        return host;
    }
}

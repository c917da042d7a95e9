using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class ManyPaymentsInMemoryTests() : ManyPaymentsTests(StoreKind.InMemory);

public sealed class ManyPaymentsOnSqliteTests() : ManyPaymentsTests(StoreKind.Sqlite);

public sealed class ManyPaymentsOnPostgreSqlTests() : ManyPaymentsTests(StoreKind.PostgreSql);

public abstract class ManyPaymentsTests(StoreKind store) : EveryStore(store)
{
    [Fact]
    [Parity("CBE-02")]
    public async Task TheAmountIsOptional_AtLeastOneMinorUnit_AndLeftOutEverythingDue()
    {
        await Host.IssueAsync(1250);
        Assert.Equal(Rejection.AmountNotPositive, RejectedAs(await Host.PayAsync("k0", Eur(0))));
        Assert.Equal(Eur(1), (await Host.PayAsync("k1", Eur(1))).Payment!.Captured);
        Assert.Equal(Eur(1249), (await Host.PayAsync("k2")).Payment!.Captured);
    }

    [Fact]
    [Parity("RAP-09")]
    public async Task ASecondPaymentWhileOneIsPending_IsRefusedAsInProgress_ButAFreePartMayBePaid()
    {
        await Host.IssueAsync(1250);
        await Host.PayAsync("k1", Eur(1000), ScriptedTokens.Challenge);

        Assert.Equal(Rejection.PaymentInProgress, RejectedAs(await Host.PayAsync("k2")));
        Assert.Equal(Rejection.PaymentInProgress, RejectedAs(await Host.PayAsync("k3", Eur(251))));
        Assert.Equal(Rejection.PaymentInProgress, RejectedAs(await Host.CashAsync("c1")));
        Assert.IsType<PaymentResult.Succeeded>(await Host.PayAsync("k4", Eur(250)));
    }

    [Fact]
    [Parity("RAP-09")]
    public async Task ByPolicy_ASecondPaymentIsAdmittedUpToWhatIsPayable_OrNothingIs()
    {
        var admitting = OpenWith(new() { PendingPayments = PendingPaymentRule.AdmitWhatIsPayable });
        await admitting.IssueAsync(1250);
        await admitting.PayAsync("k1", Eur(1000), ScriptedTokens.Challenge);
        Assert.Equal(Eur(250), (await admitting.PayAsync("k2")).Payment!.Captured);

        var strict = OpenWith(new() { PendingPayments = PendingPaymentRule.RefuseEverything });
        await strict.IssueAsync(1250);
        await strict.PayAsync("k1", Eur(1000), ScriptedTokens.Challenge);
        Assert.Equal(Rejection.PaymentInProgress, RejectedAs(await strict.PayAsync("k2", Eur(250))));
    }

    [Fact]
    [Parity("PEL-11")]
    public async Task TwoTenantsWithTheSameInvoiceIdAndTheSameKey_NeverMeet()
    {
        TenantId north = new("north"), south = new("south");
        await Host.IssueAsync(1250, tenant: north);
        await Host.IssueAsync(700, tenant: south);
        var pay = new PayInvoice { InvoiceId = Inv, Key = "same", Gateway = Test, Token = ScriptedTokens.Visa };

        var first = await Host.Service.PayAsync(pay with { Tenant = north }, Token);
        var second = await Host.Service.PayAsync(pay with { Tenant = south }, Token);

        Assert.False(second.IsReplay);
        Assert.Equal((Eur(1250), Eur(700)), (first.Payment!.Captured, second.Payment!.Captured));
        Assert.Equal(2, Host.Gateway.Ledger.Entries.Select(e => e.Reference).Distinct().Count());
        Assert.Equal(Rejection.InvoiceNotFound, RejectedAs(await Host.Service.PayAsync(pay, Token)));
        Assert.Equal(Rejection.PaymentNotFound, RejectedAs(await Host.Service.RefundAsync(
            new() { Tenant = south, PaymentId = first.Payment.Id, Key = "r" }, Token)));
        Assert.Single((await Host.Service.ListOperationsAsync(Inv, tenant: south, cancellationToken: Token)).Items);
    }

    [Fact]
    [Parity("RAP-07", "STX-04")]
    public async Task EveryMoneyOperation_HasAKeyThatIsComparedWithAmountAndCurrency_AndARejectedOneIsNotRemembered()
    {
        await Host.IssueAsync(1250);
        Assert.Equal(Rejection.AmountExceedsPayable, RejectedAs(await Host.PayAsync("k1", Eur(1251))));
        var payment = (await Host.PayAsync("k1", Eur(1000))).Payment!.Id;
        Assert.Equal(Rejection.IdempotencyKeyReused, RejectedAs(await Host.PayAsync("k1", Money.Parse("USD 10.00", null))));

        await Host.CashAsync("c1", Eur(100));
        Assert.Equal(Rejection.IdempotencyKeyReused, RejectedAs(await Host.CashAsync("c1", Eur(101))));
        Assert.Equal(Rejection.IdempotencyKeyReused, RejectedAs(await Host.CashAsync("k1", Eur(1000))));
        Assert.True((await Host.CashAsync("c1", Eur(100))).IsReplay);

        Assert.Equal(Rejection.AmountExceedsRefundable, RejectedAs(await Host.RefundAsync(payment, "r1", Eur(1001))));
        await Host.RefundAsync(payment, "r1", Eur(10));
        Assert.Equal(Rejection.IdempotencyKeyReused, RejectedAs(await Host.RefundAsync(payment, "r1", Eur(11))));
        Assert.Equal(Eur(990), Host.Gateway.Ledger.Total(Currency.EUR));
    }

    [Fact]
    [Parity("STX-10")]
    public async Task PaymentsRefundsAndOfflineRecords_AreListedTogetherUnderTheirInvoice_OldestFirst_InPages()
    {
        await Host.IssueAsync(1250);
        var payment = (await Host.PayAsync("k1", Eur(1000))).Payment!.Id;
        await Host.CashAsync("c1", Eur(250));
        await Host.RefundAsync(payment, "r1", Eur(10));
        await Host.PayAsync("other", id: (await Host.IssueAsync(1, "inv_2")).Id.Value);

        var first = await Host.Service.ListOperationsAsync(Inv, limit: 2, cancellationToken: Token);
        var last = await Host.Service.ListOperationsAsync(Inv, first.Next, 2, cancellationToken: Token);

        Assert.Equal([OperationKind.Charge, OperationKind.Offline], first.Items.Select(o => o.Kind));
        Assert.Equal(OperationKind.Refund, Assert.Single(last.Items).Kind);
        Assert.Null(last.Next);
    }

    [Fact]
    [Parity("CBE-07")]
    public async Task AComment_IsKeptForInternalEyes_AndInNoFactAndNoRequestToTheGateway()
    {
        const string secret = "called twice, was rude";
        await Host.IssueAsync(1250);
        GatewayCommand? sent = null;
        var spy = new Spy(Host.Gateway, command => sent = command);
        var host = Open(builder => builder.UseGateway("test", _ => spy));
        await host.IssueAsync(1250);
        var paid = await host.Service.PayAsync(new() { InvoiceId = Inv, Key = "k1", Gateway = Test, Token = ScriptedTokens.Visa, Comment = secret }, Token);
        var facts = await host.Service.ListFactsAsync(Inv, cancellationToken: Token);

        Assert.Equal(secret, paid.Operation!.Comment);
        Assert.DoesNotContain(secret, System.Text.Json.JsonSerializer.Serialize(facts.Items), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, System.Text.Json.JsonSerializer.Serialize(sent), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, paid.Payment!.ToString(), StringComparison.Ordinal);
        Assert.Equal(Rejection.TextInvalid, RejectedAs(await host.Service.PayAsync(
            new() { InvoiceId = Inv, Key = "k2", Gateway = Test, Token = ScriptedTokens.Visa, Comment = new string('c', 301) }, Token)));
    }

    private sealed class Spy(IPaymentGateway inner, Action<GatewayCommand> see) : IPaymentGateway
    {
        public GatewayProfile Profile => inner.Profile;

        public Task<GatewayOutcome> ExecuteAsync(GatewayCommand command, CancellationToken cancellationToken)
        {
            see(command);
            return inner.ExecuteAsync(command, cancellationToken);
        }

        public Task<GatewayResolution> ResolveAsync(OperationTrace trace, CancellationToken cancellationToken) => inner.ResolveAsync(trace, cancellationToken);
    }
}

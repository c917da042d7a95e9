using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class OutcomeInMemoryTests() : OutcomeTests(StoreKind.InMemory);

public sealed class OutcomeOnSqliteTests() : OutcomeTests(StoreKind.Sqlite);

public sealed class OutcomeOnPostgreSqlTests() : OutcomeTests(StoreKind.PostgreSql);

public abstract class OutcomeTests(StoreKind store) : EveryStore(store)
{
    [Fact]
    [Parity("BEY-06")]
    public async Task AWebhookThatComesTwiceOrLate_ChangesNothingMore()
    {
        await Host.IssueAsync();
        var paid = await Host.PayAsync();
        var news = new GatewayOutcome.Succeeded(paid.Operation!.GatewayPaymentId!.Value, Eur(1250));

        var first = await Host.HearAsync(paid.Operation.Id, news);
        var late = await Host.HearAsync(paid.Operation.Id, new GatewayOutcome.Processing(paid.Operation.GatewayPaymentId));

        Assert.True(first.IsReplay && late.IsReplay);
        Assert.Equal(paid.Invoice!.Version, late.Invoice!.Version);
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("BEY-06")]
    public async Task AWebhookBeforeTheAnswer_SettlesTheInvoice_AndTheAnswerAddsNothing()
    {
        await Host.IssueAsync();
        Host.Gateway.Intercept = async point =>
        {
            if (point != "execute:after") return;
            Host.Gateway.Intercept = null;
            foreach (var news in Host.Gateway.DrainNotifications()) await Host.HearAsync(new(news.Reference.Value), news.Outcome);
            Assert.Equal(InvoiceStatus.Paid, (await Host.InvoiceAsync()).Status);
        };

        var paid = await Host.PayAsync();

        Assert.IsType<PaymentResult.Succeeded>(paid);
        Assert.Equal(Eur(1250), (await Host.InvoiceAsync()).Settled);
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("BEY-06")]
    public async Task AWebhookForAnUnknownReference_IsKept_AndTheSameNewsOnce()
    {
        await Host.IssueAsync();
        var news = new GatewayOutcome.Succeeded(new("ch_1"), Eur(1250));

        for (var i = 0; i < 2; i++) Assert.Equal(Rejection.OperationNotFound, RejectedAs(await Host.HearAsync(new("0123456789abcdefghjkmnpqrs"), news)));

        var parked = await Host.Get<IInvoicePaymentQueries>().ListParkedAsync(TenantId.Default, 10, Token);
        Assert.Equal(news, Assert.Single(parked).Outcome);
        Assert.Equal(Eur(1250), (await Host.InvoiceAsync()).Payable);
    }

    [Fact]
    [Parity("BEY-06")]
    public async Task WhenTheOperationTurnsUpAfterItsNews_TheNewsCountsAndNobodyIsChargedAgain()
    {
        // As after a restored backup: the gateway knows the operation, and the books do not. It would move the money again if it were asked.
        var host = WithoutGuarantee();
        await host.IssueAsync();
        var id = IdempotencyGuard.OperationOf(TenantId.Default, IdempotencyScope.Tenant, null, new("k1"));
        var charge = new GatewayCommand.Charge
        {
            Tenant = TenantId.Default, Gateway = Test, Reference = new(id.Value), Amount = Eur(1250), Token = ScriptedTokens.Visa, Account = Ada,
        };
        var moved = await host.Gateway.ExecuteAsync(charge, Token);
        await host.HearAsync(id, moved);

        var paid = await host.PayAsync("k1");

        Assert.IsType<PaymentResult.Succeeded>(paid);
        Assert.Single(host.Gateway.Ledger.Entries);
        await host.BooksAgreeAsync();
    }

    [Theory]
    [Parity("BEY-07")]
    [InlineData("EUR 12.49")]
    [InlineData("EUR 12.51")]
    [InlineData("USD 12.50")]
    public async Task AnotherAmountOrCurrencyThanAsked_IsShownToAPersonAndIsNoSuccess(string reported)
    {
        await Host.IssueAsync();
        Host.Gateway.Next(ScriptedBehaviour.ReportWrongAmount(Money.Parse(reported, null)));

        var answer = await Host.PayAsync();

        Assert.IsType<PaymentResult.Processing>(answer);
        Assert.Equal(OperationStatus.NeedsAttention, answer.Operation!.Status);
        Assert.Equal("amount_differs", answer.ErrorCode);
        Assert.Equal(Money.Parse(reported, null), Assert.Single(answer.Payment!.Discrepancies).Reported);
        var invoice = await Host.InvoiceAsync();
        Assert.True(invoice.Settled.IsZero && invoice.Payable.IsZero);
        Assert.True(invoice.Flags.HasFlag(InvoiceFlags.NeedsAttention));
    }

    [Fact]
    public async Task APartialApproval_SettlesWhatMoved_AndTheRestStaysDue()
    {
        await Host.IssueAsync();
        var paid = await Host.PayAsync(token: ScriptedTokens.Partial);

        Assert.IsType<PaymentResult.Succeeded>(paid);
        Assert.Equal((Eur(625), Eur(625)), (paid.Invoice!.Settled, paid.Invoice.Payable));
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("BEY-05")]
    public async Task WhenTheAnswerIsLost_RecoveryFindsItAgain_AndWhenNothingArrivedItAsksOnceMore()
    {
        await Host.IssueAsync(id: "inv_1");
        await Host.IssueAsync(id: "inv_2");
        await Host.PayAsync("k1", token: ScriptedTokens.LostAfter);
        await Host.PayAsync("k2", token: ScriptedTokens.LostBefore, id: "inv_2");
        Assert.Empty((await Host.Service.RecoverAsync(cancellationToken: Token)).Results);

        Host.Time.Advance(TimeSpan.FromMinutes(5));
        Host.Gateway.Next(ScriptedBehaviour.Succeed());
        var report = await Host.Service.RecoverAsync(cancellationToken: Token);

        Assert.Equal((2, 2), (report.LookedAt, report.Finished));
        Assert.All(report.Results, r => Assert.IsType<PaymentResult.Succeeded>(r));
        Assert.Equal(2, Host.Gateway.Ledger.Entries.Count);
        Assert.Equal(InvoiceStatus.Paid, (await Host.InvoiceAsync("inv_2")).Status);
    }

    [Fact]
    [Parity("BEY-05")]
    public async Task WithoutAGuarantee_NothingIsEverAskedTwice()
    {
        var host = WithoutGuarantee();
        await host.IssueAsync();
        await host.PayAsync("k1", token: ScriptedTokens.LostBefore);

        for (var i = 0; i < 12; i++)
        {
            host.Time.Advance(i == 0 ? TimeSpan.FromMinutes(5) : TimeSpan.FromHours(30));
            await host.Service.RecoverAsync(cancellationToken: Token);
        }

        Assert.Single(host.Gateway.Calls, c => c.Method == GatewayMethod.Execute);
        var failed = Assert.IsType<PaymentResult.Failed>(await host.PayAsync("k1", token: ScriptedTokens.LostBefore));
        Assert.Equal("never_happened", failed.ErrorCode);
        Assert.Equal(Eur(1250), failed.Invoice!.Payable);
    }

    private PaymentHost WithoutGuarantee() => Open(builder => Microsoft.Extensions.DependencyInjection.TestingServiceCollectionExtensions.UseScriptedGateway(
        builder, configure: o => o.Profile = ScriptedGatewayOptions.ProfileOf(DuplicateRule.None)));
}

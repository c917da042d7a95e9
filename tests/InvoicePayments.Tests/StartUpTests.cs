using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class StartUpTests
{
    [Fact]
    public async Task WithoutAStore_TheHostDoesNotStart_AndTheMessageNamesTheCallToAdd() =>
        Assert.Contains("No payment store: call UseSqlite", await StartAsync(s => s.AddInvoicePayments().UseScriptedGateway()), StringComparison.Ordinal);

    [Fact]
    public async Task WithoutAGateway_TheHostDoesNotStart_AndTheMessageNamesTheCallToAdd()
    {
        Assert.Contains("No payment gateway: call UseGateway<T>(name)", await StartAsync(s => s.AddInvoicePayments().UseInMemoryStore()), StringComparison.Ordinal);
        Assert.Equal("", await StartAsync(s => s.AddInvoicePayments(o => o.OfflineOnly = true).UseInMemoryStore()));
    }

    [Fact]
    public void EachGroupOfVerbs_CanBeAskedForAlone()
    {
        var services = new ServiceCollection();
        services.AddInvoicePayments().UseInMemoryStore().UseScriptedGateway();
        using var provider = services.BuildServiceProvider();

        foreach (var group in new[] { typeof(IPayInvoices), typeof(IManageInvoices), typeof(IOperatePayments), typeof(ICollectInvoices) })
            Assert.IsAssignableFrom<IInvoicePaymentService>(provider.GetRequiredService(group));
    }

    [Theory]
    [MemberData(nameof(BadOptions))]
    public async Task AnOptionOutOfRange_IsNamedAtStartUp(string name, Action<InvoicePaymentsOptions> configure) => Assert.Contains(
        name, await StartAsync(s => s.AddInvoicePayments(configure).UseInMemoryStore().UseScriptedGateway()), StringComparison.Ordinal);

    public static TheoryData<string, Action<InvoicePaymentsOptions>> BadOptions { get; } = new()
    {
        { "ConflictLimit", o => o.ConflictLimit = 0 },
        { "Policy is null", o => o.Policy = null! },
        { "RecoverySchedule", o => o.Policy = new() { RecoverySchedule = [] } },
        { "RecoverySchedule", o => o.Policy = new() { RecoverySchedule = [TimeSpan.Zero] } },
        { "ActionDeadline", o => o.Policy = new() { ActionDeadline = TimeSpan.Zero } },
        { "ResumeWithin", o => o.Policy = new() { ResumeWithin = TimeSpan.FromSeconds(-1) } },
        { "DuplicateWindow", o => o.Policy = new() { DuplicateWindow = TimeSpan.FromSeconds(-1) } },
        { "ClockTolerance", o => o.Policy = new() { ClockTolerance = TimeSpan.FromHours(2) } },
        { "Dunning.RetrySchedule", o => o.Policy = new() { Dunning = new() { RetrySchedule = [TimeSpan.Zero] } } },
        { "Dunning.RetrySchedule", o => o.Policy = new() { Dunning = new() { RetrySchedule = [.. Enumerable.Repeat(TimeSpan.FromDays(1), 16)] } } },
        { "Dunning.GiveUpAfter", o => o.Policy = new() { Dunning = new() { GiveUpAfter = TimeSpan.FromDays(-1) } } },
        { "PendingPayments", o => o.Policy = new() { PendingPayments = (PendingPaymentRule)9 } },
        { "KeyScope", o => o.Policy = new() { KeyScope = (IdempotencyScope)9 } },
        { "Timeout", o => o.Gateway.Timeout = TimeSpan.Zero },
        { "Resends", o => o.Gateway.Resends = 6 },
        { "ResendDelay", o => o.Gateway.ResendDelay = TimeSpan.FromSeconds(-1) },
        { "BreakerFailureRatio", o => o.Gateway.BreakerFailureRatio = double.NaN },
        { "BreakerMinimumCalls", o => o.Gateway.BreakerMinimumCalls = 1 },
        { "BreakerWindow", o => o.Gateway.BreakerWindow = TimeSpan.Zero },
        { "BreakerPause", o => o.Gateway.BreakerPause = TimeSpan.FromDays(1) },
        { "Patience", o => o.Gateway.Pipeline = Polly.ResiliencePipeline<GatewayOutcome>.Empty },
        { "Patience", o => o.Gateway.Patience = TimeSpan.FromSeconds(1) },
    };

    [Fact]
    public void WithoutAHost_TheFirstUseSaysWhatIsMissing()
    {
        var services = new ServiceCollection();
        services.AddInvoicePayments();
        using var provider = services.BuildServiceProvider();

        var missing = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IInvoicePaymentService>);
        Assert.Equal(2, missing.Failures.Count());
    }

    [Fact]
    public async Task AStoreOfAHostsOwnScope_LivesAsLongAsTheScope()
    {
        var books = new InMemoryPaymentStore();
        var services = new ServiceCollection();
        services.AddInvoicePaymentsTesting().UseStore<ScopedStore>(ServiceLifetime.Scoped).Services.AddSingleton(books);
        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        for (var i = 0; i < 2; i++)
        {
            await using var scope = provider.CreateAsyncScope();
            var service = scope.ServiceProvider.GetRequiredService<IInvoicePaymentService>();
            await service.IssueAsync(new() { InvoiceId = Inv, Account = Ada, Total = Eur(1250) }, Token);
            var paid = await service.PayAsync(new() { InvoiceId = Inv, Key = "k1", Gateway = Test, Token = ScriptedTokens.Visa }, Token);
            Assert.Equal(i == 1, Assert.IsType<PaymentResult.Succeeded>(paid).IsReplay);
        }

        Assert.Single(books.Payments);
    }

    [Fact]
    public async Task ADisposedService_SaysSo_AndLeavesTheBooksAsTheyWere()
    {
        var store = new InMemoryPaymentStore();
        var host = InMemory(b => b.UseStore(_ => store));
        await host.IssueAsync();
        await host.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => host.PayAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => host.IssueAsync(id: "inv_2"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => host.InvoiceAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => host.Service.RecoverAsync(cancellationToken: Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => host.Service.ListFactsAsync(Inv, cancellationToken: Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => host.SaveMethodAsync("pm_1"));
        Assert.Single(store.Invoices);
        Assert.Empty(store.Operations);
    }

    [Fact]
    public async Task ADisposedServiceOnSqlite_SaysSo()
    {
        var host = OnSqlite();
        await host.IssueAsync();
        await host.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => host.PayAsync());
    }

    [Fact]
    public async Task AStoreWithoutAPort_IsNamedWhenThePortIsNeeded()
    {
        await using var host = InMemory(b => b.UseStore(p => new ScopedStore(new InMemoryPaymentStore())));
        var missing = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Service.RecoverAsync(cancellationToken: Token));
        Assert.Contains("ScopedStore does not implement IDueOperations", missing.Message, StringComparison.Ordinal);
    }

    private static async Task<string> StartAsync(Action<IServiceCollection> configure)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        configure(builder.Services);
        using var host = builder.Build();
        try
        {
            await host.StartAsync(Token);
            await host.StopAsync(Token);
            return "";
        }
        catch (OptionsValidationException missing)
        {
            return missing.Message;
        }
    }

    private sealed class ScopedStore(InMemoryPaymentStore books) : IInvoicePaymentStore
    {
        public ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken) => books.LoadAsync(request, cancellationToken);

        public ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken) => books.CommitAsync(changes, cancellationToken);
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class BackgroundWorkInMemoryTests() : BackgroundWorkTests(StoreKind.InMemory);

public sealed class BackgroundWorkOnSqliteTests() : BackgroundWorkTests(StoreKind.Sqlite);

public sealed class BackgroundWorkOnPostgreSqlTests() : BackgroundWorkTests(StoreKind.PostgreSql);

/// <summary>The work beside requests, round by round and in loops.</summary>
public abstract class BackgroundWorkTests(StoreKind store) : EveryStore(store)
{
    private readonly Publisher _publisher = new();

    [Fact]
    public async Task OneRound_RecoversCollectsDeliversAndPurges()
    {
        var host = OpenWorking();
        await host.IssueAsync(1250);
        await host.PayAsync(token: ScriptedTokens.LostAfter);
        await host.SaveMethodAsync("pm_1", isDefault: true);
        await host.Service.IssueAsync(new() { InvoiceId = new("inv_due"), Account = Ada, Total = Eur(500), DueAt = host.Time.GetUtcNow() }, Token);
        host.Time.Advance(TimeSpan.FromMinutes(10));

        var report = await host.Get<IBackgroundWork>().RunOnceAsync(Token);

        Assert.True(report.AllWell);
        Assert.Equal([WorkKind.Recover, WorkKind.Collect, WorkKind.Deliver, WorkKind.Purge], report.Results.Select(r => r.Kind));
        Assert.Equal(InvoiceStatus.Paid, (await host.InvoiceAsync()).Status);
        Assert.Equal(InvoiceStatus.Paid, (await host.InvoiceAsync("inv_due")).Status);
        Assert.Contains(_publisher.Taken, m => m.Fact is InvoiceEvent.Paid && m.Fact.Invoice == Inv);
        Assert.Equal(0, report.Results[^1].Items);

        host.Time.Advance(TimeSpan.FromDays(8));
        var later = await host.Get<IBackgroundWork>().RunOnceAsync(Token);
        Assert.Equal([0, 0, 0, 2], later.Results.Select(r => r.Items));
        Assert.Equal(Eur(1750), host.Gateway.Ledger.Total(Currency.EUR));
    }

    [Fact]
    public async Task WhatFails_IsReported_AndKeepsNoOtherKindFromBeingDone()
    {
        var host = OpenWorking(services => services.Replace(ServiceDescriptor.Singleton<IDueOperations>(new Failing())));
        await host.IssueAsync();

        var report = await host.Get<IBackgroundWork>().RunOnceAsync(Token);

        Assert.False(report.AllWell);
        Assert.IsType<PaymentStoreException>(report.Results[0].Failure);
        Assert.All(report.Results.Skip(1), r => Assert.Null(r.Failure));
        Assert.Single(_publisher.Taken);
    }

    [Fact]
    public async Task TheLoops_FinishWhatWasLost_AndDeliverIt_WithoutAnybodyAsking()
    {
        var host = OpenWorking();
        await host.IssueAsync();
        await host.PayAsync(token: ScriptedTokens.LostAfter);
        await StartAsync(host);

        await UntilAsync(host, () => _publisher.Taken.Any(m => m.Fact is InvoiceEvent.Paid));

        await StopAsync(host);
        Assert.Equal([1L, 2, 3, 4, 5], _publisher.Taken.Where(m => m.Fact.Invoice == Inv).Select(m => m.Fact.Sequence));
        await host.BooksAgreeAsync();
    }

    [Fact]
    public async Task StoppedWhileTheGatewayIsAsked_TheHostWaitsForTheAnswer_AndKeepsIt()
    {
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        var host = OpenWorking();
        await host.IssueAsync();
        var lost = await host.PayAsync(token: ScriptedTokens.LostAfter);
        host.Gateway.Intercept = async point =>
        {
            if (point != "resolve:before") return;
            asked.TrySetResult();
            await answer.Task;
        };
        host.Time.Advance(TimeSpan.FromMinutes(2));
        await StartAsync(host);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);

        var stopping = StopAsync(host);
        await Task.Delay(100, Token);
        Assert.False(stopping.IsCompleted);
        answer.SetResult();
        await stopping.WaitAsync(TimeSpan.FromSeconds(30), Token);

        var kept = (await host.Service.ListOperationsAsync(Inv, cancellationToken: Token)).Items.Single(o => o.Id == lost.Operation!.Id);
        Assert.Equal(OperationStatus.Succeeded, kept.Status);
    }

    [Fact]
    public async Task TwoLoopsSideBySide_DoEverythingOnce()
    {
        var host = OpenWorking(services => services.AddSingleton<IHostedService>(s => new BackgroundWorkService(s.GetRequiredService<DueWork>())));
        Assert.Equal(2, host.Get<IEnumerable<IHostedService>>().Count());
        for (var i = 0; i < 20; i++)
        {
            await host.IssueAsync(1250, $"inv_{i}");
            host.Gateway.Next(i % 2 == 0 ? ScriptedBehaviour.LoseAnswerAfter() : ScriptedBehaviour.LoseAnswerBefore());
            await host.PayAsync($"k{i}", id: $"inv_{i}");
        }

        await StartAsync(host);
        await UntilAsync(host, () => _publisher.Taken.Count(m => m.Fact is InvoiceEvent.Paid) == 20);
        await StopAsync(host);

        Assert.Equal(Eur(25_000), host.Gateway.Ledger.Total(Currency.EUR));
        for (var i = 0; i < 20; i++)
        {
            var seen = _publisher.Taken.Where(m => m.Fact.Invoice.Value == $"inv_{i}").Select(m => m.Fact.Sequence).ToList();
            Assert.Equal([.. Enumerable.Range(1, seen.Count).Select(n => (long)n)], seen);
        }
    }

    [Fact]
    public async Task AnOperationWhoseRecordIsDamaged_KeepsNoOtherWaiting()
    {
        var host = OpenWorking(services => services.Replace(ServiceDescriptor.Singleton<IDueOperations>(
            s => new WithStranger((IDueOperations)s.GetRequiredService<IInvoicePaymentQueries>()))), parallelism: 4);
        await host.IssueAsync();
        await host.PayAsync(token: ScriptedTokens.LostAfter);
        host.Time.Advance(TimeSpan.FromMinutes(2));

        var report = await host.Service.RecoverAsync(cancellationToken: Token);
        Assert.Equal((2, 0), (report.LookedAt, report.Failures.Count));
        Assert.Equal(InvoiceStatus.Paid, (await host.InvoiceAsync()).Status);
    }

    private PaymentHost OpenWorking(Action<IServiceCollection>? services = null, int parallelism = 2) => Open(builder =>
    {
        builder.UseEventPublisher(_ => _publisher).UseBackgroundWork(o => (o.Jitter, o.Parallelism, o.CollectFor) = (0, parallelism, [TenantId.Default]));
        services?.Invoke(builder.Services);
    });

    private static async Task StartAsync(PaymentHost host)
    {
        foreach (var service in host.Get<IEnumerable<IHostedService>>()) await service.StartAsync(Token);
    }

    private static Task StopAsync(PaymentHost host) =>
        Task.WhenAll(host.Get<IEnumerable<IHostedService>>().Select(s => s.StopAsync(CancellationToken.None)));

    // The clock is moved on while the loops do their work, and not so fast that nobody could keep a lease.
    private static async Task UntilAsync(PaymentHost host, Func<bool> isSo)
    {
        for (var i = 0; i < 2_000; i++)
        {
            if (isSo()) return;
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(25, Token);
        }

        Assert.Fail("It did not come so far.");
    }

    private sealed class Failing : IDueOperations
    {
        public ValueTask<IReadOnlyList<OperationAddress>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
            throw new PaymentStoreException("down");
    }

    private sealed class WithStranger(IDueOperations inner) : IDueOperations
    {
        public async ValueTask<IReadOnlyList<OperationAddress>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
            [new(TenantId.Default, new("nobodyknowsthisone")), .. await inner.ListDueAsync(now, limit, cancellationToken)];
    }

    private sealed class Publisher : IEventPublisher
    {
        public ConcurrentQueue<OutboxMessage> Taken { get; } = new();

        public ValueTask PublishAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            Taken.Enqueue(message);
            return default;
        }
    }
}

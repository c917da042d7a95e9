using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

/// <summary>When the loops come again, and how a host begins and ends them.</summary>
public sealed class WorkLoopTests
{
    [Fact]
    public async Task WhileTheStoreFails_ARoundComesLessAndLessOften_UpToTheLongestPause()
    {
        var (time, due) = (new Waits(stopAfter: 7), new Due { Fails = _ => true });
        await using var provider = Provider(time, due);
        await RunAsync(provider, time);

        Assert.Equal([5, 10, 20, 40, 60, 60, 60], time.Seconds);
        Assert.Equal(7, due.Calls);
    }

    [Fact]
    public async Task OnceItGoesThroughAgain_TheUsualPauseCounts_AndFailuresAreCountedAnew()
    {
        var (time, due) = (new Waits(stopAfter: 6), new Due { Fails = call => call is 1 or 2 or 4 });
        await using var provider = Provider(time, due);
        await RunAsync(provider, time);

        Assert.Equal([5, 10, 5, 5, 5, 5], time.Seconds);
    }

    [Fact]
    public async Task WhileThereIsMore_NobodyWaits()
    {
        var (time, due) = (new Waits(stopAfter: 1), new Due { Full = call => call <= 3 });
        await using var provider = Provider(time, due);
        await RunAsync(provider, time);

        Assert.Equal((4, 1), (due.Calls, time.Seconds.Count));
    }

    [Theory]
    [InlineData(0.5, 2.5, 7.5)]
    [InlineData(0.2, 4, 6)]
    public async Task TheJitter_KeepsHostsApart_AndIsNoLongerThanItSays(double jitter, double from, double to)
    {
        var (time, due) = (new Waits(stopAfter: 40), new Due());
        await using var provider = Provider(time, due, o => o.Jitter = jitter);
        await RunAsync(provider, time);

        Assert.All(time.Seconds, s => Assert.InRange(s, from, to));
        Assert.True(time.Seconds.Distinct().Count() > 20);
    }

    [Fact]
    public async Task ARealHost_StartsTheWork_AndStopsWithNothingUnderWay()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var payments = builder.Services.AddInvoicePaymentsTesting();
        payments.UseBackgroundWork().UseBackgroundWork(o => o.Pause = TimeSpan.FromSeconds(1));
        using var host = builder.Build();
        Assert.Single(host.Services.GetServices<IHostedService>());
        await host.StartAsync(Token);
        var service = host.Services.GetRequiredService<IInvoicePaymentService>();
        var (gateway, time) = (host.Services.GetRequiredService<ScriptedGateway>(), host.Services.GetRequiredService<ManualTimeProvider>());
        await service.IssueAsync(new() { InvoiceId = Inv, Account = Ada, Total = Eur(1250) }, Token);
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        gateway.Intercept = async point =>
        {
            if (point != "resolve:before") return;
            asked.TrySetResult();
            await answer.Task;
        };
        await service.PayAsync(new() { InvoiceId = Inv, Key = "k1", Gateway = Test, Token = ScriptedTokens.LostAfter }, Token);
        while (!asked.Task.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Token);
        }

        var stopping = host.StopAsync(Token);
        await Task.Delay(100, Token);
        Assert.False(stopping.IsCompleted);
        answer.SetResult();
        await stopping.WaitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.Equal(InvoiceStatus.Paid, (await service.GetInvoiceAsync(Inv, null, Token))!.Status);
    }

    [Theory]
    [MemberData(nameof(BadOptions))]
    public async Task AnOptionOutOfRange_IsNamedAtStartUp(string name, Action<BackgroundWorkOptions> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddInvoicePaymentsTesting().UseBackgroundWork(configure);
        using var host = builder.Build();

        Assert.Contains(name, (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token))).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<BackgroundWorkOptions>> BadOptions { get; } = new()
    {
        { "Pause", o => o.Pause = TimeSpan.Zero },
        { "CollectEvery", o => o.CollectEvery = TimeSpan.FromDays(8) },
        { "PurgeEvery", o => o.PurgeEvery = TimeSpan.Zero },
        { "LongestPause", o => o.LongestPause = TimeSpan.FromSeconds(1) },
        { "Jitter", o => o.Jitter = 1.1 },
        { "Batch", o => o.Batch = 0 },
        { "Parallelism", o => o.Parallelism = 65 },
        { "CollectFor", o => o.CollectFor = null! },
    };

    [Fact]
    public async Task WhatNobodyTakes_OrTheStoreCannotList_IsLeftOut()
    {
        await using var nobody = InMemory();
        Assert.Equal([WorkKind.Recover, WorkKind.Purge], (await nobody.Get<IBackgroundWork>().RunOnceAsync(Token)).Results.Select(r => r.Kind));

        await using var bare = InMemory(b => b.Services.RemoveAll<IDueOperations>().RemoveAll<IRetention>());
        Assert.Empty((await bare.Get<IBackgroundWork>().RunOnceAsync(Token)).Results);
    }

    private static ServiceProvider Provider(TimeProvider time, IDueOperations due, Action<BackgroundWorkOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        var builder = services.AddInvoicePayments().UseInMemoryStore().UseScriptedGateway().UseBackgroundWork(o => (o.Jitter, o.Batch) = (0, 3));
        if (configure is not null) services.Configure(configure);
        services.Replace(ServiceDescriptor.Singleton(due));
        services.RemoveAll<IRetention>();
        return services.BuildServiceProvider();
    }

    private static async Task RunAsync(IServiceProvider provider, Waits time)
    {
        var work = provider.GetRequiredService<IHostedService>();
        await work.StartAsync(Token);
        await time.Enough.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        await work.StopAsync(Token);
    }

    /// <summary>Notes for how long somebody wants to wait, and lets him go on at once, until there was enough of that.</summary>
    private sealed class Waits(int stopAfter) : TimeProvider
    {
        public List<double> Seconds { get; } = [];

        public TaskCompletionSource Enough { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Seconds.Add(Math.Round(dueTime.TotalSeconds, 4));
            var isLast = Seconds.Count == stopAfter;
            if (isLast) Enough.TrySetResult();
            return System.CreateTimer(callback, state, isLast ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, period);
        }
    }

    private sealed class Due : IDueOperations
    {
        public Func<int, bool> Fails { get; init; } = _ => false;

        public Func<int, bool> Full { get; init; } = _ => false;

        public int Calls { get; private set; }

        public ValueTask<IReadOnlyList<OperationAddress>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        {
            Calls++;
            if (Fails(Calls)) throw new PaymentStoreException("down");
            return new(Full(Calls) ? [.. Enumerable.Range(0, limit).Select(i => new OperationAddress(TenantId.Default, new($"nobodyknows{i}")))] : []);
        }
    }
}

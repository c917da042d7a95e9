using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class NewsAtTheSameMomentInMemoryTests() : NewsAtTheSameMomentTests(StoreKind.InMemory);

public sealed class NewsAtTheSameMomentOnSqliteTests() : NewsAtTheSameMomentTests(StoreKind.Sqlite);

public sealed class NewsAtTheSameMomentOnPostgreSqlTests() : NewsAtTheSameMomentTests(StoreKind.PostgreSql);

/// <summary>News comes between somebody's look and his commit: whoever looked first has seen nothing of the other.</summary>
public abstract class NewsAtTheSameMomentTests : EveryStore
{
    private readonly PaymentHost _host;
    private Func<LoadRequest, Task>? _afterLoad;

    protected NewsAtTheSameMomentTests(StoreKind store)
        : base(store) => _host = Open(builder => builder.Services.Replace(ServiceDescriptor.Singleton<IInvoicePaymentStore>(
            services => new GatedStore((IInvoicePaymentStore)services.GetRequiredService<IDueOperations>(), this))));

    [Fact]
    public async Task AnOutcomeThatLookedBeforeThePaymentWasThere_FindsItAfterAll()
    {
        var (id, second) = await SecondSuccessAsync();
        Once(request => request.Operations.Contains(id) && request.Invoices.Count == 0, () => _host.PayAsync());

        Assert.IsNotType<PaymentResult.Rejected>(await _host.HearAsync(id, second));

        Assert.Equal(Eur(1250), (await _host.InvoiceAsync()).Overpaid);
    }

    [Fact]
    public async Task AnOutcomeThatCameBetweenALookAndItsCommit_IsFoundByRecovery_AndIsKeptNoLonger()
    {
        var (id, second) = await SecondSuccessAsync();
        Once(request => request.Operations.Contains(id) && request.Invoices.Count == 1, async () =>
            Assert.Equal(Rejection.OperationNotFound, RejectedAs(await _host.HearAsync(id, second))));
        await _host.PayAsync();
        Assert.Single(await ParkedAsync());

        Assert.Equal(1, (await _host.Service.RecoverAsync(cancellationToken: Token)).Recalled);

        Assert.Equal(Eur(1250), (await _host.InvoiceAsync()).Overpaid);
        Assert.Empty(await ParkedAsync());
        Assert.Equal(0, (await _host.Service.RecoverAsync(cancellationToken: Token)).Recalled);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ADisputeAtTheMomentOfTheSuccess_CountsAtOnceOrWithTheNextRecovery(bool inTheMiddleOfThePayment)
    {
        await _host.IssueAsync();
        var id = await IdOfAsync("k1");
        var notice = new RecordDispute
        {
            Gateway = Test, GatewayPaymentId = new($"ch_{id}"), Notice = new GatewayNotice.DisputeOpened(new("dp_1"), Eur(1250)),
        };
        if (inTheMiddleOfThePayment)
        {
            // The payment has looked whether anything was told of it, and commits its success only now.
            Once(request => request.Operations.Contains(ParkedOutcome.ShelfOf(Test, new($"ch_{id}"))), async () => Assert.IsType<PaymentResult.Rejected>(await _host.Service.RecordDisputeAsync(notice, Token)));
            await _host.PayAsync();
            Assert.Equal(InvoiceFlags.None, (await _host.InvoiceAsync()).Flags);
            Assert.Equal(1, (await _host.Service.RecoverAsync(cancellationToken: Token)).Recalled);
        }
        else
        {
            Once(request => request.GatewayPayment is not null, () => _host.PayAsync());
            Assert.IsNotType<PaymentResult.Rejected>(await _host.Service.RecordDisputeAsync(notice, Token));
        }

        Assert.Equal((InvoiceFlags.Disputed, InvoiceStatus.Paid), ((await _host.InvoiceAsync()).Flags, (await _host.InvoiceAsync()).Status));
    }

    [Fact]
    public async Task AHostThatWakesUpLate_WritesNothingOverWhatAnotherHasFoundOut()
    {
        await _host.IssueAsync();
        _host.Gateway.Next(ScriptedBehaviour.LoseAnswerBefore());
        var lost = await _host.PayAsync();
        _host.Time.Advance(TimeSpan.FromMinutes(5));
        _host.Gateway.NextResolution(new GatewayResolution.NeedsPerson(new("unclear", "Nobody can say.")));
        var looks = 0;

        // It has claimed the operation, asked, and looks what to make of the answer: there it falls asleep past its claim, and another takes over.
        Once(request => request.Operations.Contains(lost.Operation!.Id) && ++looks == 2, async () =>
        {
            _host.Time.Advance(TimeSpan.FromMinutes(5));

            await _host.AnotherHost().RecoverAsync(cancellationToken: Token);
        });
        var late = await _host.Service.ResumeAsync(new() { Operation = lost.Operation!.Id }, Token);

        Assert.Equal(OperationStatus.Succeeded, late.Operation!.Status);
        Assert.Equal(InvoiceStatus.Paid, (await _host.InvoiceAsync()).Status);
        Assert.Single(_host.Gateway.Ledger.Entries);
        Assert.DoesNotContain((await _host.Service.ListFactsAsync(Inv, cancellationToken: Token)).Items, f => f is InvoiceEvent.Progressed { Status: OperationStatus.NeedsAttention });
    }

    [Fact]
    public async Task WhatNobodyKnows_IsLookedAtEverLessOften_AndNeverForgotten()
    {
        await _host.HearAsync(new("nobodyknowsthisone"), new GatewayOutcome.Succeeded(new("ch_1"), Eur(100)));
        var looks = new List<int>();
        for (var second = 0; second <= 300; second++)
        {
            Once(request => request.Operations.Any(o => o.Value == "nobodyknowsthisone"), () => Note(looks, second));
            await _host.Service.RecoverAsync(cancellationToken: Token);
            _host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 30, 60, 120, 240], looks);
        Assert.Single(await ParkedAsync());
    }

    private static Task Note(List<int> looks, int second)
    {
        looks.Add(second);
        return Task.CompletedTask;
    }

    private async Task<(OperationId Id, GatewayOutcome Second)> SecondSuccessAsync()
    {
        await _host.IssueAsync();
        return (await IdOfAsync("k1"), new GatewayOutcome.Succeeded(new("ch_second"), Eur(1250)));
    }

    // The same key has the same id everywhere.
    private static async Task<OperationId> IdOfAsync(string key)
    {
        await using var other = InMemory();
        await other.IssueAsync();
        return (await other.PayAsync(key)).Operation!.Id;
    }

    private async Task<IReadOnlyList<ParkedOutcome>> ParkedAsync() => await _host.Get<IInvoicePaymentQueries>().ListParkedAsync(TenantId.Default, 10, Token);

    private void Once(Func<LoadRequest, bool> which, Func<Task> then) => _afterLoad = async request =>
    {
        if (!which(request)) return;
        _afterLoad = null;
        await then();
    };

    private sealed class GatedStore(IInvoicePaymentStore inner, NewsAtTheSameMomentTests gate) : IInvoicePaymentStore
    {
        public async ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken)
        {
            var state = await inner.LoadAsync(request, cancellationToken);
            if (gate._afterLoad is { } then) await then(request);
            return state;
        }

        public ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken) => inner.CommitAsync(changes, cancellationToken);
    }
}

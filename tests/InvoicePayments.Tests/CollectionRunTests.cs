using Microsoft.Extensions.DependencyInjection;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class CollectionRunInMemoryTests() : CollectionRunTests(StoreKind.InMemory);

public sealed class CollectionRunOnSqliteTests() : CollectionRunTests(StoreKind.Sqlite);

public sealed class CollectionRunOnPostgreSqlTests() : CollectionRunTests(StoreKind.PostgreSql);

/// <summary>Charging everything that is due: streamed, stopped, resumed, and from several hosts at once.</summary>
public abstract class CollectionRunTests(StoreKind store) : EveryStore(store)
{

    [Fact]
    [Parity("BEY-16")]
    public async Task ARun_ChargesWhatIsDueByItsDate_TheLongestDueFirst_AndTellsHowFarItHasCome()
    {
        await IssueAsync(3);
        await IssueAsync("later", days: 2);
        await IssueAsync("without a method", Bob);
        await Host.IssueAsync(id: "never due");
        await Host.IssueAsync(id: "elsewhere", details: new() { CollectedBy = InvoiceCollector.AppStore });
        var told = new Told();

        var items = await Host.Service.CollectAsync(new() { Id = new("r1"), Parallelism = 1, PageSize = 2 }, told, Token).ToListAsync(Token);

        Assert.Equal(["inv_2", "inv_1", "inv_0", "without a method"], items.Select(i => i.Invoice.Value));
        Assert.All(items[..3], i => Assert.IsType<PaymentResult.Succeeded>(i.Result));
        Assert.Equal(Rejection.PaymentMethodMissing, RejectedAs(items[3].Result));
        var last = told.Steps[^1];
        Assert.Equal((4, 4, 3, 1, "EUR 37.50"), (last.Total, last.Done, last.Charged, last.Refused, Assert.Single(last.Collected).ToString()));
        Assert.Equal([0, 1, 2, 3, 4], told.Steps.Select(s => s.Done));
        Assert.All(items[..3], i => Assert.Equal(PaymentInitiator.Merchant, i.Result.Operation!.Initiator));

        var later = await Host.Service.CollectAsync(new() { Id = new("r2"), DueBy = Host.Time.GetUtcNow().AddDays(3) }, null, Token).ToListAsync(Token);
        Assert.Contains("later", later.Where(i => i.Result is PaymentResult.Succeeded).Select(i => i.Invoice.Value));
        ChargedOnce(4);
    }

    [Fact]
    [Parity("BEY-16")]
    public async Task RunTwice_ItChargesNobodyTwice_WhateverTheRunIsCalled()
    {
        await IssueAsync(5);
        await IssueAsync("broke", Bob, token: "tok_declined");

        Assert.Equal(6, (await CollectAsync(Host, "r1")).Count);
        Assert.Empty(await CollectAsync(Host, "r1"));
        Assert.Empty(await CollectAsync(Host, "r2"));
        ChargedOnce(5);
        Assert.Equal(6, Host.Gateway.Calls.Count);
    }

    [Theory]
    [Parity("BEY-16")]
    [InlineData("r1")]
    [InlineData("r2")]
    public async Task TwoHostsAtOnce_ChargeNobodyTwice(string other)
    {
        await IssueAsync(40);
        await IssueAsync("broke", Bob, token: "tok_declined");
        var second = Host.AnotherHost();

        var items = (await Task.WhenAll(
            Task.Run(() => CollectAsync(Host.Service, "r1"), Token), Task.Run(() => CollectAsync(second, other), Token))).SelectMany(i => i).ToList();

        ChargedOnce(40);
        Assert.Equal(41, Host.Gateway.Calls.Count(c => c.Method == GatewayMethod.Execute));
        Assert.Equal(40, items.Where(i => i.Result is PaymentResult.Succeeded { IsReplay: false }).Select(i => i.Invoice).Distinct().Count());
        Assert.Equal(1, (await Host.InvoiceAsync("broke")).Dunning.Tries);
    }

    [Fact]
    [Parity("BEY-16")]
    public async Task WhereverAHostDies_TheSameRunGoesOn_AndChargesNobodyTwice()
    {
        for (var death = 0; ; death++)
        {
            var before = Host.Gateway.Ledger.Entries.Count;
            foreach (var i in Enumerable.Range(0, 3)) await IssueAsync($"death {death} of {i}");
            var (run, dying) = ($"run {death}", new DyingStore(Host.Get<IInvoicePaymentStore>(), death));
            var died = await Record.ExceptionAsync(() => CollectAsync(Host.AnotherHost(dying), run));

            for (var i = 0; i < 3; i++)
            {
                await CollectAsync(Host, run);
                Host.Time.Advance(TimeSpan.FromMinutes(10));
            }

            Assert.Equal(before + 3, Host.Gateway.Ledger.Entries.Count);
            foreach (var i in Enumerable.Range(0, 3)) Assert.Equal(InvoiceStatus.Paid, (await Host.InvoiceAsync($"death {death} of {i}")).Status);
            if (died is null && !dying.IsDead) break;
        }

        Assert.All(Host.Gateway.Ledger.Entries.GroupBy(e => e.Reference), movements => Assert.Single(movements));
    }

    [Fact]
    [Parity("BEY-16")]
    public async Task AStop_EndsBetweenTwoInvoices_WithWhatIsUnderWayToldFirst_AndTheSameRunGoesOn()
    {
        await IssueAsync(20);
        using var stop = new CancellationTokenSource();
        List<CollectionItem> items = [];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in Host.Service.CollectAsync(new() { Id = new("r1"), Parallelism = 2 }, null, stop.Token))
            {
                items.Add(item);
                if (items.Count == 5) await stop.CancelAsync();
            }
        });

        Assert.InRange(items.Count, 5, 7);
        Assert.Equal(items.Count, Host.Gateway.Ledger.Entries.Count);
        Assert.Equal(20 - items.Count, (await CollectAsync(Host, "r1")).Count);
        ChargedOnce(20);
    }

    [Fact]
    [Parity("BEY-16")]
    public async Task WhoeverStopsListening_LeavesNoChargeBehindThatNobodyWaitsFor()
    {
        await IssueAsync(10);
        await foreach (var item in Host.Service.CollectAsync(new() { Id = new("r1") }, null, Token)) break;

        var charged = Host.Gateway.Calls.Count;
        Assert.InRange(charged, 1, 4);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Host.InvoiceAsync($"inv_{i}"))), i => Assert.True(i.Reserved.IsZero));
        Assert.Equal(charged, Host.Gateway.Ledger.Entries.Count);
    }

    [Fact]
    public async Task NoMoreThanTheParallelismOfTheRun_AreUnderWayAtOnce()
    {
        await IssueAsync(20);
        var (now, most) = (0, 0);
        Host.Gateway.Intercept = async _ =>
        {
            var at = Interlocked.Increment(ref now);
            InterlockedMax(ref most, at);
            await Task.Delay(5);
            Interlocked.Decrement(ref now);
        };

        await Host.Service.CollectAsync(new() { Id = new("r1"), Parallelism = 3 }, null, Token).ToListAsync(Token);
        Assert.InRange(most, 1, 3);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(65, 100)]
    [InlineData(4, 0)]
    [InlineData(4, 1_001)]
    public void ARunOutOfRange_IsRefusedBeforeItBegins(int parallelism, int pageSize) => Assert.Throws<ArgumentOutOfRangeException>(
        () => Host.Service.CollectAsync(new() { Id = new("r1"), Parallelism = parallelism, PageSize = pageSize }, null, Token));

    private static Task<List<CollectionItem>> CollectAsync(PaymentHost host, string run) => CollectAsync(host.Service, run);

    private static async Task<List<CollectionItem>> CollectAsync(ICollectInvoices service, string run) =>
        await service.CollectAsync(new() { Id = new(run) }, null, CancellationToken.None).ToListAsync();

    private async Task IssueAsync(int count)
    {
        for (var i = 0; i < count; i++) await IssueAsync($"inv_{i}", minutes: -i - 1);
    }

    private async Task IssueAsync(string id, AccountId? account = null, int days = 0, int minutes = 0, string? token = null)
    {
        if (account is null || token is not null) await Host.SaveMethodAsync("pm_" + (account ?? Ada), account ?? Ada, isDefault: true, token: token ?? "tok_visa");
        Assert.IsType<InvoiceResult.Done>(await Host.Service.IssueAsync(
            new() { InvoiceId = new(id), Account = account ?? Ada, Total = Eur(1250), DueAt = Host.Time.GetUtcNow().AddDays(days).AddMinutes(minutes) }, Token));
    }

    private void ChargedOnce(int invoices)
    {
        Assert.Equal(invoices, Host.Gateway.Ledger.Entries.Count);
        Assert.Equal(invoices, Host.Gateway.Ledger.Entries.Select(e => e.Reference).Distinct().Count());
        Assert.Equal(Eur(1250 * invoices), Host.Gateway.Ledger.Total(Currency.EUR));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most) Interlocked.CompareExchange(ref most, value, seen);
    }

    private sealed class Told : IProgress<CollectionProgress>
    {
        public List<CollectionProgress> Steps { get; } = [];

        public void Report(CollectionProgress value) => Steps.Add(value);
    }

    /// <summary>A store whose host dies after some commits: the last one is stored and nobody hears of it, and then nothing is.</summary>
    private sealed class DyingStore(IInvoicePaymentStore inner, int commits) : IInvoicePaymentStore, IDueInvoices
    {
        private int _commits;

        public bool IsDead => _commits > commits;

        public ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken) =>
            IsDead ? throw new PaymentStoreException("Dead.") : inner.LoadAsync(request, cancellationToken);

        public async ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken)
        {
            if (IsDead) throw new PaymentStoreException("Dead.");
            var result = await inner.CommitAsync(changes, cancellationToken);
            return Interlocked.Increment(ref _commits) > commits ? throw new PaymentStoreException("Dead.") : result;
        }

        public ValueTask<IReadOnlyList<DueInvoice>> ListDueInvoicesAsync(
            TenantId tenant, DateTimeOffset dueBy, DueInvoice? after, int limit, CancellationToken cancellationToken) =>
            IsDead ? throw new PaymentStoreException("Dead.") : ((IDueInvoices)inner).ListDueInvoicesAsync(tenant, dueBy, after, limit, cancellationToken);

        public ValueTask<long> CountDueInvoicesAsync(TenantId tenant, DateTimeOffset dueBy, CancellationToken cancellationToken) =>
            ((IDueInvoices)inner).CountDueInvoicesAsync(tenant, dueBy, cancellationToken);
    }
}

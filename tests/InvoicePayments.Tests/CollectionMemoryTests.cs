using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

/// <summary>However many invoices are due, a run holds a page of them and the few that it charges.</summary>
public sealed class CollectionMemoryTests
{
    private const int Invoices = 20_000;

    [Fact]
    [Parity("BEY-16")]
    public async Task ARunOver20000Invoices_HoldsNoMoreThanAPageOfThem()
    {
        await using var host = InMemory(builder => builder.UseStore(_ => new CountingStore()));
        var store = host.Get<CountingStore>();
        await host.SaveMethodAsync("pm_ada", isDefault: true);
        foreach (var rows in Enumerable.Range(0, Invoices).Select(i => Due(i, host.Time.GetUtcNow())).Chunk(1_000))
            await store.CommitAsync(new() { Tenant = TenantId.Default, Invoices = rows }, Token);

        var (told, ahead) = (0, 0);
        await foreach (var item in host.Service.CollectAsync(new() { Id = new("r1"), PageSize = 50 }, null, Token))
        {
            Assert.IsType<PaymentResult.Succeeded>(item.Result);
            ahead = Math.Max(ahead, store.Listed - ++told);
        }

        Assert.Equal((Invoices, Invoices), (told, host.Gateway.Ledger.Entries.Count));
        Assert.InRange(ahead, 1, 50 + 4);
    }

    private static Invoice Due(int number, DateTimeOffset at) => new()
    {
        Tenant = TenantId.Default, Id = new($"inv_{number}"), Account = Ada, Total = Eur(100), Document = InvoiceDocument.Open, DueAt = at, CreatedAt = at, Version = 1,
    };

    /// <summary>The store in memory, which counts the invoices it has listed.</summary>
    private sealed class CountingStore : IInvoicePaymentStore, IDueInvoices, IPaymentMethodStore
    {
        private readonly InMemoryPaymentStore _inner = new();

        public int Listed { get; private set; }

        public ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken) => _inner.LoadAsync(request, cancellationToken);

        public ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken) => _inner.CommitAsync(changes, cancellationToken);

        public ValueTask<CommitResult> SaveAsync(StoredPaymentMethod method, CancellationToken cancellationToken) => _inner.SaveAsync(method, cancellationToken);

        public async ValueTask<IReadOnlyList<DueInvoice>> ListDueInvoicesAsync(
            TenantId tenant, DateTimeOffset dueBy, DueInvoice? after, int limit, CancellationToken cancellationToken)
        {
            var page = await _inner.ListDueInvoicesAsync(tenant, dueBy, after, limit, cancellationToken);
            Listed += page.Count;
            return page;
        }

        public ValueTask<long> CountDueInvoicesAsync(TenantId tenant, DateTimeOffset dueBy, CancellationToken cancellationToken) =>
            _inner.CountDueInvoicesAsync(tenant, dueBy, cancellationToken);
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace InvoicePayments.Tests;

public sealed class LineTests
{
    private readonly WaitingStore _store = new();

    [Fact]
    public async Task WhoeverComesWhileAnInvoiceIsBeingDecided_IsDecidedTogether_AlsoWhereEveryRequestHasAServiceOfItsOwn()
    {
        var token = TestContext.Current.CancellationToken;
        var services = new ServiceCollection();
        services.AddInvoicePayments(o => o.OfflineOnly = true).UseStore(_ => _store);
        await using var provider = services.BuildServiceProvider();
        await Service().IssueAsync(new() { InvoiceId = new("inv_1"), Account = new("acc_1"), Total = new(10m, "EUR") }, token);

        _store.Hold();
        var first = PayAsync("first");
        var others = Enumerable.Range(0, 5).Select(i => PayAsync($"other{i}")).ToList();
        Assert.Equal(1, _store.LoadsUnderWay);
        _store.LetGo();

        Assert.All(await Task.WhenAll([first, .. others]), answer => Assert.IsType<PaymentResult.Succeeded>(answer));
        Assert.Equal([5], _store.Together);

        IInvoicePaymentService Service() => provider.GetRequiredService<IInvoicePaymentService>();
        Task<PaymentResult> PayAsync(string key) =>
            Service().RecordOfflinePaymentAsync(new() { InvoiceId = new("inv_1"), Key = key, Amount = new(1m, "EUR"), Method = OfflineMethod.Cash }, token);
    }

    /// <summary>The store in memory, whose loads wait as long as it is held.</summary>
    private sealed class WaitingStore : ICommitInOrder
    {
        private readonly InMemoryPaymentStore _inner = new();
        private TaskCompletionSource _open = new();
        private int _loads;

        internal WaitingStore() => _open.SetResult();

        internal int LoadsUnderWay => Volatile.Read(ref _loads);

        /// <summary>How many change sets came at once, each time that several did.</summary>
        internal List<int> Together { get; } = [];

        internal void Hold() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal void LetGo() => _open.SetResult();

        public async ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _loads);
            await _open.Task.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref _loads);
            return await _inner.LoadAsync(request, cancellationToken);
        }

        public ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken) => _inner.CommitAsync(changes, cancellationToken);

        public ValueTask<int> CommitInOrderAsync(IReadOnlyList<ChangeSet> changes, CancellationToken cancellationToken)
        {
            Together.Add(changes.Count);
            return _inner.CommitInOrderAsync(changes, cancellationToken);
        }
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace InvoicePayments.Tests;

public sealed class LineTests
{
    private readonly WaitingStore _store = new();

    [Fact]
    public async Task WhoeverComesWhileAnInvoiceIsBeingDecided_IsDecidedTogether_AlsoWhereEveryRequestHasAServiceOfItsOwn()
    {
        var token = TestContext.Current.CancellationToken;
        await using var provider = await HostWithAnInvoiceAsync(token);

        _store.Hold();
        var first = PayAsync("first");
        var others = Enumerable.Range(0, 5).Select(i => PayAsync($"other{i}")).ToList();
        Assert.Equal(1, _store.LoadsUnderWay);
        _store.LetGo();

        Assert.All(await Task.WhenAll([first, .. others]), answer => Assert.IsType<PaymentResult.Succeeded>(answer));
        Assert.Equal([5], _store.Together);

        Task<PaymentResult> PayAsync(string key) => LineTests.PayAsync(provider, key, token);
    }

    [Fact]
    public async Task WhoeverStandsBehindACallThatTheStoreNeverAnswers_GoesOnWithoutIt()
    {
        var token = TestContext.Current.CancellationToken;
        var time = new ManualTimeProvider();
        await using var provider = await HostWithAnInvoiceAsync(token, services => services.AddSingleton<TimeProvider>(time));

        _store.Hold();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        var stuck = PayAsync(provider, "stuck", patience.Token);
        var others = Enumerable.Range(0, 3).Select(i => PayAsync(provider, $"other{i}", token)).ToList();
        _store.HoldNobodyElse();
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.DoesNotContain(others, other => other.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.All(await Task.WhenAll(others).WaitAsync(TimeSpan.FromSeconds(30), token), answer => Assert.IsType<PaymentResult.Succeeded>(answer));
        Assert.IsType<PaymentResult.Succeeded>(await PayAsync(provider, "later", token));
        Assert.False(stuck.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stuck);
        Assert.IsType<PaymentResult.Succeeded>(await PayAsync(provider, "last", token));
    }

    private async Task<ServiceProvider> HostWithAnInvoiceAsync(CancellationToken token, Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        configure?.Invoke(services);
        services.AddInvoicePayments(o => o.OfflineOnly = true).UseStore(_ => _store);
        var provider = services.BuildServiceProvider();
        var service = provider.GetRequiredService<IInvoicePaymentService>();
        await service.IssueAsync(new() { InvoiceId = new("inv_1"), Account = new("acc_1"), Total = new(10m, "EUR") }, token);
        return provider;
    }

    private static Task<PaymentResult> PayAsync(IServiceProvider host, string key, CancellationToken token) =>
        host.GetRequiredService<IInvoicePaymentService>().RecordOfflinePaymentAsync(
            new() { InvoiceId = new("inv_1"), Key = key, Amount = new(1m, "EUR"), Method = OfflineMethod.Cash }, token);

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

        internal void HoldNobodyElse()
        {
            _open = new();
            LetGo();
        }

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

using Microsoft.Extensions.DependencyInjection;

namespace InvoicePayments.Tests;

public sealed class StoreFailureTests
{
    [Fact]
    public async Task WhenTheStoreFailsAfterTheGatewayWasAsked_TheAnswerIsProcessingAndTheSameKeyFinishesIt()
    {
        var store = new FailingStore();
        var services = new ServiceCollection();
        services.AddInvoicePaymentsTesting().UseStore(_ => store);
        await using var provider = services.BuildServiceProvider();
        var service = provider.GetRequiredService<IInvoicePaymentService>();
        var gateway = provider.GetRequiredService<ScriptedGateway>();
        var pay = new PayInvoice { InvoiceId = new("inv_1"), Key = "k1", Gateway = new("test"), Token = ScriptedTokens.Visa };
        await service.IssueAsync(new() { InvoiceId = new("inv_1"), Account = new("acc_ada"), Total = Money.Parse("EUR 12.50", null) }, TestContext.Current.CancellationToken);

        store.FailFromCommit = 3;
        var unstored = await service.PayAsync(pay, TestContext.Current.CancellationToken);
        Assert.IsType<PaymentResult.Processing>(unstored);
        Assert.Single(gateway.Ledger.Entries);

        store.FailFromCommit = int.MaxValue;
        provider.GetRequiredService<ManualTimeProvider>().Advance(TimeSpan.FromMinutes(5));
        Assert.IsType<PaymentResult.Succeeded>(await service.PayAsync(pay, TestContext.Current.CancellationToken));
        Assert.Single(gateway.Ledger.Entries);
    }

    [Fact]
    public async Task WhenTheStoreHasLostWhatTheGatewayWasAsked_ItSaysThatTheRecordIsDamaged()
    {
        var store = new FailingStore();
        var services = new ServiceCollection();
        services.AddInvoicePaymentsTesting().UseStore(_ => store);
        await using var provider = services.BuildServiceProvider();
        var service = provider.GetRequiredService<IInvoicePaymentService>();
        await service.IssueAsync(new() { InvoiceId = new("inv_1"), Account = new("acc_ada"), Total = Money.Parse("EUR 12.50", null) }, TestContext.Current.CancellationToken);
        var pay = new PayInvoice { InvoiceId = new("inv_1"), Key = "k1", Gateway = new("test"), Token = ScriptedTokens.LostAfter };
        var lost = await service.PayAsync(pay, TestContext.Current.CancellationToken);

        store.LosesCommands = true;
        provider.GetRequiredService<ManualTimeProvider>().Advance(TimeSpan.FromMinutes(5));
        var damaged = await Assert.ThrowsAsync<PaymentStoreException>(() => service.PayAsync(pay, TestContext.Current.CancellationToken));

        Assert.Equal(PaymentStoreFailure.Corrupt, damaged.Failure);
        Assert.Contains(lost.Operation!.Id.Value, damaged.Message, StringComparison.Ordinal);
    }

    private sealed class FailingStore : IInvoicePaymentStore
    {
        private readonly InMemoryPaymentStore _inner = new();
        private int _commits;

        public int FailFromCommit { get; set; } = int.MaxValue;

        public bool LosesCommands { get; set; }

        public async ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken)
        {
            var state = await _inner.LoadAsync(request, cancellationToken);
            return LosesCommands ? state with { Commands = [] } : state;
        }

        public ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken) =>
            ++_commits >= FailFromCommit ? throw new PaymentStoreException("down") : _inner.CommitAsync(changes, cancellationToken);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class WhileTheGatewayIsAskedInMemoryTests() : WhileTheGatewayIsAskedTests(StoreKind.InMemory);

public sealed class WhileTheGatewayIsAskedOnSqliteTests() : WhileTheGatewayIsAskedTests(StoreKind.Sqlite);

public sealed class WhileTheGatewayIsAskedOnPostgreSqlTests() : WhileTheGatewayIsAskedTests(StoreKind.PostgreSql);

/// <summary>
/// Whoever has asked a gateway decides on what it stored before, and not on a second load. Whatever has happened meanwhile counts all the same.
/// </summary>
public abstract class WhileTheGatewayIsAskedTests : EveryStore
{
    private static readonly GatewayName Hooked = new("hooked");

    private readonly PaymentHost _host;
    private readonly List<LoadRequest> _loads = [];
    private readonly List<CommitResult> _commits = [];
    private Func<GatewayCommand, Task> _meanwhile = _ => Task.CompletedTask;
    private Func<GatewayCommand, GatewayOutcome> _answer = command => new GatewayOutcome.Succeeded(new($"ch_{command.Reference}"), command.Amount);

    protected WhileTheGatewayIsAskedTests(StoreKind store)
        : base(store) => _host = Open(builder =>
    {
        builder.UseGateway(Hooked.Value, services => new HookedGateway(services.GetRequiredService<ScriptedGateway>(), this));
        builder.Services.Replace(ServiceDescriptor.Singleton<IInvoicePaymentStore>(
            services => new CountingStore((IInvoicePaymentStore)services.GetRequiredService<IDueOperations>(), this)));
    });

    [Fact]
    public async Task Nothing_ThenNothingIsLoadedAgain()
    {
        var paid = Assert.IsType<PaymentResult.Succeeded>(await PayAsync());

        Assert.DoesNotContain(_loads, load => load.Operations.Contains(paid.Operation!.Id) && load.Invoices.Count == 0);
        Assert.All(_commits, commit => Assert.Equal(CommitResult.Committed, commit));
        Assert.Equal((Eur(1250), 3), (paid.Invoices[0].Settled, paid.Invoices[0].Version));
        Assert.Equal((await _host.InvoiceAsync()).FactHash, paid.Invoices[0].FactHash);
    }

    [Fact]
    public async Task ADecline_ThenTheMoneyIsFree()
    {
        _answer = _ => new GatewayOutcome.Declined(ScriptedTokens.NoFunds);

        Assert.IsType<PaymentResult.Declined>(await PayAsync());

        Assert.Equal((Eur(1250), InvoiceFlags.Attempted), ((await _host.InvoiceAsync()).Payable, (await _host.InvoiceAsync()).Flags));
    }

    [Fact]
    public async Task AnotherPaymentOfTheSameHost_ThenBothCount_AndNoCommitIsInVain()
    {
        _meanwhile = _ => _host.CashAsync(amount: Eur(250));

        var paid = Assert.IsType<PaymentResult.Succeeded>(await PayAsync(Eur(1000)));

        Assert.Equal((InvoiceStatus.Paid, Eur(1250)), (paid.Invoices[0].Status, paid.Invoices[0].Settled));
        Assert.All(_commits, commit => Assert.Equal(CommitResult.Committed, commit));
        await FactsHoldAsync();
    }

    [Fact]
    public async Task AnotherPaymentOfAnotherHost_ThenBothCount()
    {
        _meanwhile = async _ => Assert.IsType<PaymentResult.Succeeded>(await _host.AnotherHost().RecordOfflinePaymentAsync(
            new() { InvoiceId = Inv, Key = "elsewhere", Method = OfflineMethod.Cash, Amount = Eur(250) }, Token));

        var paid = Assert.IsType<PaymentResult.Succeeded>(await PayAsync(Eur(1000)));

        Assert.Equal((InvoiceStatus.Paid, Eur(1250)), (paid.Invoices[0].Status, paid.Invoices[0].Settled));
        Assert.Single(_commits, commit => commit == CommitResult.Conflict);
        await FactsHoldAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TheSameNewsByAnotherWay_ThenItCountsOnce(bool elsewhere)
    {
        var hears = elsewhere ? _host.AnotherHost() : _host.Service;
        _meanwhile = command => hears.RecordOutcomeAsync(new() { Operation = new(command.Reference.Value), Gateway = Hooked, Outcome = _answer(command) }, Token);

        var paid = Assert.IsType<PaymentResult.Succeeded>(await PayAsync());

        Assert.Equal((Eur(1250), Eur(0)), (paid.Invoices[0].Settled, paid.Invoices[0].Overpaid));
        await FactsHoldAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ADisputeOfThePaymentThatNobodyKnowsYet_ThenItCountsTogetherWithTheAnswer(bool elsewhere)
    {
        var hears = elsewhere ? _host.AnotherHost() : _host.Service;
        _meanwhile = async command => Assert.IsType<PaymentResult.Rejected>(await hears.RecordDisputeAsync(
            new() { Gateway = Hooked, GatewayPaymentId = new($"ch_{command.Reference}"), Notice = new GatewayNotice.DisputeOpened(new("dp_1"), Eur(1250)) }, Token));

        var paid = await PayAsync();

        Assert.Equal((InvoiceStatus.Paid, InvoiceFlags.Disputed), (paid.Invoices[0].Status, paid.Invoices[0].Flags));
        await FactsHoldAsync();
    }

    [Fact]
    public async Task AnotherPaymentOfTheSameInvoiceIsAskedAbout_ThenItsFlagStays()
    {
        var (isAsked, mayAnswer) = (new TaskCompletionSource(), new TaskCompletionSource());
        _meanwhile = async _ =>
        {
            _meanwhile = _ => Task.CompletedTask;
            isAsked.SetResult();
            await mayAnswer.Task;
        };
        await _host.IssueAsync();
        var other = PayAsync("slow", Eur(250));
        await isAsked.Task;

        var paid = Assert.IsType<PaymentResult.Succeeded>(await PayAsync("quick", Eur(1000)));
        Assert.Equal(InvoiceFlags.Processing, paid.Invoices[0].Flags);

        mayAnswer.SetResult();
        Assert.Equal((InvoiceStatus.Paid, InvoiceFlags.None), ((await other).Invoices[0].Status, (await other).Invoices[0].Flags));
    }

    [Fact]
    public async Task APaymentOfAnAccountWithCredit_ThenBothAreWhatTheyWere()
    {
        await _host.Service.RecordOfflinePaymentAsync(new() { CreditGrantId = await GrantAsync(), Key = "grant", Method = OfflineMethod.Cash }, Token);

        var paid = Assert.IsType<PaymentResult.Succeeded>(await PayAsync(balance: true));

        Assert.Equal((InvoiceStatus.Paid, Eur(0)), (paid.Invoices[0].Status, (await _host.Service.GetCreditAsync(Ada, Currency.EUR, cancellationToken: Token)).Available));
        Assert.IsType<PaymentResult.Succeeded>(await PayAsync("k2", id: "inv_2"));
        await FactsHoldAsync();
    }

    [Fact]
    public async Task WhatDoesNotWriteAllThatIsKnown_IsDecidedOnALoad()
    {
        // What the gateway works on says nothing of the credit that is spoken for beside it.
        _answer = command => new GatewayOutcome.Processing(new($"ch_{command.Reference}"));
        await _host.Service.RecordOfflinePaymentAsync(new() { CreditGrantId = await GrantAsync(), Key = "grant", Method = OfflineMethod.Cash }, Token);

        var working = Assert.IsType<PaymentResult.Processing>(await PayAsync(balance: true));

        Assert.Single(_loads, load => load.Operations.Contains(working.Operation!.Id) && load.Invoices.Count == 0);
        Assert.Equal(OperationStatus.Processing, working.Operation!.Status);
        Assert.All(_commits, commit => Assert.Equal(CommitResult.Committed, commit));
    }

    private async Task<InvoiceId> GrantAsync()
    {
        var grant = new InvoiceId("grant_1");
        Assert.IsType<InvoiceResult.Done>(await _host.Service.IssueAsync(new() { InvoiceId = grant, Kind = PayableKind.CreditGrant, Account = Ada, Total = Eur(500) }, Token));
        return grant;
    }

    private Task<PaymentResult> PayAsync(Money amount) => PayAsync("k1", amount);

    private async Task<PaymentResult> PayAsync(string key = "k1", Money? amount = null, bool balance = false, string id = "inv_1")
    {
        if (await _host.Service.GetInvoiceAsync(new(id), cancellationToken: Token) is null) await _host.IssueAsync(id: id);
        return await _host.Service.PayAsync(
            new() { InvoiceId = new(id), Key = key, Amount = amount, Gateway = Hooked, Token = ScriptedTokens.Visa, ApplyBalance = balance }, Token);
    }

    private async Task FactsHoldAsync() => Assert.IsType<FactVerification.Intact>(await _host.Service.VerifyFactsAsync(Inv, cancellationToken: Token));

    private sealed class HookedGateway(ScriptedGateway inner, WhileTheGatewayIsAskedTests test) : IPaymentGateway
    {
        public GatewayProfile Profile => inner.Profile;

        public async Task<GatewayOutcome> ExecuteAsync(GatewayCommand command, CancellationToken cancellationToken)
        {
            await test._meanwhile(command);
            return test._answer(command);
        }

        public Task<GatewayResolution> ResolveAsync(OperationTrace trace, CancellationToken cancellationToken) => inner.ResolveAsync(trace, cancellationToken);
    }

    private sealed class CountingStore(IInvoicePaymentStore inner, WhileTheGatewayIsAskedTests test) : IInvoicePaymentStore
    {
        public ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken)
        {
            lock (test._loads) test._loads.Add(request);
            return inner.LoadAsync(request, cancellationToken);
        }

        public async ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken)
        {
            var result = await inner.CommitAsync(changes, cancellationToken);
            lock (test._commits) test._commits.Add(result);
            return result;
        }
    }
}

using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class CreditFactsInMemoryTests() : CreditFactsTests(StoreKind.InMemory);

public sealed class CreditFactsOnPostgreSqlTests() : CreditFactsTests(StoreKind.PostgreSql);

public sealed class CreditFactsOnSqliteTests() : CreditFactsTests(StoreKind.Sqlite)
{
    [Theory]
    [Parity("BEY-19")]
    [InlineData(1, "UPDATE credit_fact SET body = replace(body, '400', '4000') WHERE sequence = 1")]
    [InlineData(2, "UPDATE credit_fact SET body = json_set(body, '$.at', '2027-01-01T00:00:00+00:00') WHERE sequence = 2")]
    [InlineData(2, "DELETE FROM credit_fact WHERE sequence = 2")]
    [InlineData(3, "UPDATE credit_fact SET body = json_set(body, '$.operation', 'somebodyelse') WHERE sequence = 3")]
    [InlineData(4, "INSERT INTO credit_fact SELECT tenant, account_id, currency, 4, at, json_set(body, '$.sequence', 4) FROM credit_fact WHERE sequence = 3")]
    public async Task WhoeverChangesAFactOfCreditInTheFile_IsFoundOut_AndTheFactIsNamed(long sequence, string sql)
    {
        var host = await SpentAsync();
        using (var connection = new SqliteConnection($"Data Source={host.File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TRIGGER credit_fact_is_never_updated; DROP TRIGGER credit_fact_is_never_deleted; " + sql;
            Assert.NotEqual(0, command.ExecuteNonQuery());
        }

        Assert.Equal(sequence, Assert.IsType<FactVerification.Tampered>(await host.Service.VerifyCreditFactsAsync(Credit, cancellationToken: Token)).Sequence);
        Assert.IsType<FactVerification.Intact>(await host.Service.VerifyFactsAsync(Inv, cancellationToken: Token));
    }
}

/// <summary>The facts of an account's credit hold on to each other, and go out in their own order.</summary>
public abstract class CreditFactsTests(StoreKind store) : EveryStore(store)
{
    protected static readonly CreditAddress Credit = new(Ada, Currency.EUR);
    private readonly Publisher _publisher = new();

    [Fact]
    [Parity("BEY-19")]
    public async Task FactsOfCredit_AreChained_AndIntactWhileNobodyTouchesThem()
    {
        var host = await SpentAsync();

        Assert.Equal(new FactVerification.Intact(3), await host.Service.VerifyCreditFactsAsync(Credit, cancellationToken: Token));
        Assert.Null(await host.Service.VerifyCreditFactsAsync(new(Bob, Currency.EUR), cancellationToken: Token));
        Assert.Null(await host.Service.VerifyCreditFactsAsync(new(Ada, Currency.USD), cancellationToken: Token));
        var facts = (await host.Service.ListCreditFactsAsync(Credit, cancellationToken: Token)).Items;
        Assert.Null(facts[0].Previous);
        Assert.Equal([FactChain.HashOf(facts[0]), FactChain.HashOf(facts[1])], facts.Skip(1).Select(f => f.Previous!.Value));
        Assert.Equal(FactChain.HashOf(facts[2]), (await host.Service.GetCreditAsync(Ada, Currency.EUR, cancellationToken: Token)).FactHash);
    }

    [Fact]
    public async Task FactsOfCredit_AreIntact_AlsoWhileOthersSpendIt()
    {
        var host = OpenPublishing();
        await GrantAsync(host, 1000);
        for (var i = 0; i < 10; i++) await host.IssueAsync(10, $"inv_{i}");
        var paying = Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => host.Service.PayAsync(new() { InvoiceId = new($"inv_{i}"), Key = $"k{i}", ApplyBalance = true }, Token))));
        while (!paying.IsCompleted) Assert.IsType<FactVerification.Intact>(await host.Service.VerifyCreditFactsAsync(Credit, cancellationToken: Token));
        await paying;

        Assert.Equal(new FactVerification.Intact(11), await host.Service.VerifyCreditFactsAsync(Credit, cancellationToken: Token));
    }

    [Fact]
    public async Task FactsOfCredit_GoOut_OnceAndInTheirOrder()
    {
        var host = await SpentAsync();
        var report = await host.Service.DispatchAsync(cancellationToken: Token);

        Assert.Equal((0, 0), (report.Failures, report.DeadLetters));
        Assert.Equal([typeof(CreditEvent.Added), typeof(CreditEvent.Held), typeof(CreditEvent.Spent)], _publisher.Credit.Select(m => m.Fact.GetType()));
        Assert.Equal([1L, 2, 3], _publisher.Credit.Select(m => m.Fact.Sequence));
        Assert.Equal("default/credit/EUR/acc_ada/1", _publisher.Credit.First().Id);
        await host.Service.DispatchAsync(cancellationToken: Token);
        Assert.Equal(3, _publisher.Credit.Count);
    }

    [Fact]
    public async Task AFactOfCreditThatFails_HoldsUpNoInvoice_AndIsTriedAgain_AndReleasedWhenItIsDead()
    {
        var host = await SpentAsync();
        _publisher.Refuse = fact => fact.Sequence == 2;
        Assert.Equal(1, (await host.Service.DispatchAsync(cancellationToken: Token)).Failures);
        Assert.Equal([1L], _publisher.Credit.Select(m => m.Fact.Sequence));
        Assert.Contains(_publisher.Taken, m => m.Fact is InvoiceEvent.Paid && m.Fact.Invoice == Inv);

        for (var i = 0; i < 9; i++)
        {
            host.Time.Advance(TimeSpan.FromHours(8));
            await host.Service.DispatchAsync(cancellationToken: Token);
        }

        var dead = Assert.Single(await host.Service.ListDeadLettersAsync(cancellationToken: Token));
        Assert.Equal((new OutboxStream.OfCredit(Credit), 2L), (dead.Stream, dead.Sequence));
        _publisher.Refuse = _ => false;
        Assert.True(await host.Service.ReleaseDeadLetterAsync(dead.Stream, cancellationToken: Token));
        await host.Service.DispatchAsync(cancellationToken: Token);
        Assert.Equal([1L, 2, 3], _publisher.Credit.Select(m => m.Fact.Sequence));
    }

    [Fact]
    public async Task APublisherThatDoesNotCareForCredit_IsToldOfInvoicesAlone_AndNothingWaits()
    {
        var silent = new Silent();
        var host = Open(builder => builder.UseEventPublisher(_ => silent));
        await GrantAsync(host, 400);

        var report = await host.Service.DispatchAsync(cancellationToken: Token);
        Assert.Equal((2, 0), (report.Streams, report.Failures));
        Assert.Equal(0, (await host.Service.DispatchAsync(cancellationToken: Token)).Streams);
    }

    [Theory]
    [InlineData("i:inv_1")]
    [InlineData("i:c:EUR:acc")]
    [InlineData("c:EUR:acc_ada")]
    [InlineData("c:JPY:a:b")]
    public void AStream_IsFoundAgainByItsKey(string key) => Assert.Equal(key, OutboxStream.Parse(key).Key);

    [Theory]
    [InlineData("")]
    [InlineData("inv_1")]
    [InlineData("c:EUR:")]
    [InlineData("c:EURO:acc")]
    public void WhatIsNoKey_IsRefused(string key) => Assert.Throws<FormatException>(() => OutboxStream.Parse(key));

    /// <summary>Credit came in, was spoken for beside a card, and was spent.</summary>
    protected async Task<PaymentHost> SpentAsync()
    {
        var host = OpenPublishing();
        await GrantAsync(host, 400);
        await host.IssueAsync();
        await host.Service.PayAsync(new() { InvoiceId = Inv, Key = "k1", Gateway = Test, Token = ScriptedTokens.Visa, ApplyBalance = true }, Token);
        return host;
    }

    private static async Task GrantAsync(PaymentHost host, long amount)
    {
        await host.Service.IssueAsync(new() { InvoiceId = new("cg_1"), Kind = PayableKind.CreditGrant, Account = Ada, Total = Eur(amount) }, Token);
        await host.Service.PayAsync(new() { CreditGrantId = new("cg_1"), Key = "grant", Gateway = Test, Token = ScriptedTokens.Visa }, Token);
    }

    private PaymentHost OpenPublishing() => Open(builder => builder.UseEventPublisher(_ => _publisher));

    private sealed class Silent : IEventPublisher
    {
        public ValueTask PublishAsync(OutboxMessage message, CancellationToken cancellationToken) => default;
    }

    private sealed class Publisher : IEventPublisher
    {
        public ConcurrentQueue<OutboxMessage> Taken { get; } = new();

        public ConcurrentQueue<CreditMessage> Credit { get; } = new();

        public Func<CreditEvent, bool> Refuse { get; set; } = _ => false;

        public ValueTask PublishAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            Taken.Enqueue(message);
            return default;
        }

        public ValueTask PublishAsync(CreditMessage message, CancellationToken cancellationToken)
        {
            if (Refuse(message.Fact)) throw new TimeoutException("secret");
            Credit.Enqueue(message);
            return default;
        }
    }
}

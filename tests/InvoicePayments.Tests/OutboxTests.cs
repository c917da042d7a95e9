using System.Collections.Concurrent;
using System.Text.Json;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class OutboxInMemoryTests() : OutboxTests(StoreKind.InMemory);

public sealed class OutboxOnSqliteTests() : OutboxTests(StoreKind.Sqlite);

public sealed class OutboxOnPostgreSqlTests() : OutboxTests(StoreKind.PostgreSql);

/// <summary>What happened goes out: at least once, in order per invoice, whoever dies and whoever fails.</summary>
public abstract class OutboxTests(StoreKind store) : EveryStore(store)
{
    private readonly Publisher _publisher = new();

    [Fact]
    [Parity("RAP-06")]
    public async Task APaymentTellsCreatedSucceededCompleted_AndTheInvoiceFinalizedUpdatedPaid()
    {
        var host = OpenPublishing();
        await host.IssueAsync(1250);
        var answer = await host.Service.PayAsync(
            new() { InvoiceId = Inv, Key = "k1", Gateway = Test, Token = ScriptedTokens.Visa, Reference = "order 7", Description = "Shoes" }, Token);
        await host.Service.DispatchAsync(cancellationToken: Token);

        Assert.Equal(
            ["InvoiceFinalized", "PaymentCreated", "PaymentSucceeded", "PaymentCompleted", "InvoiceUpdated", "InvoicePaid"], Names("inv_1"));
        var created = Notified<InvoiceNotification.PaymentCreated>().Payment;
        Assert.Equal(PaymentSummary.Of(answer.Payment!, answer.Operation!), created);
        Assert.Equal(("order 7", "Shoes", Eur(1250)), (created.Reference, created.Description, created.Moved));
        Assert.Equal(Eur(1250), Notified<InvoiceNotification.PaymentSucceeded>().Amount);
    }

    [Fact]
    [Parity("RAP-06", "RAP-04")]
    public async Task TheCreatedPayment_SaysWhatTheAnswerSays_WhateverTheAnswerIs()
    {
        PaymentToken[] tokens =
            [ScriptedTokens.Challenge, ScriptedTokens.Declined, ScriptedTokens.Processing, ScriptedTokens.Partial, ScriptedTokens.LostAfter];
        foreach (var token in tokens)
        {
            var host = OpenPublishing();
            await host.IssueAsync(1250);
            var answer = await host.PayAsync(token: token);
            await host.Service.DispatchAsync(cancellationToken: Token);

            var created = Notified<InvoiceNotification.PaymentCreated>().Payment;
            Assert.Equal(PaymentSummary.Of(answer.Payment!, answer.Operation!), created);
            Assert.Equal(answer is PaymentResult.ActionRequired, created.RedirectUrl is not null);
            Assert.Equal(answer is PaymentResult.Declined, Names("inv_1").Contains("PaymentFailed"));
            _publisher.Taken.Clear();
        }
    }

    [Fact]
    [Parity("RAP-06")]
    public async Task AnOfflinePaymentAndARefund_AreToldToo()
    {
        var host = OpenPublishing();
        await host.IssueAsync(1250);
        var answer = await host.CashAsync(amount: Eur(1000));
        await host.RefundAsync(answer.Payment!.Id, "r1", Eur(10));
        await host.Service.DispatchAsync(cancellationToken: Token);

        Assert.Equal(
            ["InvoiceFinalized", "PaymentCreated", "PaymentSucceeded", "PaymentCompleted", "InvoiceUpdated", "InvoiceUpdated"], Names("inv_1"));
        Assert.Equal(PaymentSummary.Of(answer.Payment, answer.Operation!), Notified<InvoiceNotification.PaymentCreated>().Payment);
    }

    [Fact]
    [Parity("CBE-07")]
    public async Task AComment_IsInNothingThatGoesOut()
    {
        const string comment = "called twice, was rude";
        var host = OpenPublishing();
        await host.IssueAsync(1250);
        await host.Service.PayAsync(new() { InvoiceId = Inv, Key = "k1", Gateway = Test, Token = ScriptedTokens.Visa, Amount = Eur(1000), Comment = comment }, Token);
        await host.Service.RecordOfflinePaymentAsync(new() { InvoiceId = Inv, Key = "c1", Method = OfflineMethod.Cash, Comment = comment }, Token);
        await host.Service.DispatchAsync(cancellationToken: Token);

        Assert.NotEmpty(_publisher.Taken);
        foreach (var message in _publisher.Taken)
        {
            Assert.DoesNotContain(comment, JsonSerializer.Serialize(message.Fact, StoreJson.Default.InvoiceEvent), StringComparison.Ordinal);
            foreach (var told in message.Notifications)
                Assert.DoesNotContain(comment, JsonSerializer.Serialize(told, NotificationJson.Default.InvoiceNotification), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task FactsComeOnce_InOrderPerInvoice_AndOnlyOnceCommitted()
    {
        var host = OpenPublishing();
        for (var i = 0; i < 5; i++)
        {
            await host.IssueAsync(1250, $"inv_{i}");
            await host.PayAsync($"k{i}", Eur(1000), id: $"inv_{i}");
        }

        Assert.Equal(new DispatchReport(5, 15, 0, 0), await host.Service.DispatchAsync(cancellationToken: Token));
        Assert.Equal(new DispatchReport(0, 0, 0, 0), await host.Service.DispatchAsync(cancellationToken: Token));
        for (var i = 0; i < 5; i++) Assert.Equal([1L, 2, 3], Sequences($"inv_{i}"));
        await host.PayAsync("again", id: "inv_0");
        await host.Service.DispatchAsync(cancellationToken: Token);
        Assert.Equal([1L, 2, 3, 4, 5, 6], Sequences("inv_0"));
    }

    [Fact]
    public async Task AFactThatFails_HoldsUpItsOwnInvoiceAlone_AndIsTriedAgainInOrder()
    {
        var host = OpenPublishing();
        await host.IssueAsync(1250, "inv_bad");
        await host.IssueAsync(1250, "inv_good");
        await host.PayAsync("k1", id: "inv_bad");
        await host.PayAsync("k2", id: "inv_good");
        _publisher.Refuse = fact => fact.Invoice.Value == "inv_bad" && fact.Sequence == 2;

        Assert.Equal(new DispatchReport(2, 5, 1, 0), await host.Service.DispatchAsync(cancellationToken: Token));
        Assert.Equal([1L], Sequences("inv_bad"));
        Assert.Equal([1L, 2, 3, 4], Sequences("inv_good"));
        Assert.Equal(0, (await host.Service.DispatchAsync(cancellationToken: Token)).Streams);

        host.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(1, (await host.Service.DispatchAsync(cancellationToken: Token)).Failures);
        _publisher.Refuse = _ => false;
        host.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(0, (await host.Service.DispatchAsync(cancellationToken: Token)).Streams);
        host.Time.Advance(TimeSpan.FromSeconds(16));
        await host.Service.DispatchAsync(cancellationToken: Token);
        Assert.Equal([1L, 2, 3, 4], Sequences("inv_bad"));
    }

    [Fact]
    public async Task AfterTooManyFailures_ItIsADeadLetter_ThatAnOperatorSeesAndReleases()
    {
        var host = OpenPublishing();
        await host.IssueAsync(1250);
        _publisher.Refuse = _ => true;
        for (var i = 0; i < 10; i++)
        {
            Assert.Empty(await host.Service.ListDeadLettersAsync(cancellationToken: Token));
            Assert.Equal(1, (await host.Service.DispatchAsync(cancellationToken: Token)).Streams);
            host.Time.Advance(TimeSpan.FromHours(8));
        }

        await host.PayAsync();
        Assert.Equal(0, (await host.Service.DispatchAsync(cancellationToken: Token)).Streams);
        var dead = Assert.Single(await host.Service.ListDeadLettersAsync(cancellationToken: Token));
        Assert.Equal((new OutboxStream.OfInvoice(Inv), 1L, 10, nameof(TimeoutException)), (dead.Stream, dead.Sequence, dead.Failures, dead.Error));

        _publisher.Refuse = _ => false;
        Assert.True(await host.Service.ReleaseDeadLetterAsync(dead.Stream, cancellationToken: Token));
        Assert.False(await host.Service.ReleaseDeadLetterAsync(dead.Stream, cancellationToken: Token));
        await host.Service.DispatchAsync(cancellationToken: Token);
        Assert.Equal([1L, 2, 3, 4], Sequences("inv_1"));
        Assert.Empty(await host.Service.ListDeadLettersAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task WhereverTheHostDies_EveryFactComes_SomeTwice_NeverOutOfOrder()
    {
        for (var dieAt = 1; dieAt <= 4; dieAt++)
        {
            var (host, calls, at) = (OpenPublishing(), 0, dieAt);
            await host.IssueAsync(1250);
            await host.PayAsync();
            _publisher.Taken.Clear();

            // The message is out, and the host is gone before it could note that: the call never returns.
            var died = new TaskCompletionSource();
            _publisher.Then = () => Interlocked.Increment(ref calls) == at ? Died(died) : Task.CompletedTask;
            var dying = host.Service.DispatchAsync(cancellationToken: CancellationToken.None);
            await died.Task;
            Assert.False(dying.IsCompleted);

            _publisher.Then = () => Task.CompletedTask;
            Assert.Equal(0, (await host.Service.DispatchAsync(cancellationToken: Token)).Streams);
            host.Time.Advance(TimeSpan.FromMinutes(2));
            await host.Service.DispatchAsync(cancellationToken: Token);

            var seen = Sequences("inv_1");
            Assert.Equal([1L, 2, 3, 4], seen.Distinct());
            Assert.Equal([.. Enumerable.Range(1, at).Select(n => (long)n), 1, 2, 3, 4], seen);
            Assert.Equal(4, _publisher.Taken.Select(m => m.Id).Distinct().Count());
        }
    }

    [Fact]
    public async Task ManyHostsAtOnce_DeliverEverythingOnceAndInOrder()
    {
        var host = OpenPublishing();
        for (var i = 0; i < 20; i++)
        {
            await host.IssueAsync(1250, $"inv_{i}");
            await host.Service.RecordOfflinePaymentAsync(new() { InvoiceId = new($"inv_{i}"), Key = $"c{i}", Method = OfflineMethod.Cash }, Token);
        }

        _publisher.Then = async () => await Task.Yield();
        var reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var facts = 0;
            while (await host.Service.DispatchAsync(3, Token) is { Streams: > 0 } report) facts += report.Facts;
            return facts;
        })));

        Assert.Equal(60, reports.Sum());
        for (var i = 0; i < 20; i++) Assert.Equal([1L, 2, 3], Sequences($"inv_{i}"));
    }

    [Fact]
    public async Task WhenTheLeaseEndsInTheMiddle_TheRestIsLeftToOthers()
    {
        var host = OpenPublishing();
        await host.IssueAsync(1250);
        await host.PayAsync();
        _publisher.Then = () =>
        {
            host.Time.Advance(TimeSpan.FromSeconds(40));
            return Task.CompletedTask;
        };

        Assert.Equal(2, (await host.Service.DispatchAsync(cancellationToken: Token)).Facts);
        Assert.Equal([1L, 2], Sequences("inv_1"));
        await host.Service.DispatchAsync(cancellationToken: Token);
        Assert.Equal([1L, 2, 3, 4], Sequences("inv_1"));
    }

    [Fact]
    public async Task WithoutAPublisher_TheMessageNamesTheCallToAdd()
    {
        var missing = await Assert.ThrowsAsync<InvalidOperationException>(() => Host.Service.DispatchAsync(cancellationToken: Token));
        Assert.Contains("UseEventPublisher<T>()", missing.Message, StringComparison.Ordinal);
    }

    private static Task Died(TaskCompletionSource died)
    {
        died.SetResult();
        return new TaskCompletionSource().Task;
    }

    private PaymentHost OpenPublishing() => Open(builder => builder.UseEventPublisher(_ => _publisher));

    private List<long> Sequences(string invoice) => [.. _publisher.Taken.Where(m => m.Fact.Invoice.Value == invoice).Select(m => m.Fact.Sequence)];

    private List<string> Names(string invoice) =>
        [.. _publisher.Taken.Where(m => m.Fact.Invoice.Value == invoice).SelectMany(m => m.Notifications).Select(n => n.GetType().Name)];

    private T Notified<T>()
        where T : InvoiceNotification => Assert.Single(_publisher.Taken.SelectMany(m => m.Notifications).OfType<T>());

    private sealed class Publisher : IEventPublisher
    {
        public ConcurrentQueue<OutboxMessage> Taken { get; } = new();

        public Func<InvoiceEvent, bool> Refuse { get; set; } = _ => false;

        public Func<Task> Then { get; set; } = () => Task.CompletedTask;

        public async ValueTask PublishAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            if (Refuse(message.Fact)) throw new TimeoutException("secret");
            Taken.Enqueue(message);
            await Then();
        }
    }
}

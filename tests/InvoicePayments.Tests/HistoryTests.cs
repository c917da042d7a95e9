using System.Diagnostics.Metrics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

/// <summary>What has happened stays as it was, and costs nothing later.</summary>
[CollectionDefinition(nameof(HistoryTests), DisableParallelization = true)]
[Collection(nameof(HistoryTests))]
public sealed class HistoryTests
{
    [Fact]
    [Parity("STX-07")]
    public async Task APaymentRecord_IsImmutable_AndTheDatabaseRefusesToUpdateOrDeleteAFact()
    {
        await using var host = OnSqlite();
        await host.IssueAsync();
        await host.PayAsync();

        foreach (var sql in new[] { "UPDATE fact SET body = '{}'", "DELETE FROM fact", "UPDATE fact SET at = 0 WHERE sequence = 1" })
        {
            var refused = Assert.Throws<SqliteException>(() => Run(host, sql));
            Assert.Contains("fact", refused.Message, StringComparison.OrdinalIgnoreCase);
        }

        var facts = (await host.Service.ListFactsAsync(Inv, cancellationToken: Token)).Items;
        Assert.Equal(Enumerable.Range(1, facts.Count).Select(n => (long)n), facts.Select(f => f.Sequence));
        Assert.Contains(facts, f => f is InvoiceEvent.Succeeded { Moved.MinorUnits: 1250 });
    }

    [Fact]
    public async Task APaymentOnAnInvoiceWithTenThousandPayments_ReadsAsManyRowsAsOnOneWithNone()
    {
        // Not waiting for the disk makes ten thousand payments in a row a matter of seconds; it changes no statement.
        await using var host = OnSqlite(sqlite: o => o.Synchronous = SqliteSynchronous.Normal);
        await host.IssueAsync(20_000, "old");
        await host.IssueAsync(20_000, "new");
        for (var batch = 0; batch < 40; batch++)
        {
            await Task.WhenAll(Enumerable.Range(0, 250).Select(i => host.Service.RecordOfflinePaymentAsync(
                new() { InvoiceId = new("old"), Key = $"{batch}-{i}", Method = OfflineMethod.Cash, Amount = Eur(1) }, Token)));
        }

        Assert.Equal(Eur(10_000), (await host.InvoiceAsync("old")).Settled);
        var none = await CostAsync(host, () => host.PayAsync("k-new", Eur(1), id: "new"));
        var many = await CostAsync(host, () => host.PayAsync("k-old", Eur(1), id: "old"));

        Assert.True(none.Rows > 0 && none.Statements > 0);
        Assert.Equal(none, many);
    }

    [Fact]
    public async Task WithCreditSplitsAndSeveralInvoicesInPlay_APaymentReadsAsManyRows_HoweverMuchTheAccountHasPaidBefore()
    {
        await using var host = OnSqlite(
            builder => builder.UseScriptedGateway(configure: o => o.Profile = o.Profile with { EnrolledForSplitFunding = [TenantId.Default] }),
            o => o.Synchronous = SqliteSynchronous.Normal);
        foreach (var account in new[] { Ada, Bob })
        {
            foreach (var id in new[] { "a", "b" }) await host.Service.IssueAsync(new() { InvoiceId = new($"{account}-{id}"), Account = account, Total = Eur(100_000) }, Token);
            await host.Service.IssueAsync(new() { InvoiceId = new($"{account}-grant"), Kind = PayableKind.CreditGrant, Account = account, Total = Eur(100_000) }, Token);
            await host.Service.PayAsync(new() { CreditGrantId = new($"{account}-grant"), Key = $"{account}-grant", Gateway = Test, Token = ScriptedTokens.Visa }, Token);
        }

        for (var batch = 0; batch < 30; batch++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).SelectMany(i => Kinds(Ada, $"{batch}-{i}")).Select(pay => host.Service.PayAsync(pay, Token)));
        }

        Assert.Equal(601, (await host.Service.ListCreditFactsAsync(new(Ada, Currency.EUR), limit: 1_000, cancellationToken: Token)).Items.Count);
        foreach (var (none, many) in Kinds(Bob, "now").Zip(Kinds(Ada, "now")))
            Assert.Equal(await CostAsync(host, () => host.Service.PayAsync(none, Token)), await CostAsync(host, () => host.Service.PayAsync(many, Token)));
    }

    // By credit, split over recipients, and over two invoices at once.
    private static PayInvoice[] Kinds(AccountId account, string key)
    {
        var (first, second) = (new InvoiceId($"{account}-a"), new InvoiceId($"{account}-b"));
        var pay = new PayInvoice { Key = "", Gateway = Test, Token = ScriptedTokens.Visa };
        return
        [
            pay with { Key = $"{account}-credit-{key}", InvoiceId = first, Amount = Eur(10), ApplyBalance = true },
            pay with { Key = $"{account}-split-{key}", InvoiceId = first, Amount = Eur(10), Funding = new FundingRequest.Shares(new FundingWeight(new("rec_1"), 1), new FundingWeight(new("rec_2"), 2)) },
            pay with { Key = $"{account}-several-{key}", Amount = Eur(10), Several = new PaymentSpread.Proportional(first, second) },
        ];
    }

    private static async Task<(long Rows, long Statements)> CostAsync(PaymentHost host, Func<Task<PaymentResult>> pay)
    {
        // Somebody else writes: so the store has nothing in memory, of whatever it read before.
        Run(host, "PRAGMA user_version = 1");
        var (rows, statements) = (0L, 0L);
        using var listener = new MeterListener { InstrumentPublished = (i, l) => { if (i.Meter.Name == "InvoicePayments.Sqlite") l.EnableMeasurementEvents(i); } };
        listener.SetMeasurementEventCallback<long>((i, value, _, _) =>
        {
            if (i.Name == "invoice_payments.sqlite.rows_read") Interlocked.Add(ref rows, value);
            if (i.Name == "invoice_payments.sqlite.statements") Interlocked.Add(ref statements, value);
        });
        listener.Start();
        Assert.IsType<PaymentResult.Succeeded>(await pay());
        return (Interlocked.Read(ref rows), Interlocked.Read(ref statements));
    }

    private static void Run(PaymentHost host, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={host.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

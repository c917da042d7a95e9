using Microsoft.Data.Sqlite;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class ProvenBooksInMemoryTests() : ProvenBooksTests(StoreKind.InMemory);

public sealed class ProvenBooksOnSqliteTests() : ProvenBooksTests(StoreKind.Sqlite)
{
    [Theory]
    [Parity("BEY-19")]
    [InlineData(1, "UPDATE fact SET body = replace(body, '1250', '1150') WHERE sequence = 1")]
    [InlineData(2, "UPDATE fact SET body = replace(body, 'operation.started', 'operation.asked_again') WHERE sequence = 2")]
    [InlineData(3, "UPDATE fact SET body = json_set(body, '$.gateway_payment_id', 'ch_other') WHERE sequence = 3")]
    [InlineData(3, "DELETE FROM fact WHERE sequence = 3")]
    [InlineData(4, "UPDATE fact SET body = json_set(body, '$.offline_method', 'Wire') WHERE sequence = 4")]
    [InlineData(6, "UPDATE fact SET body = json_set(body, '$.at', '2027-01-01T00:00:00+00:00') WHERE sequence = 6")]
    [InlineData(7, "INSERT INTO fact SELECT tenant, invoice_id, 7, at, json_set(body, '$.sequence', 7) FROM fact WHERE sequence = 6")]
    public async Task WhoeverChangesAFactInTheFile_IsFoundOut_AndTheFactIsNamed(long sequence, string sql)
    {
        await Host.IssueAsync();
        await Host.PayAsync("k1", Eur(1000));
        await Host.CashAsync("c1", Eur(100));
        await Host.PayAsync("k2", Eur(50), ScriptedTokens.Declined);
        Assert.Equal(new FactVerification.Intact(6), await Host.Service.VerifyFactsAsync(Inv, cancellationToken: Token));

        Run("DROP TRIGGER fact_is_never_updated; DROP TRIGGER fact_is_never_deleted; " + sql);

        Assert.Equal(sequence, Assert.IsType<FactVerification.Tampered>(await Host.Service.VerifyFactsAsync(Inv, cancellationToken: Token)).Sequence);
    }

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Host.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }
}

public sealed class ProvenBooksOnPostgreSqlTests() : ProvenBooksTests(StoreKind.PostgreSql)
{
    [Theory]
    [Parity("BEY-19")]
    [InlineData(1, "UPDATE $S.fact SET body = replace(body, '1250', '1150') WHERE sequence = 1")]
    [InlineData(3, "UPDATE $S.fact SET body = replace(body, 'ch_', 'cx_') WHERE sequence = 3")]
    [InlineData(3, "DELETE FROM $S.fact WHERE sequence = 3")]
    [InlineData(4, "INSERT INTO $S.fact SELECT tenant, invoice_id, 4, at, commit_id, replace(body, '\"sequence\":3', '\"sequence\":4') FROM $S.fact WHERE sequence = 3")]
    public async Task WhoeverChangesAFactBehindTheRules_IsFoundOut_AndTheFactIsNamed(long sequence, string sql)
    {
        await Host.IssueAsync();
        await Host.PayAsync("k1", Eur(1000));
        Assert.Equal(new FactVerification.Intact(3), await Host.Service.VerifyFactsAsync(Inv, cancellationToken: Token));

        // The owner of a database can switch every rule off; the chain of the facts shows it all the same.
        await (await PostgreSqlSchemas.SharedAsync()).RunAsync(
            "BEGIN; SET LOCAL session_replication_role = replica; " + sql.Replace("$S", Host.Schema, StringComparison.Ordinal) + "; COMMIT");

        Assert.Equal(sequence, Assert.IsType<FactVerification.Tampered>(await Host.Service.VerifyFactsAsync(Inv, cancellationToken: Token)).Sequence);
    }
}

public abstract class ProvenBooksTests(StoreKind store) : EveryStore(store)
{
    [Fact]
    [Parity("BEY-19")]
    public async Task TheJournalFollowsFromTheFacts_AndItsTrialBalanceIsZeroAfterEveryCommit()
    {
        await Host.IssueAsync(1250);
        await BalancesAsync("receivable=1250 sales=-1250");
        var paid = await Host.PayAsync("k1", Eur(1000));
        await BalancesAsync("cash:test=1000 receivable=250 sales=-1250");
        await Host.CashAsync("c1", Eur(250));
        await BalancesAsync("cash:test=1000 offline_clearing=250 receivable=0 sales=-1250");
        await Host.RefundAsync(paid.Payment!.Id, "r1", Eur(300), reopen: true);
        await BalancesAsync("cash:test=700 offline_clearing=250 receivable=300 sales=-1250");
        await Host.RefundAsync(paid.Payment.Id, "r2", Eur(100), reopen: false);
        await BalancesAsync("cash:test=600 offline_clearing=250 receivable=300 refunds=100 sales=-1250");

        // A second movement that nobody asked for is owed back as far as it is more than was asked for.
        await Host.HearAsync(paid.Operation!.Id, new GatewayOutcome.Succeeded(new("ch_again"), Eur(1000)));
        await BalancesAsync("cash:test=1600 offline_clearing=250 receivable=0 refunds=0 refunds_payable=-600 sales=-1250");
    }

    [Fact]
    [Parity("BEY-19")]
    public async Task FactsThatNobodyTouched_AreIntact_AlsoWhileOthersPay()
    {
        await Host.IssueAsync(1250);
        var paying = Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Host.PayAsync($"k{i}", Eur(10)))));
        while (!paying.IsCompleted) Assert.IsType<FactVerification.Intact>(await Host.Service.VerifyFactsAsync(Inv, cancellationToken: Token));
        await paying;

        Assert.Equal(new FactVerification.Intact(41), await Host.Service.VerifyFactsAsync(Inv, cancellationToken: Token));
        Assert.Null(await Host.Service.VerifyFactsAsync(new("nobody"), cancellationToken: Token));
        Assert.Empty((await Host.Service.GetJournalAsync(new("nobody"), cancellationToken: Token)).Entries);
    }

    private async Task BalancesAsync(string expected)
    {
        var journal = await Host.Service.GetJournalAsync(Inv, cancellationToken: Token);
        Assert.Equal(expected, string.Join(' ', journal.Balances.Select(b => $"{b.Key}={b.Value.MinorUnits}").Order(StringComparer.Ordinal)));
        Assert.Equal(0, journal.Balances.Values.Sum(b => b.MinorUnits));
        Assert.Null(journal.Problem(await Host.InvoiceAsync()));
        Assert.IsType<FactVerification.Intact>(await Host.Service.VerifyFactsAsync(Inv, cancellationToken: Token));
    }
}

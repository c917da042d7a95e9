using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

/// <summary>A file that cannot be used: the service says what is wrong, nothing is asked of a gateway, and the books stay as they were.</summary>
public sealed class SqliteTroubleTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("invoice-payments-");

    private string File => Path.Combine(_folder.FullName, "books.db");

    [Fact]
    public async Task AReadOnlyFile_IsNamed_AndNobodyIsCharged()
    {
        await using (var before = On("")) await before.IssueAsync();
        await using var host = On(";Mode=ReadOnly");
        await FailsAsync(host, PaymentStoreFailure.ReadOnly);
    }

    [Fact]
    public async Task AFullDisk_IsNamed_AndNobodyIsCharged()
    {
        await using (var before = On("")) await before.IssueAsync();
        var pages = (long)Run("PRAGMA page_count")!;
        await using var host = On("", o => o.Opened = c => Run(c, $"PRAGMA max_page_count = {pages}"));
        await FillAsync(host);
    }

    [Fact]
    public async Task ALockedFile_IsNamed_AndNobodyIsCharged()
    {
        await using var host = On("", o => o.BusyTimeout = TimeSpan.FromMilliseconds(100));
        await host.IssueAsync();
        using var other = Open();
        Run(other, "BEGIN IMMEDIATE");
        await FailsAsync(host, PaymentStoreFailure.Busy);
    }

    [Fact]
    public async Task ACorruptFile_IsNamed_AndNobodyIsCharged()
    {
        await using (var before = On("")) await before.IssueAsync();
        var good = await System.IO.File.ReadAllBytesAsync(File, Token);
        await System.IO.File.WriteAllBytesAsync(File, [.. new byte[100], .. good[100..]], Token);
        await using (var host = On(""))
        {
            var failed = await Assert.ThrowsAsync<PaymentStoreException>(() => host.PayAsync());
            Assert.Equal(PaymentStoreFailure.Corrupt, failed.Failure);
            Assert.Empty(host.Gateway.Calls);
        }

        await System.IO.File.WriteAllBytesAsync(File, good, Token);
        await using var again = On("");
        Assert.Equal(Eur(1250), (await again.InvoiceAsync()).Payable);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.CompletedTask;
        _folder.Delete(recursive: true);
    }

    private static async Task FailsAsync(PaymentHost host, PaymentStoreFailure why)
    {
        var failed = await Assert.ThrowsAsync<PaymentStoreException>(() => host.PayAsync());
        Assert.Equal(why, failed.Failure);
        Assert.Empty(host.Gateway.Calls);
        var invoice = await host.InvoiceAsync();
        Assert.Equal((Eur(1250), 1L), (invoice.Payable, invoice.Version));
    }

    // A payment may still fit into the pages that are there; a few big ones do not.
    private static async Task FillAsync(PaymentHost host)
    {
        var metadata = Enumerable.Range(0, 50).ToDictionary(i => $"k{i}", _ => new string('x', 500));
        var (paid, failure) = (0, (PaymentStoreException?)null);
        for (var i = 0; i < 20 && failure is null; i++)
        {
            try
            {
                await host.Service.PayAsync(
                    new() { InvoiceId = Inv, Key = $"k{i}", Amount = Eur(1), Gateway = Test, Token = ScriptedTokens.Visa, Metadata = metadata }, Token);
                paid++;
            }
            catch (PaymentStoreException full)
            {
                failure = full;
            }
        }

        Assert.Equal(PaymentStoreFailure.Full, failure!.Failure);
        var invoice = await host.InvoiceAsync();
        Assert.Equal(host.Gateway.Ledger.Total(Currency.EUR), invoice.Settled + invoice.Reserved);
    }

    private PaymentHost On(string extra, Action<SqlitePaymentStoreOptions>? configure = null) =>
        InMemory(builder => builder.UseSqlite($"Data Source={File}{extra}", configure));

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    private object? Run(string sql)
    {
        using var connection = Open();
        return Run(connection, sql);
    }

    private static object? Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}

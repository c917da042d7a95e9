namespace InvoicePayments.Tests;

/// <summary>Through a pooler that gives each transaction whatever session is free.</summary>
public sealed class PgBouncerTests
{
    [Fact]
    public async Task TheStoreKeepsTheKit_AndManyHostsShareThreeSessions()
    {
        var server = await PostgreSqlServer.SharedAsync();
        var schemas = await PostgreSqlSchemas.SharedAsync();
        var schema = await schemas.RentAsync();
        await using var pooler = await PgBouncer.StartAsync(server, sessions: 3);
        var stores = new List<PostgreSqlPaymentStore>();
        PostgreSqlPaymentStore Open()
        {
            var store = new PostgreSqlPaymentStore(pooler.ConnectionString, new() { Schema = schema, PrepareStatements = false });
            stores.Add(store);
            return store;
        }

        (await new StoreConformance(_ => ValueTask.FromResult<IInvoicePaymentStore>(Open())).RunAllAsync(Given.Token)).EnsurePassed();

        // Ten hosts at once over three sessions: each may find another session, with whatever the one before left there.
        var hosts = Enumerable.Range(0, 10).Select(_ => Open()).ToList();
        var results = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(async () =>
        {
            var result = await hosts[i % 10].CommitAsync(Given.Changes(Given.Invoice("through" + i)), Given.Token);
            Assert.Single((await hosts[(i + 3) % 10].LoadAsync(Given.Load("through" + i), Given.Token)).Invoices);
            return result;
        })));
        Assert.All(results, r => Assert.Equal(CommitResult.Committed, r));

        foreach (var store in stores) await store.DisposeAsync();
        await pooler.DisposeAsync();
        await schemas.ReturnAsync(schema);
    }
}

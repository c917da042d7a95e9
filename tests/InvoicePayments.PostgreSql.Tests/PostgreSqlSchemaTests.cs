using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace InvoicePayments.Tests;

public sealed class PostgreSqlSchemaTests : IAsyncDisposable
{
    private static int _made;
    private readonly string _schema = $"schema_{Interlocked.Increment(ref _made)}";
    private readonly List<PostgreSqlPaymentStore> _stores = [];

    [Fact]
    public async Task UsePostgreSqlAlone_IsEnough()
    {
        var server = await PostgreSqlServer.SharedAsync();
        var services = new ServiceCollection();
        new InvoicePaymentsBuilder(services).UsePostgreSql(server.ConnectionString, o => o.Schema = _schema);
        await using var provider = services.BuildServiceProvider();

        Assert.Equal(CommitResult.Committed, await provider.GetRequiredService<IInvoicePaymentStore>().CommitAsync(Given.Changes(Given.Invoice()), Given.Token));
        Assert.Same(provider.GetRequiredService<IDueOperations>(), provider.GetRequiredService<IPaymentMethodStore>());
        Assert.Same(provider.GetRequiredService<PostgreSqlPaymentStore>(), provider.GetRequiredService<IInvoicePaymentQueries>());
    }

    [Fact]
    public async Task TheHostsOwnDataSource_IsUsed_AndLeftAlone()
    {
        await using var source = NpgsqlDataSource.Create((await PostgreSqlServer.SharedAsync()).ConnectionString);
        var services = new ServiceCollection();
        services.AddSingleton(source);
        new InvoicePaymentsBuilder(services).UsePostgreSql(o => o.Schema = _schema);
        await using (var provider = services.BuildServiceProvider())
            await provider.GetRequiredService<PostgreSqlPaymentStore>().CommitAsync(Given.Changes(Given.Invoice()), Given.Token);

        await using var command = source.CreateCommand($"SELECT count(*) FROM {_schema}.invoice");
        Assert.Equal(1L, await command.ExecuteScalarAsync(Given.Token));
        var bare = new ServiceCollection();
        new InvoicePaymentsBuilder(bare).UsePostgreSql();
        await using var none = bare.BuildServiceProvider();
        Assert.Contains("Register one", Assert.Throws<InvalidOperationException>(() => none.GetRequiredService<IInvoicePaymentStore>()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a connection string")]
    [InlineData("Host=db;Nonsense=1")]
    [InlineData("Database=shop")]
    [InlineData("")]
    public void AConnectionStringThatIsNone_IsRefusedAtOnce_WithoutRepeatingIt(string text)
    {
        var wrong = Assert.ThrowsAny<ArgumentException>(() => new InvoicePaymentsBuilder(new ServiceCollection()).UsePostgreSql(text));
        Assert.DoesNotContain("Nonsense", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pg_mine")]
    [InlineData(" ")]
    [InlineData("line\nbreak")]
    [InlineData("a_name_of_more_than_sixty_three_bytes_that_postgresql_would_cut_off_")]
    public void ANameThatCannotBeASchema_IsRefusedAtOnce(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => new InvoicePaymentsBuilder(new ServiceCollection()).UsePostgreSql("Host=db", o => o.Schema = name));

    [Fact]
    public async Task AnyOtherName_IsQuoted()
    {
        const string Odd = "Tésts; DROP SCHEMA public -- \"quoted\" $1 {0}";
        var store = await OpenAsync(o => o.Schema = Odd);
        await store.CommitAsync(Given.Changes(Given.Invoice()), Given.Token);
        Assert.Single((await store.LoadAsync(Given.Load("inv_1"), Given.Token)).Invoices);
        Assert.Equal(1L, await RunAsync("SELECT count(*) FROM pg_namespace WHERE nspname = 'public'"));
        await RunAsync("DROP SCHEMA \"" + Odd.Replace("\"", "\"\"", StringComparison.Ordinal) + "\" CASCADE");
    }

    [Fact]
    public async Task StoresThatMakeTheSameSchemaAtOnce_AllSucceed()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OpenAsync()));

        var results = await Task.WhenAll(stores.Select((s, i) => Task.Run(async () => await s.CommitAsync(Given.Changes(Given.Invoice("i" + i)), Given.Token))));

        Assert.All(results, r => Assert.Equal(CommitResult.Committed, r));
        Assert.Equal(PostgreSqlSchema.Version + 1, await RunAsync("SELECT count(*) FROM $S.schema_version"));
    }

    [Fact]
    public async Task ASchemaOfANewerLibrary_OrOfAnotherBuild_IsRefused()
    {
        await (await OpenAsync()).EnsureSchemaAsync(Given.Token);
        await RunAsync("UPDATE $S.schema_version SET fingerprint = 'another' WHERE version = 1");
        Assert.Equal(PaymentStoreFailure.SchemaDiffers, await FailureAsync(await OpenAsync()));

        await RunAsync("INSERT INTO $S.schema_version VALUES (99, 'later', '', now())");
        Assert.Equal(PaymentStoreFailure.SchemaTooNew, await FailureAsync(await OpenAsync()));
    }

    [Fact]
    public async Task AnOlderSchema_IsBroughtUpToDate_ByTheScriptOrByTheHost()
    {
        await RunAsync(PostgreSqlSchema.Script(_schema));
        await RunAsync("DROP FUNCTION $S.refuse_to_change_facts CASCADE; DELETE FROM $S.schema_version WHERE version = 2");
        Assert.Equal(PaymentStoreFailure.Corrupt, await FailureAsync(await OpenAsync(o => o.CreateSchema = false)));

        await RunAsync(PostgreSqlSchema.Script(_schema, from: 1));
        Assert.Equal(2L, await RunAsync("SELECT max(version) FROM $S.schema_version"));
        await RunAsync("DROP FUNCTION $S.refuse_to_change_facts CASCADE; DELETE FROM $S.schema_version WHERE version = 2");
        await (await OpenAsync()).LoadAsync(Given.Load("x"), Given.Token);
        Assert.Equal(2L, await RunAsync("SELECT max(version) FROM $S.schema_version"));
    }

    [Fact]
    public async Task AHostThatMayNotMakeTheSchema_SaysWhatToDo()
    {
        var store = await OpenAsync(o => o.CreateSchema = false);
        var missing = await Assert.ThrowsAsync<PaymentStoreException>(async () => await store.LoadAsync(Given.Load("x"), Given.Token));
        Assert.Contains("PostgreSqlSchema.Script", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARoleWithTheGrantsAlone_DoesEverything_ButChangeFacts()
    {
        var role = "host_of_" + _schema;
        await RunAsync(PostgreSqlSchema.Script(_schema));
        await RunAsync($"CREATE ROLE {role} LOGIN; {PostgreSqlSchema.Grants(role, _schema)}");
        var server = await PostgreSqlServer.SharedAsync();
        var connection = server.ConnectionString.Replace("tester", role, StringComparison.Ordinal);
        var report = await new StoreConformance(_ =>
        {
            var store = new PostgreSqlPaymentStore(connection, new() { Schema = _schema, CreateSchema = false });
            _stores.Add(store);
            return ValueTask.FromResult<IInvoicePaymentStore>(store);
        }).RunAllAsync(Given.Token);
        report.EnsurePassed();

        await using var source = NpgsqlDataSource.Create(connection);
        foreach (var sql in new[] { "UPDATE $S.fact SET at = 0", "DELETE FROM $S.fact", "TRUNCATE $S.fact", "DELETE FROM $S.credit_fact", "DELETE FROM $S.invoice", "DROP TABLE $S.fact" })
        {
            await using var command = source.CreateCommand(sql.Replace("$S", _schema, StringComparison.Ordinal));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Given.Token))).SqlState);
        }
    }

    [Theory]
    [InlineData("UPDATE $S.fact SET at = 0")]
    [InlineData("DELETE FROM $S.fact")]
    [InlineData("TRUNCATE $S.fact")]
    [InlineData("INSERT INTO $S.fact SELECT * FROM $S.fact ON CONFLICT (tenant, invoice_id, sequence) DO UPDATE SET at = 0")]
    public async Task EvenTheOwner_ChangesNoFact(string sql)
    {
        InvoiceEvent fact = new InvoiceEvent.Paid { Tenant = Given.Tenant, Invoice = new("inv_1"), Sequence = 1, At = Given.Now };
        await (await OpenAsync()).CommitAsync(new() { Tenant = Given.Tenant, Facts = [fact] }, Given.Token);

        Assert.Contains("Facts are never", (await Assert.ThrowsAsync<PostgresException>(() => RunAsync(sql))).MessageText, StringComparison.Ordinal);
        Assert.Equal(Given.Now.UtcTicks, await RunAsync("SELECT at FROM $S.fact"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        await RunAsync("DROP SCHEMA IF EXISTS $S CASCADE");
    }

    private async Task<PostgreSqlPaymentStore> OpenAsync(Action<PostgreSqlPaymentStoreOptions>? configure = null)
    {
        var options = new PostgreSqlPaymentStoreOptions { Schema = _schema };
        configure?.Invoke(options);
        var store = new PostgreSqlPaymentStore((await PostgreSqlServer.SharedAsync()).ConnectionString, options);
        _stores.Add(store);
        return store;
    }

    private async Task<object?> RunAsync(string sql) =>
        await (await PostgreSqlServer.SharedAsync()).RunAsync(sql.Replace("$S", _schema, StringComparison.Ordinal));

    private static async Task<PaymentStoreFailure> FailureAsync(PostgreSqlPaymentStore store) =>
        (await Assert.ThrowsAsync<PaymentStoreException>(async () => await store.LoadAsync(Given.Load("x"), Given.Token))).Failure;
}

namespace InvoicePayments.Tests;

/// <summary>A durable server that the tests of trouble share, and may restart.</summary>
public sealed class TroubleServer : IAsyncLifetime
{
    public PostgreSqlServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await PostgreSqlServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>What every test of trouble does: stores over its own schema, and a look at what is there.</summary>
public abstract class TroubleTest(TroubleServer trouble) : IAsyncDisposable
{
    private static int _schemas;
    private readonly List<PostgreSqlPaymentStore> _stores = [];

    protected PostgreSqlServer Server => trouble.Server;

    protected string Schema { get; } = $"trouble_{Interlocked.Increment(ref _schemas)}";

    protected PostgreSqlPaymentStore Open(string connectionString, double repeatFor = 10)
    {
        var store = new PostgreSqlPaymentStore(connectionString, new() { Schema = Schema, RepeatFor = TimeSpan.FromSeconds(repeatFor) });
        _stores.Add(store);
        return store;
    }

    protected Task<object?> RunAsync(string sql) => Server.RunAsync(sql.Replace("$S", Schema, StringComparison.Ordinal));

    protected static ChangeSet Paid(int number, long version = 1) => new()
    {
        Tenant = Given.Tenant,
        Invoices = [Given.Invoice($"inv_{number}", version, new(version, 0, 0, 0, 0))],
        Operations = [new(Given.Operation($"op_{number}_{version}", OperationStatus.Succeeded, 1, $"inv_{number}"), null)],
        Facts = [new InvoiceEvent.Paid { Tenant = Given.Tenant, Invoice = new($"inv_{number}"), Sequence = version, At = Given.Now }],
    };

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

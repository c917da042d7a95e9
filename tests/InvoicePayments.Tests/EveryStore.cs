namespace InvoicePayments.Tests;

/// <summary>Where the books are kept.</summary>
public enum StoreKind
{
    InMemory,
    Sqlite,
    PostgreSql,
}

/// <summary>A suite that runs over every store: the same sentences have to hold wherever the books are kept.</summary>
public abstract class EveryStore(StoreKind store) : IAsyncDisposable
{
    private readonly List<PaymentHost> _hosts = [];
    private PaymentHost? _host;

    /// <summary>The host with all defaults.</summary>
    protected PaymentHost Host => _host ??= Open();

    protected PaymentHost Open(Action<InvoicePaymentsBuilder>? configure = null)
    {
        var host = store switch
        {
            StoreKind.Sqlite => PaymentHost.OnSqlite(configure),
            StoreKind.PostgreSql => PaymentHost.OnPostgreSql(configure),
            _ => PaymentHost.InMemory(configure),
        };
        _hosts.Add(host);
        return host;
    }

    protected PaymentHost OpenWith(PaymentPolicy policy) => Open(builder =>
        Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions.Configure<InvoicePaymentsOptions>(builder.Services, o => o.Policy = policy));

    /// <summary>What a suite opened beside its hosts.</summary>
    protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        foreach (var host in _hosts) await host.DisposeAsync();
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace InvoicePayments.Tests;

/// <summary>A host under test: the whole library over a real store, the scripted gateway <c>test</c>, and a clock that stands still.</summary>
public sealed class PaymentHost : IAsyncDisposable
{
    public static readonly AccountId Ada = new("acc_ada");
    public static readonly AccountId Bob = new("acc_bob");
    public static readonly GatewayName Test = new("test");
    public static readonly InvoiceId Inv = new("inv_1");

    private readonly ServiceProvider _provider;
    private readonly DirectoryInfo? _folder;
    private readonly PostgreSqlSchemas? _schemas;
    private readonly List<ServiceProvider> _others = [];

    private PaymentHost(DirectoryInfo? folder, Action<InvoicePaymentsBuilder>? configure, Action<SqlitePaymentStoreOptions>? sqlite = null, PostgreSqlSchemas? schemas = null)
    {
        var services = new ServiceCollection();
        var builder = services.AddInvoicePaymentsTesting();
        _folder = folder;
        File = folder is null ? null : Path.Combine(folder.FullName, "payments.db");
        if (File is not null) builder.UseSqlite($"Data Source={File}", sqlite);
        if (schemas is not null)
        {
            (_schemas, Schema) = (schemas, Task.Run(schemas.RentAsync).GetAwaiter().GetResult());
            builder.UsePostgreSql(schemas.DataSource, options => options.Schema = Schema);
        }

        configure?.Invoke(builder);
        _provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Service = Get<IInvoicePaymentService>();
        Gateway = Get<ScriptedGateway>();
        Time = Get<ManualTimeProvider>();
    }

    public string? File { get; }

    public string? Schema { get; }

    public IInvoicePaymentService Service { get; }

    public ScriptedGateway Gateway { get; }

    public ManualTimeProvider Time { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static PaymentHost InMemory(Action<InvoicePaymentsBuilder>? configure = null) => new(null, configure);

    public static PaymentHost OnSqlite(Action<InvoicePaymentsBuilder>? configure = null, Action<SqlitePaymentStoreOptions>? sqlite = null) =>
        new(Directory.CreateTempSubdirectory("invoice-payments-"), configure, sqlite);

    public static PaymentHost OnPostgreSql(Action<InvoicePaymentsBuilder>? configure = null) =>
        new(null, configure, schemas: Task.Run(PostgreSqlSchemas.SharedAsync).GetAwaiter().GetResult());

    public static Money Eur(long minorUnits) => Money.FromMinorUnits(minorUnits, Currency.EUR);

    public static Rejection RejectedAs(PaymentResult result) => Assert.IsType<PaymentResult.Rejected>(result).Why;

    public static Rejection RejectedAs(InvoiceResult result) => Assert.IsType<InvoiceResult.Rejected>(result).Why;

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>A second host of the same books, gateway and time, with nothing else in common.</summary>
    public IInvoicePaymentService AnotherHost() => AnotherHost(builder =>
        File is not null ? builder.UseSqlite($"Data Source={File}")
        : Schema is not null ? builder.UsePostgreSql(_schemas!.DataSource, options => options.Schema = Schema)
        : builder.UseStore(_ => Get<InMemoryPaymentStore>()));

    /// <summary>The same, with a store that stands between it and the books.</summary>
    public IInvoicePaymentService AnotherHost<TStore>(TStore store)
        where TStore : class, IInvoicePaymentStore => AnotherHost(builder => builder.UseStore(_ => store));

    private IInvoicePaymentService AnotherHost(Func<InvoicePaymentsBuilder, InvoicePaymentsBuilder> withStore)
    {
        var services = new ServiceCollection();
        withStore(services.AddInvoicePaymentsTesting()).UseGateway("test", _ => Gateway);
        services.AddSingleton<TimeProvider>(Time);
        var other = services.BuildServiceProvider();
        _others.Add(other);
        return other.GetRequiredService<IInvoicePaymentService>();
    }

    public async Task<Invoice> IssueAsync(long total = 1250, string id = "inv_1", TenantId? tenant = null, InvoiceDetails? details = null) =>
        Assert.IsType<InvoiceResult.Done>(await Service.IssueAsync(
            new() { Tenant = tenant ?? TenantId.Default, InvoiceId = new(id), Account = Ada, Total = Eur(total), Details = details ?? InvoiceDetails.None },
            Token)).Invoice;

    public Task<PaymentResult> PayAsync(string key = "k1", Money? amount = null, PaymentToken? token = null, string id = "inv_1") =>
        Service.PayAsync(new() { InvoiceId = new(id), Key = key, Amount = amount, Gateway = Test, Token = token ?? ScriptedTokens.Visa }, Token);

    public Task<PaymentResult> PayWithAsync(PaymentMethodId? method, string key = "k1") =>
        Service.PayAsync(new() { InvoiceId = Inv, Key = key, PaymentMethod = method }, Token);

    public Task<PaymentResult> CashAsync(string key = "c1", Money? amount = null) =>
        Service.RecordOfflinePaymentAsync(new() { InvoiceId = Inv, Key = key, Method = OfflineMethod.Cash, Amount = amount }, Token);

    public Task<PaymentResult> RefundAsync(PaymentId payment, string key, Money? amount = null, bool? reopen = null) =>
        Service.RefundAsync(new() { PaymentId = payment, Key = key, Amount = amount, ReopenInvoice = reopen }, Token);

    public Task<PaymentResult> AuthorizeAsync(string key = "a1", Money? amount = null, PaymentToken? token = null, string id = "inv_1") =>
        Service.PayAsync(new() { InvoiceId = new(id), Key = key, Amount = amount, Gateway = Test, Token = token ?? ScriptedTokens.Visa, CaptureLater = true }, Token);

    public Task<PaymentResult> CaptureAsync(PaymentId authorization, string key = "c1", Money? amount = null, bool? last = null) =>
        Service.CaptureAsync(new() { PaymentId = authorization, Key = key, Amount = amount, IsLast = last }, Token);

    public Task<PaymentResult> VoidAsync(PaymentId payment, string key = "v1") => Service.VoidPaymentAsync(new() { PaymentId = payment, Key = key }, Token);

    public Task<PaymentResult> HearAsync(OperationId operation, GatewayOutcome outcome) =>
        Service.RecordOutcomeAsync(new() { Operation = operation, Gateway = Test, Outcome = outcome }, Token);

    public Task<PaymentMethodResult> SaveMethodAsync(string id, AccountId? account = null, bool isDefault = false, bool isChargeable = true, string gateway = "test", string token = "tok_visa") =>
        Service.SavePaymentMethodAsync(
            new()
            {
                Tenant = TenantId.Default, Id = new(id), Account = account ?? Ada, Gateway = new(gateway), Token = new(token),
                IsDefault = isDefault, IsChargeable = isChargeable,
            },
            Token);

    public async Task<Invoice> InvoiceAsync(string id = "inv_1") => (await Service.GetInvoiceAsync(new(id), null, Token))!;

    /// <summary>The books and the money: what the invoice has less what it gave back is what the gateway moved.</summary>
    public async Task BooksAgreeAsync(string id = "inv_1", long offline = 0)
    {
        var invoice = await InvoiceAsync(id);
        Assert.Equal(Gateway.Ledger.Total(Currency.EUR), Eur(invoice.Sums.Net - offline));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var other in _others) await other.DisposeAsync();
        await _provider.DisposeAsync();
        _folder?.Delete(recursive: true);
        if (_schemas is not null) await _schemas.ReturnAsync(Schema!);
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace InvoicePayments.Benchmarks;

/// <summary>This library as a host uses it: through the container and the facade, on a store with its defaults.</summary>
internal sealed class LibraryContender(string name, Action<InvoicePaymentsBuilder> useStore) : Contender(name)
{
    private static readonly Money Unit = Money.FromMinorUnits(1, Currency.EUR);
    private static readonly PaymentToken Card = new("tok_visa");
    private static readonly GatewayName Gateway = new("slow");

    private readonly SlowGateway _gateway = new();
    private ServiceProvider? _provider;
    private IInvoicePaymentService? _payments;
    private long _refused;

    internal override long Refused => Interlocked.Read(ref _refused);

    private IInvoicePaymentService Payments => _payments ?? throw new InvalidOperationException("BeginAsync comes first.");

    /// <summary>How often its gateway was asked to charge.</summary>
    internal long Charges => _gateway.Charges;

    internal override async Task BeginAsync(int invoices)
    {
        Begin();
        await Parallel.ForAsync(0, invoices, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (i, token) => await IssueAsync(i, token));
    }

    /// <summary>One invoice that is due, of an account that has a card.</summary>
    internal async Task BeginDueAsync()
    {
        Begin();
        await Payments.SavePaymentMethodAsync(new()
        {
            Tenant = TenantId.Default, Id = new("pm_0"), Account = Ids.Account(0), Gateway = Gateway, Token = Card, IsDefault = true,
        });
        await IssueAsync(0, default, DateTimeOffset.UtcNow.AddDays(-1));
    }

    private void Begin()
    {
        var services = new ServiceCollection();
        useStore(services.AddInvoicePayments().UseGateway(Gateway.Value, _ => _gateway));
        _provider = services.BuildServiceProvider();
        _payments = _provider.GetRequiredService<IInvoicePaymentService>();
    }

    internal override async Task PayOfflineAsync(int invoice, string key) => Count(await Payments.RecordOfflinePaymentAsync(new()
    {
        InvoiceId = Ids.Invoice(invoice), Key = key, Amount = Unit, Method = OfflineMethod.Cash,
    }));

    internal override async Task PayOnlineAsync(int invoice, string key, TimeSpan gateway)
    {
        _gateway.Takes = gateway;
        Count(await Payments.PayAsync(new() { InvoiceId = Ids.Invoice(invoice), Key = key, Amount = Unit, Gateway = Gateway, Token = Card }));
    }

    /// <summary>Every invoice that is due, in full.</summary>
    internal IAsyncEnumerable<CollectionItem> CollectAsync(CollectionRun run, IProgress<CollectionProgress>? progress, CancellationToken cancellationToken) =>
        Payments.CollectAsync(run, progress, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        if (_provider is not null) await _provider.DisposeAsync();
    }

    private async Task IssueAsync(int invoice, CancellationToken cancellationToken, DateTimeOffset? dueAt = null)
    {
        var issued = await Payments.IssueAsync(
            new() { InvoiceId = Ids.Invoice(invoice), Account = Ids.Account(invoice), Total = Money.FromMinorUnits(1_000_000_000, Currency.EUR), DueAt = dueAt }, cancellationToken);
        if (issued is not InvoiceResult.Done) throw new InvalidOperationException($"Invoice {invoice} was not issued: {issued}");
    }

    private void Count(PaymentResult result)
    {
        if (result is not PaymentResult.Succeeded) Interlocked.Increment(ref _refused);
    }
}

using System.Diagnostics;
using InvoicePayments;
using Microsoft.Extensions.DependencyInjection;

namespace CrashAndRecovery;

/// <summary>A host over a folder: the books in SQLite, the gateway's ledger in a file beside them.</summary>
internal sealed class Host : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly GatewayLedger _ledger;

    private Host(ServiceProvider provider, GatewayLedger ledger) => (_provider, _ledger) = (provider, ledger);

    public static InvoiceId Invoice { get; } = new("INV-1");

    public static PayInvoice Pay { get; } = new() { InvoiceId = Invoice, Key = "order-42", Gateway = new("test"), Token = new("tok_visa") };

    public IInvoicePaymentService Payments => _provider.GetRequiredService<IInvoicePaymentService>();

    /// <summary>How often the gateway moved money.</summary>
    public int Charges => _ledger.Entries.Count;

    public static Host Open(string folder, bool dieAfterTheCharge)
    {
        var ledger = GatewayLedger.InFile(Path.Combine(folder, "gateway.ledger.jsonl"));
        var services = new ServiceCollection();
        services.AddInvoicePayments(options => options.Gateway.Timeout = TimeSpan.FromSeconds(1))
            .UseSqlite($"Data Source={Path.Combine(folder, "invoices.db")}")
            .UseScriptedGateway("test", gateway =>
            {
                gateway.Ledger = ledger;
                if (dieAfterTheCharge) gateway.Intercept = DieAfterTheCharge;
            });
        return new(services.BuildServiceProvider(), ledger);
    }

    /// <summary>How this program is started again: it may run by itself or through <c>dotnet</c>.</summary>
    public static IEnumerable<string> Arguments(params IEnumerable<string> arguments) =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Host).Assembly.Location, .. arguments] : arguments;

    public void Show(string when)
    {
        var invoice = Payments.GetInvoiceAsync(Invoice).GetAwaiter().GetResult()!;
        Console.WriteLine($"  {when}: the gateway moved money {Charges} time(s); the invoice is {invoice.Status}, settled {invoice.Settled}, reserved {invoice.Reserved}.");
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    // Nothing is flushed, closed or rolled back: the system takes the process away.
    private static async Task DieAfterTheCharge(string point)
    {
        if (point != "execute:after") return;
        Process.GetCurrentProcess().Kill();
        await Task.Delay(Timeout.Infinite);
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace InvoicePayments.Tests;

/// <summary>
/// What outlives a killed process: a folder with the gateway's ledger, and the SQLite file or where the books are on PostgreSQL. The program that
/// is killed and whoever comes after it open it alike.
/// </summary>
internal static class CrashFolder
{
    public static GatewayLedger LedgerOf(string folder) => GatewayLedger.InFile(Path.Combine(folder, "gateway.jsonl"));

    public static ServiceProvider Open(string folder, CrashPoints points, TimeProvider clock)
    {
        var services = new ServiceCollection();
        services.AddSingleton(clock);
        var builder = services.AddInvoicePayments(options => options.Gateway.Resends = 0)
            .UseScriptedGateway(configure: options => options.Ledger = LedgerOf(folder))
            .UseGateway("test", provider => new CrashingGateway(provider.GetRequiredService<ScriptedGateway>(), points));
        if (File.Exists(ServerOf(folder))) UsePostgreSql(builder, File.ReadAllLines(ServerOf(folder)), points);
        else UseSqlite(builder, folder, points);
        return services.BuildServiceProvider();
    }

    /// <summary>Has the books of this folder kept on PostgreSQL.</summary>
    public static void KeepOnPostgreSql(string folder, string connectionString, string schema) =>
        File.WriteAllLines(ServerOf(folder), [connectionString, schema]);

    /// <summary>Pays, refunds, does both (work) or recovers the invoices 1 to <paramref name="count"/>, until none is open.</summary>
    public static async Task RunAsync(IInvoicePaymentService service, string command, int count, LaterClock clock)
    {
        for (var number = 1; number <= count; number++)
        {
            var (pay, refund) = (Pay(number), Refund(number));
            if (command is "pay" or "work") await UntilAsync(clock, async () => (await service.PayAsync(pay)).Operation!.IsFinal);
            if (command is "refund" or "work") await UntilAsync(clock, async () => (await service.RefundAsync(refund)).Operation!.IsFinal);
            if (command is "recover") await UntilAsync(clock, () => RecoverAsync(service, InvoiceOf(number)));
        }
    }

    public static InvoiceId InvoiceOf(int number) => new($"inv_{number}");

    public static IssueInvoice Issue(int number) =>
        new() { InvoiceId = InvoiceOf(number), Account = new("acc_ada"), Total = Money.FromMinorUnits(1000 + number, Currency.EUR) };

    public static PayInvoice Pay(int number) =>
        new() { InvoiceId = InvoiceOf(number), Key = $"pay-{number}", Gateway = new("test"), Token = ScriptedTokens.Visa };

    public static RefundPayment Refund(int number)
    {
        var paid = IdempotencyGuard.OperationOf(TenantId.Default, IdempotencyScope.Tenant, null, new IdempotencyKey(Pay(number).Key));
        return new() { PaymentId = new("pay_" + paid.Value), Key = $"refund-{number}" };
    }

    private static string ServerOf(string folder) => Path.Combine(folder, "postgresql");

    private static void UsePostgreSql(InvoicePaymentsBuilder builder, string[] server, CrashPoints points) => builder
        .UsePostgreSql(server[0], options => options.Schema = server[1])
        .UseStore(provider => new CrashingStore<PostgreSqlPaymentStore>(provider.GetRequiredService<PostgreSqlPaymentStore>(), points));

    private static void UseSqlite(InvoicePaymentsBuilder builder, string folder, CrashPoints points) => builder
        .UseSqlite($"Data Source={Path.Combine(folder, "payments.db")}")
        .UseStore(provider => new CrashingStore<SqlitePaymentStore>(provider.GetRequiredService<SqlitePaymentStore>(), points));

    private static async Task<bool> RecoverAsync(IInvoicePaymentService service, InvoiceId invoice)
    {
        await service.RecoverAsync();
        return (await service.ListOperationsAsync(invoice)).Items.All(o => o.IsFinal);
    }

    private static async Task UntilAsync(LaterClock clock, Func<Task<bool>> isDone)
    {
        for (var round = 0; !await isDone(); round++)
        {
            if (round == 20) throw new TimeoutException("It stays stuck.");
            clock.Advance(TimeSpan.FromSeconds(40));
        }
    }
}

namespace InvoicePayments.Tests;

/// <summary>The kit that a host runs over a store of its own, over ours.</summary>
public sealed class PostgreSqlConformanceTests
{
    public static TheoryData<string> Names => [.. KitOf(null!).Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task TheStoreOnPostgreSql_Keeps(string name)
    {
        await using var temp = await PgStore.NewAsync();
        await KitOf(temp).Checks.Single(check => check.Name == name).RunAsync(Given.Token);
    }

    private static StoreConformance KitOf(PgStore temp) => new(
        _ => ValueTask.FromResult<IInvoicePaymentStore>(temp.Open()),
        async (store, _) =>
        {
            await ((PostgreSqlPaymentStore)store).DisposeAsync();
            return temp.Open();
        });
}

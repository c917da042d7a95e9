namespace InvoicePayments.Tests;

/// <summary>The kit that a host runs over a store of its own, over ours.</summary>
public sealed class SqliteConformanceTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();

    public static TheoryData<string> Names => [.. KitOf(null!).Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task TheStoreOnSqlite_Keeps(string name) => KitOf(_temp).Checks.Single(check => check.Name == name).RunAsync(Given.Token);

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    private static StoreConformance KitOf(TempStore temp) => new(
        _ => ValueTask.FromResult<IInvoicePaymentStore>(temp.Open()),
        async (store, _) =>
        {
            await ((SqlitePaymentStore)store).DisposeAsync();
            return temp.Open();
        });
}

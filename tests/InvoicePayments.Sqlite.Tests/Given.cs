using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace InvoicePayments.Tests;

/// <summary>Records to store: small ones, and ones with every field filled.</summary>
internal static class Given
{
    public static readonly TenantId Tenant = new("t1");
    public static readonly DateTimeOffset Now = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero).AddTicks(1234567);
    public static readonly Fingerprint Print = new(new string('a', 64));

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Money Eur(long units) => Money.FromMinorUnits(units, Currency.EUR);

    public static Invoice Invoice(string id = "inv_1", long version = 1, InvoiceSums sums = default, long total = 10_000) => new()
    {
        Tenant = Tenant, Id = new(id), Account = new("acc_1"), Total = Eur(total), Document = InvoiceDocument.Open, CreatedAt = Now, Version = version, Sums = sums,
    };

    public static PaymentOperation Operation(string id, OperationStatus status = OperationStatus.Pending, long version = 1, params string[] invoices) => new()
    {
        Tenant = Tenant, Id = new(id), Kind = OperationKind.Charge, Payment = new("pay" + id), Account = new("acc_1"), Amount = Eur(100),
        Allocation = new([.. (invoices.Length == 0 ? ["inv_1"] : invoices).Select(i => new AllocationPart(new(i), Eur(50)))]),
        Status = status, Fingerprint = Print, CreatedAt = Now, Version = version,
    };

    public static Payment Payment(string id, long version = 1, params string[] invoices) => new()
    {
        Tenant = Tenant, Id = new(id), Account = new("acc_1"), Amount = Eur(100), Mode = PaymentMode.Online, Status = OperationStatus.Pending,
        Shares = [.. invoices.Select(i => new PaymentShare(new(i), 10, 5, 1))], CreatedAt = Now, Version = version,
    };

    public static GatewayCommand.Charge Charge(string operation) => new()
    {
        Tenant = Tenant, Gateway = new("stripe"), Reference = new(operation), Amount = Eur(100), Token = new("tok_secret_1"), SingleUse = true,
        Account = new("acc_1"), Initiator = PaymentInitiator.Merchant, Description = "d", StatementDescriptor = "s",
        ReturnUrl = new("https://shop.example/back?x=1"), Metadata = new Dictionary<string, string> { ["k"] = "v" },
    };

    public static StoredPaymentMethod Method(string id, bool isDefault = false, string account = "acc_1") => new()
    {
        Tenant = Tenant, Id = new(id), Account = new(account), Gateway = new("stripe"), Token = new("tok_" + id), Label = "Visa", IsDefault = isDefault,
    };

    public static ParkedOutcome Parked(string operation, GatewayOutcome outcome, char print = 'b', int minutes = 0) =>
        new(Tenant, new(operation), new("stripe"), new(new string(print, 64)), outcome, Now.AddMinutes(minutes));

    public static ChangeSet Changes(params Invoice[] invoices) => new() { Tenant = Tenant, Invoices = invoices };

    public static ChangeSet Changes(params PaymentOperation[] operations) =>
        new() { Tenant = Tenant, Operations = [.. operations.Select(o => new OperationChange(o, null))] };

    public static LoadRequest Load(params string[] invoices) => new() { Tenant = Tenant, Invoices = [.. invoices.Select(i => new InvoiceId(i))] };

    public static LoadRequest LoadOperations(params string[] ids) => new() { Tenant = Tenant, Operations = [.. ids.Select(i => new OperationId(i))] };

    public static void Same<T>(T expected, T actual, JsonTypeInfo<T> type) =>
        Assert.Equal(JsonSerializer.Serialize(expected, type), JsonSerializer.Serialize(actual, type));
}

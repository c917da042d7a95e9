using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class IdempotencyGuardTests
{
    private static readonly Fingerprint Other = new(new string('0', 64));
    private static readonly PaymentOperation Known = Story.Of(1000).Ask(Pay()).Operation;

    [Fact]
    public void WhenTheKeyIsNotKnown_ItIsNew() => Assert.IsType<IdempotencyAnswer.New>(IdempotencyGuard.Check(null, Other));

    [Fact]
    public void WhenTheMeaningDiffers_ItIsAMismatchWhateverTheStatus() => Assert.All(
        Enum.GetValues<OperationStatus>(),
        status => Assert.IsType<IdempotencyAnswer.Mismatch>(IdempotencyGuard.Check(Known with { Status = status }, Other)));

    [Theory]
    [InlineData(OperationStatus.Pending, true)]
    [InlineData(OperationStatus.Unknown, true)]
    [InlineData(OperationStatus.ActionRequired, false)]
    [InlineData(OperationStatus.Processing, false)]
    [InlineData(OperationStatus.Authorized, false)]
    [InlineData(OperationStatus.NeedsAttention, false)]
    [InlineData(OperationStatus.Succeeded, false)]
    [InlineData(OperationStatus.Declined, false)]
    [InlineData(OperationStatus.Failed, false)]
    [InlineData(OperationStatus.Canceled, false)]
    [InlineData(OperationStatus.Expired, false)]
    public void WhenTheMeaningIsTheSame_ItIsInProgressUntilTheGatewayAnswered(OperationStatus status, bool inProgress)
    {
        var existing = Known with { Status = status };
        IdempotencyAnswer expected = inProgress ? new IdempotencyAnswer.InProgress(existing) : new IdempotencyAnswer.Replay(existing);

        Assert.Equal(expected, IdempotencyGuard.Check(existing, existing.Fingerprint));
    }

    [Fact]
    public void AnIdIsDerivedFromTenantScopeAndKeyAlone()
    {
        Assert.Equal(Id(IdempotencyScope.Tenant, Ada), Id(IdempotencyScope.Tenant, Bob));
        Assert.Equal(Id(IdempotencyScope.Tenant, null), Id(IdempotencyScope.Tenant, Bob));
        Assert.NotEqual(Id(IdempotencyScope.Account, Ada), Id(IdempotencyScope.Account, Bob));
        Assert.NotEqual(Id(IdempotencyScope.Tenant, null), Id(IdempotencyScope.Tenant, null, key: "k2"));
        Assert.NotEqual(Id(IdempotencyScope.Tenant, null), Id(IdempotencyScope.Tenant, null, tenant: "other"));
    }

    private static OperationId Id(IdempotencyScope scope, AccountId? account, string key = "k1", string tenant = "shop") =>
        IdempotencyGuard.OperationOf(new(tenant), scope, account, new(key));
}

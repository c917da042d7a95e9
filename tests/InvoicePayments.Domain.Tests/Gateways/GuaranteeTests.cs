using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class GuaranteeTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public void AResendIsCoveredWithinTheWindowAndNotAtItsEnd()
    {
        var covered = new Guarantee { Duplicates = DuplicateRule.ReplaySameResult, Window = TimeSpan.FromHours(1) };

        Assert.True(covered.CoversResend(Noon, Noon));
        Assert.True(covered.CoversResend(Noon, Noon.AddHours(1) - Tick));
        Assert.False(covered.CoversResend(Noon, Noon.AddHours(1)));
        Assert.False(covered.CoversResend(Noon, Noon.AddHours(1) + Tick));
        Assert.False((covered with { Duplicates = DuplicateRule.None }).CoversResend(Noon, Noon));
        Assert.False(Guarantee.None.CoversResend(Noon, Noon));
    }

    [Fact]
    public void AbsenceProvesSomethingFromTheTimeOnThatTheGatewayNamesAndNeverWhereItNamesNone()
    {
        var provable = new Guarantee { AbsenceProvenAfter = TimeSpan.FromMinutes(5) };

        Assert.False(provable.ProvesAbsence(Noon, Noon.AddMinutes(5) - Tick));
        Assert.True(provable.ProvesAbsence(Noon, Noon.AddMinutes(5)));
        Assert.True(provable.ProvesAbsence(Noon, Noon.AddMinutes(6)));
        Assert.False(Guarantee.None.ProvesAbsence(Noon, Noon.AddYears(1)));
    }

    [Fact]
    public void AKindThatIsNotListedIsNotSupportedAndGuaranteesNothing()
    {
        var charges = new Guarantee { Window = TimeSpan.FromHours(1) };
        var profile = Terms(charges, OperationKind.Charge).Profile;

        Assert.True(profile.Supports(OperationKind.Charge));
        Assert.False(profile.Supports(OperationKind.Refund));
        Assert.Same(charges, profile.For(OperationKind.Charge));
        Assert.Same(Guarantee.None, profile.For(OperationKind.Refund));
    }
}

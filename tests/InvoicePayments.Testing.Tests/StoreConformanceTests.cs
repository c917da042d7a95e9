namespace InvoicePayments.Tests;

public sealed class StoreConformanceTests
{
    private static StoreConformance Kit { get; } = new(
        _ => ValueTask.FromResult<IInvoicePaymentStore>(new InMemoryPaymentStore()), (store, _) => ValueTask.FromResult(store));

    public static TheoryData<string> Names => [.. Kit.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task TheStoreInMemory_Keeps(string name) => Kit.Checks.Single(check => check.Name == name).RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public void EveryCheck_HasANameOfItsOwn() => Assert.Equal(Kit.Checks.Count, Kit.Checks.Select(c => c.Name).Distinct().Count());

    [Theory]
    [InlineData(StoreFault.IgnoresVersions, "StaleVersionConflicts")]
    [InlineData(StoreFault.StoresTheFirstAlone, "SeveralAreStoredTogether")]
    [InlineData(StoreFault.BuildsOnConflicts, "NothingIsBuiltOnAConflict")]
    [InlineData(StoreFault.StoresOnlyAll, "TheFirstOnesAreStored")]
    [InlineData(StoreFault.StoresHalf, "ConflictStoresNothing")]
    [InlineData(StoreFault.LosesFacts, "FactsInOrder")]
    [InlineData(StoreFault.MixesTenants, "TenantsNeverMeet")]
    [InlineData(StoreFault.LoadsFinalAsOpen, "OpenOperationsOnly")]
    [InlineData(StoreFault.KeepsTheCommand, "CommandErasedWhenFinal")]
    [InlineData(StoreFault.IsNotAtomic, "OneUpdateWins")]
    [InlineData(StoreFault.ParksTwice, "ParkedOnce")]
    [InlineData(StoreFault.AcceptsAnySums, "SumsThatDoNotHoldAreRefused")]
    [InlineData(StoreFault.ListsWhatIsNotDue, "DueInOrder")]
    [InlineData(StoreFault.LosesAField, "CommittedIsLoaded")]
    [InlineData(StoreFault.ClaimsTwice, "OneInsertWins")]
    [InlineData(StoreFault.ForgetsTheOutbox, "FactsAreDueOnceCommitted")]
    [InlineData(StoreFault.IgnoresTheLease, "ALeaseKeepsOthersAway")]
    [InlineData(StoreFault.IgnoresTheFence, "ALeaseKeepsOthersAway")]
    [InlineData(StoreFault.ClaimsForEverybody, "OneClaimWins")]
    [InlineData(StoreFault.RetriesAtOnce, "AFailureWaitsItsTime")]
    [InlineData(StoreFault.DeliversTheDead, "ADeadLetterWaitsForRelease")]
    [InlineData(StoreFault.ListsInvoicesNotDue, "DueInvoicesInOrder")]
    [InlineData(StoreFault.SkipsInvoicesDueAtOneTime, "DueInvoicesInOrder")]
    [InlineData(StoreFault.SkipsInvoicesDueAtOneTime, "DueInvoicesMove")]
    [InlineData(StoreFault.ForgetsTheAttempt, "DueInvoicesMove")]
    [InlineData(StoreFault.ForgetsTheGatewaysIds, "FoundByTheGatewaysId")]
    [InlineData(StoreFault.ListsMovementsAsTheyCame, "MovementsInOrder")]
    [InlineData(StoreFault.ForgetsToPutOff, "ParkedIsDueUntilItIsTakenIn")]
    [InlineData(StoreFault.KeepsWhatIsRemoved, "ParkedIsDueUntilItIsTakenIn")]
    [InlineData(StoreFault.PurgesTooMuch, "IdleStreamsAreForgotten")]
    [InlineData(StoreFault.DeliversNoCredit, "CreditFactsAreDueToo")]
    public async Task ABrokenStore_IsFoundOut(StoreFault fault, string check)
    {
        var report = await new StoreConformance(_ => ValueTask.FromResult<IInvoicePaymentStore>(new BrokenStore(fault)))
            .RunAllAsync(TestContext.Current.CancellationToken);

        Assert.Contains(check, report.Failed.Select(r => r.Check.Name));
        Assert.Contains(check, Assert.Throws<ConformanceException>(report.EnsurePassed).Message);
    }

    [Fact]
    public async Task AStoreThatForgets_IsFoundOutWhenReopened()
    {
        var kit = new StoreConformance(
            _ => ValueTask.FromResult<IInvoicePaymentStore>(new InMemoryPaymentStore()),
            (_, _) => ValueTask.FromResult<IInvoicePaymentStore>(new InMemoryPaymentStore()));

        var report = await kit.RunAllAsync(TestContext.Current.CancellationToken);

        Assert.Equal("SurvivesReopening", Assert.Single(report.Failed).Check.Name);
    }

    [Fact]
    public async Task TheWrapperWithoutAFault_Passes()
    {
        var report = await new StoreConformance(_ => ValueTask.FromResult<IInvoicePaymentStore>(new BrokenStore(StoreFault.None)))
            .RunAllAsync(TestContext.Current.CancellationToken);

        Assert.True(report.AllPassed, report.ToString());
    }
}

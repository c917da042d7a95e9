using System.Globalization;

namespace InvoicePayments.Tests;

public sealed class ScheduleExplorerTests(ITestOutputHelper output)
{
    private const string Budget = "INVOICEPAYMENTS_EXPLORER_SCHEDULES";
    private const string Only = "INVOICEPAYMENTS_EXPLORER_WORLDS";
    private const long ShortBudget = 2_000;

    private static long _schedules;

    private static readonly SmallWorld TwoKeys = SmallWorld.All.Single(w => w.Name == "two keys for the same money");

    // All is paid twice, and the second time kept; the other invoice may spend it before the gateway gives a part of it back, or a bank takes it.
    private static readonly SmallWorld[] Kept =
    [
        Spent("given back at the gateway, and a host dies", [SmallWish.RefundElsewhere]) with { MayStrike = [SimulatedFault.HostDies] },
        Spent("returned by the bank, and a host dies", [SmallWish.ReturnDebit]) with { MayStrike = [SimulatedFault.HostDies] },
        Spent("disputed and lost", [SmallWish.Dispute, SmallWish.LoseDispute]),
        Spent("given back at the gateway while we give back as well", [SmallWish.RefundElsewhere, SmallWish.RefundPart]) with { Webhooks = false },
        Spent("returned by the bank while we give back as well", [SmallWish.ReturnDebit, SmallWish.RefundPart]) with { Webhooks = false },
    ];

    // Those whose names contain what INVOICEPAYMENTS_EXPLORER_WORLDS says; all of them by default.
    public static TheoryData<string> Worlds =>
        [.. SmallWorld.All.Select(world => world.Name).Where(name => name.Contains(Environment.GetEnvironmentVariable(Only) ?? "", StringComparison.Ordinal))];

    // All schedules of these worlds with INVOICEPAYMENTS_EXPLORER_SCHEDULES=all; by default those worlds whole that are small, and the beginning of the others.
    [Theory]
    [MemberData(nameof(Worlds))]
    public void InNoOrder_AnythingBreaks(string name)
    {
        var report = new ScheduleExplorer().Explore(SmallWorld.All.Single(w => w.Name == name), AtMost());

        output.WriteLine(report.ToString());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Add(ref _schedules, report.Schedules):N0} schedules by now, of all worlds together."));
        report.EnsureNothingBroke();
        Assert.True(report.IsComplete || report.Schedules >= AtMost());
    }

    public static TheoryData<string> KeptWorlds => [.. Kept.Select(world => world.Name)];

    [Theory]
    [MemberData(nameof(KeptWorlds))]
    public void WhatWasKeptAsCredit_AndGoesBackAtTheGateway_BreaksNothing_WhoeverSpendsItMeanwhile(string name)
    {
        var world = Kept.Single(w => w.Name == name);
        var report = new ScheduleExplorer(new() { Policy = new() { Overpayments = OverpaymentRule.KeepAsCredit } }).Explore(world, AtMost());

        output.WriteLine(report.ToString());
        report.EnsureNothingBroke();
        Assert.Equal(report.Schedules, report.Faults[SimulatedFault.MovesTwice]);
        Assert.True(report.IsComplete || report.Schedules >= AtMost());
    }

    [Fact]
    public void EverySchedule_IsCountedOnce_HoweverManyThreadsShareTheWork()
    {
        var alone = new ScheduleExplorer(new() { Threads = 1 }).Explore(TwoKeys);
        var shared = new ScheduleExplorer(new() { Threads = 7 }).Explore(TwoKeys);

        Assert.True(alone.IsComplete && shared.IsComplete);
        Assert.Equal((alone.Schedules, alone.Steps), (shared.Schedules, shared.Steps));
    }

    [Fact]
    public void OfIndependentSteps_ThereAreAsManyOrdersAsThereAreShuffles()
    {
        // Nothing is known of the invoice yet, so that each of three lookers takes one step, a load: 3! orders; with one looker there is one.
        var three = new SmallWorld { Name = "three lookers", First = [SmallWish.Recover, SmallWish.Recover, SmallWish.Recover], Webhooks = false };

        Assert.Equal(6, new ScheduleExplorer().Explore(three).Schedules);
        Assert.Equal(1, new ScheduleExplorer().Explore(three with { First = [SmallWish.Recover] }).Schedules);
    }

    [Fact]
    public async Task WhatAHostsOwnStoreThrows_EndsIt_HoweverManyThreadsShareTheWork()
    {
        var explorer = new ScheduleExplorer(new() { Threads = 3, OpenStore = () => throw new IOException("The disk is full.") });

        // Threads that wait for each other for ever fail it instead of standing still with it.
        var exploring = Task.Run(() => explorer.Explore(TwoKeys), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Equal("The disk is full.", (await Assert.ThrowsAsync<IOException>(() => exploring)).Message);
    }

    [Fact]
    public void AfterItsBudget_ItStops_AndSaysThatThereAreOthers()
    {
        var report = new ScheduleExplorer().Explore(TwoKeys, atMost: 100);

        Assert.False(report.IsComplete);
        Assert.InRange(report.Schedules, 100, 100 + Environment.ProcessorCount);
    }

    [Theory]
    [InlineData("CommitsWithoutComparingVersions", "two keys for the same money")]
    [InlineData("SpendsCreditWithoutComparingVersions", "two invoices with the same credit")]
    [InlineData("CommitsOneOfSeveral", "several invoices, and one of them")]
    [InlineData("InstalmentDoesNotSettleItsWhole", "an instalment and its whole")]
    [InlineData("WonDisputeKeepsItsHold", "a dispute that is won while all is refunded")]
    [InlineData("ReturnsAreNotTaken", "a debit that is returned while a part is refunded, and a host dies")]
    [InlineData("FreesTheReservationOnATimeout", "lost answers, then the same key, another key and recovery")]
    [InlineData("TakesALinkForPaid", "a link that is paid while another key pays")]
    [InlineData("TakesALinkNobodyPaidForExpired", "a link whose answers are lost, then the same key, recovery and the payer")]
    [InlineData("ForgetsWhenALinkEnds", "a link that is paid while the invoice is voided, and a host dies")]
    public void AStoreOrAdapterWithABug_IsCaught_AndTheScheduleIsTold(string bug, string world)
    {
        var report = new ScheduleExplorer(Bug.All.Single(b => b.Name == bug).Options).Explore(SmallWorld.All.Single(w => w.Name == world));

        output.WriteLine(report.ToString());
        Assert.NotNull(report.Failure);
        Assert.NotEmpty(report.Failure.Story);
        Assert.Throws<SimulationException>(report.EnsureNothingBroke);
    }

    private static SmallWorld Spent(string how, SmallWish[] back) =>
        new() { Name = $"credit that is spent while what brought it is {how}", Invoices = 2, IsPaidTwice = true, First = [.. back, SmallWish.PayTheOtherWithCredit] };

    private static long AtMost() => Environment.GetEnvironmentVariable(Budget) switch
    {
        null or "" => ShortBudget,
        "all" => long.MaxValue,
        var given => long.Parse(given, CultureInfo.InvariantCulture),
    };
}

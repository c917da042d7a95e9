namespace InvoicePayments.Tests;

public sealed class GatewayConformanceTests
{
    public static TheoryData<DuplicateRule, string> NamesPerRule
    {
        get
        {
            var data = new TheoryData<DuplicateRule, string>();
            foreach (var rule in Enum.GetValues<DuplicateRule>())
                foreach (var check in KitFor(rule).Checks) data.Add(rule, check.Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(NamesPerRule))]
    public Task TheScriptedGateway_Keeps(DuplicateRule rule, string name) =>
        KitFor(rule).Checks.Single(check => check.Name == name).RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(GatewayFault.MovesOnDuplicate, "SameReferenceFollowsTheRule", "CrowdMovesOnce", "LostAnswerMovesOnce", "RefundGivesBackOnce")]
    [InlineData(GatewayFault.ResolveMoves, "ResolveMovesNothing", "ResolveOfNothing")]
    [InlineData(GatewayFault.ThrowsDeclines, "DeclineMovesNothing")]
    [InlineData(GatewayFault.ReportsWrongAmount, "ChargeMovesOnce")]
    [InlineData(GatewayFault.ForgetsReferences, "ResolveFindsTheCharge", "LostAnswerIsFound")]
    [InlineData(GatewayFault.RefundsTooMuch, "OverRefundIsRefused")]
    [InlineData(GatewayFault.DeclinesWhenCancelled, "CancelledIsNoDecline")]
    [InlineData(GatewayFault.FindsWhatNeverWas, "ResolveOfNothing")]
    [InlineData(GatewayFault.LeavesOutTheMessage, "DeclineMovesNothing")]
    [InlineData(GatewayFault.NegativeWindow, "ProfileIsSane")]
    [InlineData(GatewayFault.LinksElsewhere, "LinkMovesNothing", "LinkIsFound")]
    [InlineData(GatewayFault.AuthorizeMoves, "AuthorizeMovesNothing")]
    [InlineData(GatewayFault.CapturesTwice, "CaptureMovesOnce")]
    [InlineData(GatewayFault.CapturesTooMuch, "OverCaptureIsRefused")]
    [InlineData(GatewayFault.CapturesOnlyOnce, "SeveralCapturesAsClaimed")]
    [InlineData(GatewayFault.VoidHoldsOn, "VoidLetsGo")]
    [InlineData(GatewayFault.VoidTakesBackTwice, "VoidTakesBackOnce")]
    [InlineData(GatewayFault.CallsOffWhatMoved, "CancelMovesNothing")]
    [InlineData(GatewayFault.OneIdForAll, "EveryChargeHasItsId")]
    [InlineData(GatewayFault.TriesDeclinesAgain, "DeclineIsReplayed")]
    [InlineData(GatewayFault.FindsDeclinesAsPaid, "ResolveFindsTheDecline")]
    public async Task ABrokenGateway_IsFoundOut(GatewayFault fault, params string[] checks)
    {
        var report = await new GatewayConformance(_ => ValueTask.FromResult(new BrokenGateway(fault).Subject))
            .RunAllAsync(TestContext.Current.CancellationToken);

        Assert.All(checks, check => Assert.Contains(check, report.Failed.Select(r => r.Check.Name)));
    }

    [Fact]
    public void EveryCheckOfTheKit_IsFailedByAGatewayThatIsBrokenForIt()
    {
        var broken = typeof(GatewayConformanceTests).GetMethod(nameof(ABrokenGateway_IsFoundOut))!.GetCustomAttributes(typeof(InlineDataAttribute), inherit: false)
            .Cast<InlineDataAttribute>().SelectMany(row => row.Data.Skip(1)).SelectMany(names => names as IEnumerable<object> ?? [names!]).Select(name => $"{name}").ToHashSet();

        Assert.All(KitFor(DuplicateRule.ReplaySameResult).Checks, check => Assert.Contains(check.Name, broken));
    }

    [Fact]
    public async Task TheWrapperWithoutAFault_Passes()
    {
        var report = await new GatewayConformance(_ => ValueTask.FromResult(new BrokenGateway(GatewayFault.None).Subject))
            .RunAllAsync(TestContext.Current.CancellationToken);

        Assert.True(report.AllPassed, report.ToString());
    }

    private static GatewayConformance KitFor(DuplicateRule rule) => new(_ =>
    {
        var gateway = new ScriptedGateway(new ScriptedGatewayOptions { Profile = ScriptedGatewayOptions.ProfileOf(rule) });
        return ValueTask.FromResult(new GatewayConformanceSubject
        {
            Gateway = gateway,
            Moved = (reference, _) => ValueTask.FromResult(gateway.Ledger.MovementsOf(reference).Sum(e => e.Money.MinorUnits)),
            Succeeds = ScriptedTokens.Visa,
            Declines = ScriptedTokens.Declined,
            LoseNextAnswer = _ =>
            {
                gateway.Next(ScriptedBehaviour.LoseAnswerAfter());
                return ValueTask.CompletedTask;
            },
        });
    });
}

using FsCheck;
using FsCheck.Fluent;
using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What a loss does beside the invoice.</summary>
public sealed class LossDecisionTests
{
    private static readonly Gen<int[]> Parts = Gen.OneOf(Gen.Choose(1, 5), Gen.Choose(1, 1_000_000)).NonEmptyListOf().Select(list => list.Take(8).ToArray());
    private static readonly Gen<int[]> Steps = Gen.OneOf(Gen.Choose(-3, 3), Gen.Choose(-500_000, 500_000)).ArrayOf();
    private readonly Story _story = Story.Of(1000);

    [Fact]
    public void WhatIsTakenOfRecipients_SumsExactly_AndIsNeverMoreThanAnyOfThemHas() => Property.Holds(Parts, Steps, (parts, steps) =>
    {
        IReadOnlyList<FundingShare> shares = [.. parts.Select((part, i) => new FundingShare(new($"rec_{i}"), part, part / 3, 0))];
        foreach (var more in steps)
        {
            var (left, taken) = (shares.Sum(s => s.Captured - s.Refunded - s.Taken), shares.Sum(s => s.Taken));
            shares = FundingShare.Take(shares, more);

            Assert.Equal(taken + Math.Clamp(more, -taken, left), shares.Sum(s => s.Taken));
            Assert.All(shares, s => Assert.InRange(s.Taken, 0, s.Captured - s.Refunded));
        }

        Assert.All(FundingShare.Take(shares, long.MaxValue / 2), s => Assert.Equal((s.Captured, 0L), (s.Refunded + s.Taken, s.Refundable)));
        Assert.All(FundingShare.Take(shares, -long.MaxValue / 2), s => Assert.Equal(0, s.Taken));
    });

    [Fact]
    public void AfterALostDispute_DunningIsStopped_WhateverItDidBefore()
    {
        DunningState[] before = [DunningState.None, DunningState.InProgress, DunningState.Exhausted, DunningState.Stopped];
        DunningState[] after = [DunningState.Stopped, DunningState.Stopped, DunningState.Exhausted, DunningState.Stopped];

        Assert.Equal(after, before.Select(state => After(new GatewayNotice.DisputeLost(new("dp_1"), Eur(1000)), state).State));
    }

    [Fact]
    public void AfterAReturnedDebit_TheScheduleBegins_UnlessItRunsOrWasGivenUp()
    {
        var returned = new GatewayNotice.DebitReturned(Eur(1000), "R01");

        Assert.Equal(new InvoiceDunning(DunningState.InProgress, 1, 0, Noon, Noon.AddDays(1)), After(returned, DunningState.None));
        Assert.Equal(2, After(returned, DunningState.InProgress).Tries);
        Assert.Equal(DunningState.Exhausted, After(returned, DunningState.Exhausted).State);
        Assert.Equal(DunningState.Stopped, After(returned, DunningState.Stopped).State);
        Assert.Equal(DunningState.Exhausted, After(returned, DunningState.None, new DunningPolicy { RetrySchedule = [] }).State);
    }

    [Fact]
    public void AReturnAndALostDisputeOfOnePayment_StopDunning_WhicheverCameFirst()
    {
        GatewayNotice[] both = [new GatewayNotice.DebitReturned(Eur(400), "R01"), new GatewayNotice.DisputeLost(new("dp_1"), Eur(300))];
        foreach (var order in new[] { both, [both[1], both[0]] })
        {
            var story = Paid(DunningState.None);
            foreach (var notice in order) Tell(story, notice);
            Assert.Equal(DunningState.Stopped, story.Invoice.Dunning.State);
        }
    }

    [Fact]
    public void WithoutADueTime_OrWhileNothingIsDue_DunningStaysAsItWas()
    {
        var id = _story.Ask(Pay()).Operation.Id;
        _story.Tell(id, Success(1000));
        Tell(_story, new GatewayNotice.DisputeLost(new("dp_1"), Eur(1000)));
        Assert.Equal(InvoiceDunning.None, _story.Invoice.Dunning);

        var twice = Paid(DunningState.None);
        twice.Tell(twice.Operations.Single().Id, Success(1000, "ch_2"));
        Tell(twice, new GatewayNotice.DisputeLost(new("dp_1"), Eur(1000)));
        Assert.Equal((InvoiceDunning.None, Eur(0)), (twice.Invoice.Dunning, twice.Invoice.Due));
    }

    [Fact]
    public void OfAnAuthorizationAPersonSaysThatItStands_ForAsMuchAsWasSeen()
    {
        var authorized = _story.Ask(Pay() with { CaptureLater = true }).Operation;
        _story.Tell(authorized.Id, new GatewayOutcome.Unknown(NoAnswer));
        _story.Now = Noon.AddHours(1);
        var settle = new SettleOperation { Operation = authorized.Id, Settlement = new Settlement.Happened(new("au_7"), Eur(600)), By = "grace", Why = "Seen." };

        Assert.IsType<PaymentResult.Authorized>(_story.Answer(settle));

        var now = _story[authorized.Id];
        Assert.Equal((Eur(600), Noon + _story.Policy.AuthorizationLifetime, new GatewayPaymentId("au_7")), (now.Capturable, now.NextCheckAt!.Value, now.GatewayPaymentId!.Value));
        Assert.Null(now.Error);
        Assert.True(_story.Answer(settle).IsReplay);
        Assert.Equal(Rejection.OperationNotSettleable, _story.Refusal(settle with { Settlement = new Settlement.DidNotHappen() }).Why);
        Assert.IsType<InvoiceEvent.Authorized>(_story.Facts[^1]);
    }

    private static InvoiceDunning After(GatewayNotice notice, DunningState before, DunningPolicy? policy = null)
    {
        var story = Paid(before);
        if (policy is not null) story.Policy = story.Policy with { Dunning = policy };
        Tell(story, notice);
        return story.Invoice.Dunning;
    }

    private static Story Paid(DunningState dunning)
    {
        var story = new Story();
        story.Answer(Issue(1000) with { DueAt = Noon });
        story.Tell(story.Ask(Pay()).Operation.Id, Success(1000));
        story.Invent(i => i with { Dunning = new(dunning, Tries: dunning == DunningState.InProgress ? 2 : 0, NextAt: dunning == DunningState.InProgress ? Noon.AddDays(2) : null) });
        return story;
    }

    private static void Tell(Story story, GatewayNotice notice) =>
        story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = notice });
}

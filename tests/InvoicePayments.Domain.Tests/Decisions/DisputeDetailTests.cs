using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What is held, taken, told and noted of each dispute, on each invoice that the payment paid.</summary>
public sealed class DisputeDetailTests
{
    private static readonly GatewayPaymentId First = new("dp_1");
    private readonly Story _story = Story.Of(600);
    private readonly PaymentOperation _charge;

    public DisputeDetailTests()
    {
        _story.Answer(Issue(300, "inv_2"));
        var both = new PaymentSpread.AsTold(new([new(Inv, Eur(600)), new(new("inv_2"), Eur(300))]));
        _charge = _story.Ask(Pay(null, "both") with { InvoiceId = null, Several = both }).Operation;
        _story.Tell(_charge.Id, Success(900));
    }

    private Payment Payment => _story[_charge.Payment];

    private string Shares => string.Join(' ', Payment.Shares.Select(s => $"{s.Disputed}/{s.Taken}/{s.TakenReopened}"));

    [Fact]
    public void WhatIsHeld_IsHeldOfEachInvoiceByWhatItHad_AndGrowsWithTheReports()
    {
        _story.Now += TimeSpan.FromHours(1);
        var opened = Hear(new GatewayNotice.DisputeOpened(First, Eur(90), "fraud", Noon.AddDays(5))).Operation!;
        Assert.Equal(("60/0/0 30/0/0", Acme, First, _story.Now), (Shares, opened.Gateway!.Value, opened.GatewayPaymentId!.Value, opened.CreatedAt));
        Assert.Equal((OperationStatus.Processing, Ada, _charge.Payment, "fraud"), (opened.Status, opened.Account, opened.Payment, opened.Reason));
        var more = Hear(new GatewayNotice.DisputeOpened(First, Eur(300), "other", Noon.AddDays(4))).Operation!;
        Assert.Equal(("200/0/0 100/0/0", Eur(300), "fraud", Noon.AddDays(5)), (Shares, more.Amount, more.Reason, more.ActionDeadline));
        Assert.Equal([Eur(200), Eur(100)], more.Allocation.Parts.Select(p => p.Amount));
        Assert.Equal([60L, 30L, 140L, 70L], _story.Facts.OfType<InvoiceEvent.DisputeOpened>().Select(f => f.Held.MinorUnits));
        Assert.Equal(new PaymentDispute(more.Id, 300, 0, IsOver: false), Assert.Single(Payment.Disputes));
        Assert.Empty(Payment.Discrepancies);
        Assert.True(Hear(new GatewayNotice.DisputeOpened(First, Eur(200), "less", Noon.AddDays(5))).IsReplay);
    }

    [Fact]
    public void ADisputeThatGrows_StaysTheOperationThatItWas_AndSaysItsReasonOnceItIsTold()
    {
        var opened = Hear(new GatewayNotice.DisputeOpened(First, Eur(90))).Operation!;
        Assert.Null(opened.Reason);
        _story.Now += TimeSpan.FromDays(1);
        var grown = Hear(new GatewayNotice.DisputeOpened(new("dp_1"), Eur(300), "fraud")).Operation!;

        Assert.Equal((opened.Id, Noon, "fraud", opened.Fingerprint), (grown.Id, grown.CreatedAt, grown.Reason, grown.Fingerprint));
        Assert.Single(_story.Operations, o => o.Kind == OperationKind.Dispute);
    }

    [Fact]
    public void OfTwoTimesToRespond_TheLaterCounts_WhicheverCameFirst()
    {
        Hear(new GatewayNotice.DisputeOpened(First, Eur(90)));
        Assert.Null(Dispute.ActionDeadline);
        foreach (var (within, expected) in new[] { (3, 3), (2, 3), (5, 5) })
        {
            Hear(new GatewayNotice.DisputeOpened(First, Eur(90), null, Noon.AddDays(within)));
            Assert.Equal(Noon.AddDays(expected), Dispute.ActionDeadline);
        }

        Hear(new GatewayNotice.DisputeOpened(First, Eur(120)));
        Assert.Equal(Noon.AddDays(5), Dispute.ActionDeadline);
        Hear(new GatewayNotice.DisputeOpened(First, Eur(150), null, Noon.AddDays(8)));
        Assert.Equal(Noon.AddDays(8), Dispute.ActionDeadline);
    }

    [Fact]
    public void WhatIsLost_IsTakenOfEach_AndIsDueAgain_AndTheDisputeIsOver()
    {
        Hear(new GatewayNotice.DisputeOpened(First, Eur(90), "fraud", Noon.AddDays(5)));
        var lost = Hear(new GatewayNotice.DisputeLost(First, Eur(300))).Operation!;

        Assert.Equal(("0/200/200 0/100/100", OperationStatus.Succeeded, Eur(300)), (Shares, lost.Status, lost.Moved!.Value));
        Assert.Equal((Noon, null, null, null), (lost.AnsweredAt!.Value, lost.ActionDeadline, lost.NextCheckAt, lost.EvidenceOf));
        Assert.Equal([(200L, 60L), (100L, 30L)], _story.Facts.OfType<InvoiceEvent.DisputeLost>().Select(f => (f.Taken.MinorUnits, f.Released.MinorUnits)));
        Assert.Equal([200L, 100L], _story.Facts.OfType<InvoiceEvent.Reopened>().Select(f => f.Amount.MinorUnits));
        Assert.Equal([Eur(200), Eur(100)], _story.Invoices.Select(i => i.Due));
        Assert.Equal(new PaymentDispute(lost.Id, 0, 300, IsOver: true), Assert.Single(Payment.Disputes));
        Assert.True(Hear(new GatewayNotice.DisputeLost(First, Eur(300))).IsReplay);
        Assert.True(Hear(new GatewayNotice.DisputeOpened(First, Eur(600))).IsReplay);

        Hear(new GatewayNotice.DisputeLost(First, Eur(450)));
        var more = Assert.Single(_story.Operations, o => o.EvidenceOf == lost.Id);
        Assert.Equal((Eur(150), Eur(150), "0/300/300 0/150/150"), (more.Amount, more.Moved!.Value, Shares));
        Assert.Equal(450, Assert.Single(Payment.Disputes).Taken);
    }

    [Fact]
    public void AWonDispute_IsOver_WhetherItWasToldOfBeforeOrNot()
    {
        Hear(new GatewayNotice.DisputeOpened(First, Eur(90)));
        Hear(new GatewayNotice.DisputeWon(First, Eur(90)));
        var unheard = Hear(new GatewayNotice.DisputeWon(new("dp_2"), Eur(30))).Operation!;

        Assert.Equal((OperationStatus.Canceled, "dispute_won", Eur(30), Noon), (unheard.Status, unheard.Error!.Code, unheard.Amount, unheard.AnsweredAt!.Value));
        Assert.Equal([(60L, 1), (30L, 1), (0L, 2), (0L, 2)], _story.Facts.OfType<InvoiceEvent.DisputeWon>().Select(f => (f.Released.MinorUnits, f.Dispute.Value == "dp_1" ? 1 : 2)));
        Assert.Equal(2, Payment.Disputes.Count(d => d is { Held: 0, Taken: 0, IsOver: true }));
        Assert.Equal("0/0/0 0/0/0", Shares);
        Assert.True(Hear(new GatewayNotice.DisputeWon(First, Eur(90))).IsReplay);
        Assert.True(Hear(new GatewayNotice.DisputeOpened(First, Eur(90))).IsReplay);
    }

    [Fact]
    public void MoreThanThePayment_OrAnotherCurrency_IsNotedOnce_UnderTheIdItWasToldWith()
    {
        Hear(new GatewayNotice.DisputeOpened(First, Eur(900)));
        Assert.Empty(Payment.Discrepancies);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(First, Hear(new GatewayNotice.DisputeOpened(First, Money.FromMinorUnits(5, Currency.USD))).Operation!.GatewayPaymentId);
            Assert.Equal(_charge.Id, Hear(new GatewayNotice.DisputeWon(new("dp_2"), Money.FromMinorUnits(5, Currency.USD))).Operation!.Id);
            Hear(new GatewayNotice.DisputeLost(new("dp_3"), Eur(901)));
            Hear(new GatewayNotice.DebitReturned(Eur(902), "R01"));
        }

        Assert.Equal(["ch_1 EUR 9.02", "dp_1 USD 0.05", "dp_2 USD 0.05", "dp_3 EUR 9.01"], Payment.Discrepancies.Select(d => $"{d.GatewayPaymentId} {d.Reported}"));
        Assert.Equal("The direct debit was returned.", _story.Facts.OfType<InvoiceEvent.DebitReturned>().First().Why.Message);
    }

    [Fact]
    public void WhatWasToldBeforeThePaymentWasKnown_CountsOnceItIs_AndOnlyWhatIsAboutIt()
    {
        var story = Story.Of(1000);
        var charge = story.Ask(Pay(600)).Operation;
        RecordDispute About(string gateway, string payment, string dispute, long amount) =>
            new() { Gateway = new(gateway), GatewayPaymentId = new(payment), Notice = new GatewayNotice.DisputeLost(new(dispute), Eur(amount)) };
        foreach (var early in new[] { About("acme", "ch_1", "dp_1", 100), About("acme", "ch_9", "dp_2", 50), About("other", "ch_1", "dp_3", 25) })
        {
            var kept = Assert.IsType<Decision<PaymentResult>.Park>(story.When(early));
            Assert.Equal(Rejection.PaymentNotFound, Assert.IsType<PaymentResult.Rejected>(story.Answer(kept.Again)).Why);
        }

        var news = new RecordOutcome { Operation = charge.Id, Gateway = Acme, Outcome = Success(600) };
        var state = story.Load(news.WhatToLoad(story.Policy)) with { Parked = [.. story.Parked, .. story.Parked.Take(1).Select(p => p with { Notice = null })] };
        var told = Assert.IsType<Decision<PaymentResult>.Answer>(news.Decide(state, new(story.Policy, Noon, story.Gateways)));

        Assert.Equal((3, Eur(100), Eur(500)), (story.Parked.Count, told.Result.Payment!.Taken, told.Result.Invoice!.Settled));
        Assert.All(story.Parked, p => Assert.Equal((Noon, null, true), (p.ReceivedAt, p.Outcome, p.Notice is not null)));
    }

    [Fact]
    public void ARefundOfWhatWasTaken_ThatIsDueAgainToo_DoesNotOpenTheInvoiceTwice()
    {
        var refund = _story.Ask(Refund(_charge.Payment, 450, reopen: true)).Operation;
        Hear(new GatewayNotice.DisputeLost(First, Eur(900)));
        Assert.Equal("0/600/600 0/300/300", Shares);
        _story.Tell(refund.Id, Success(450, "re_1"));

        Assert.Equal("0/600/300 0/300/150", Shares);
        Assert.Equal([Eur(600), Eur(300)], _story.Invoices.Select(i => i.Due));
        Assert.Equal([-300L, -150L], _story.Facts.OfType<InvoiceEvent.Reopened>().TakeLast(2).Select(f => f.Amount.MinorUnits));
    }

    [Fact]
    public void ARefundOfWhatWasTaken_ThatOpensNothingAgain_LeavesDueWhatWasLost()
    {
        var refund = _story.Ask(Refund(_charge.Payment, 450, reopen: false)).Operation;
        Hear(new GatewayNotice.DisputeLost(First, Eur(900)));
        _story.Tell(refund.Id, Success(450, "re_1"));

        Assert.Equal("0/600/600 0/300/300", Shares);
        Assert.Equal([Eur(600), Eur(300)], _story.Invoices.Select(i => i.Due));
        Assert.Equal([600L, 300L], _story.Facts.OfType<InvoiceEvent.Reopened>().Select(f => f.Amount.MinorUnits));
    }

    private PaymentOperation Dispute => _story.Operations.Single(o => o.Kind == OperationKind.Dispute);

    private PaymentResult Hear(GatewayNotice notice) => _story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = notice });
}

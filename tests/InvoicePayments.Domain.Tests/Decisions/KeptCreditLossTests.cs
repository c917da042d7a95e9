using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>
/// A payment of 600 of which its invoice asked for 200 when it arrived, so that 400 became credit: what disputes, returned debits and refunds
/// at the gateway's own site take of either.
/// </summary>
public sealed class KeptCreditLossTests
{
    private static readonly CreditAddress Address = new(Ada, Currency.EUR);
    private static readonly GatewayPaymentId First = new("dp_1");
    private readonly Story _story = Begun();

    private static PaymentPolicy Keeping => new() { Overpayments = OverpaymentRule.KeepAsCredit };

    private PaymentOperation Charge => _story.Operations.Single(o => o is { Kind: OperationKind.Charge, EvidenceOf: null, GatewayPaymentId.Value: "ch_1" });

    private Payment Payment => _story[Charge.Payment];

    // What is available of the credit, and what is missing.
    private (long, long) Credit => (_story.CreditOf(Address)!.Available.MinorUnits, _story.CreditOf(Address)!.Missing);

    // Held, taken and due again: of the invoice, then of the credit grant.
    private string Shares => string.Join(' ', Payment.Shares.Select(s => $"{s.Disputed}/{s.Taken}/{s.TakenReopened}"));

    private long Due => _story.Invoice.Due.MinorUnits;

    [Theory]
    [InlineData(150, "0/0/0 0/150/150", 250, 0)]
    [InlineData(400, "0/0/0 0/400/400", 0, 0)]
    [InlineData(450, "0/50/50 0/400/400", 0, 50)]
    [InlineData(600, "0/200/200 0/400/400", 0, 200)]
    public void ALoss_TakesWhatBecameCreditFirst_ThenTheInvoicesPart(long lost, string shares, long available, long due)
    {
        foreach (var notice in (GatewayNotice[])[new GatewayNotice.DisputeLost(First, Eur(lost)), new GatewayNotice.DebitReturned(Eur(lost), "R01")])
        {
            var story = new KeptCreditLossTests();
            story.Arrive();
            story.Hear(notice);

            Assert.Equal((shares, (available, 0L), due), (story.Shares, story.Credit, story.Due));
            Assert.Equal(600 - lost, story.Payment.Refundable.MinorUnits);
            Assert.True(story.Hear(notice).IsReplay);
            Assert.All(story._story.Facts.Where(f => f is InvoiceEvent.DisputeLost or InvoiceEvent.DebitReturned), f => Assert.True(Taken(f) > 0));
        }
    }

    [Fact]
    public void OfWhatIsLost_NothingCanBeRefunded()
    {
        Arrive();
        Hear(new GatewayNotice.DisputeLost(First, Eur(600)));

        Assert.Equal(Rejection.AmountExceedsRefundable, _story.Refusal(Refund(Charge.Payment, 1)).Why);
    }

    [Fact]
    public void WhatIsSpentOfTheCredit_IsMissing()
    {
        Arrive();
        Spend(300);
        Hear(new GatewayNotice.DisputeLost(First, Eur(600)));

        Assert.Equal(("0/200/200 0/400/400", (0L, 300L), 200L), (Shares, Credit, Due));
        Assert.Equal((Eur(100), Eur(300)), Taken(_story.CreditFacts));
    }

    [Fact]
    public void WhatIsStillThere_IsTakenBack_AndNothingIsSaidToBeMissing()
    {
        Arrive();
        Hear(new GatewayNotice.DisputeLost(First, Eur(600)));

        Assert.Equal((Eur(400), (Money?)null), Taken(_story.CreditFacts));
    }

    [Fact]
    public void AnOpenDispute_HoldsOfBoth_AndTheCreditCanBeSpentMeanwhile()
    {
        Arrive();
        Hear(new GatewayNotice.DisputeOpened(First, Eur(100)));
        Assert.Equal(("0/0/0 100/0/0", InvoiceFlags.None, InvoiceFlags.Disputed), (Shares, _story.Invoice.Flags, Kept.Flags));
        Assert.Equal([100L], _story.Facts.OfType<InvoiceEvent.DisputeOpened>().Select(f => f.Held.MinorUnits));

        var open = Hear(new GatewayNotice.DisputeOpened(First, Eur(600))).Operation!;
        Assert.Equal(("200/0/0 400/0/0", InvoiceFlags.Disputed, InvoiceFlags.Disputed), (Shares, _story.Invoice.Flags, Kept.Flags));
        Assert.Equal([Eur(200), Eur(400)], open.Allocation.Parts.Select(p => p.Amount));
        Assert.Equal(Rejection.AmountExceedsRefundable, _story.Refusal(Refund(Charge.Payment, 1)).Why);
        Spend(400);

        Hear(new GatewayNotice.DisputeWon(First, Eur(600)));
        Assert.Equal(("0/0/0 0/0/0", InvoiceFlags.None, InvoiceFlags.None), (Shares, _story.Invoice.Flags, Kept.Flags));
        Assert.Equal([200L, 400L], _story.Facts.OfType<InvoiceEvent.DisputeWon>().Select(f => f.Released.MinorUnits));
    }

    [Fact]
    public void ADisputeThatHoldsOfTheCreditAlone_IsNotShownOnTheInvoice_WhateverElseHappensToIt()
    {
        Arrive();
        Hear(new GatewayNotice.DisputeOpened(First, Eur(100)));
        _story.Ask(Refund(Charge.Payment, 350));

        Assert.Equal((InvoiceFlags.Processing, InvoiceFlags.Processing | InvoiceFlags.Disputed), (_story.Invoice.Flags, Kept.Flags));
    }

    [Fact]
    public void LostInPartAfterAllWasHeld_FreesOfBoth_AndTakesOfTheCredit()
    {
        Arrive();
        Hear(new GatewayNotice.DisputeOpened(First, Eur(600)));
        Hear(new GatewayNotice.DisputeLost(First, Eur(150)));

        Assert.Equal(("0/0/0 0/150/150", (250L, 0L), 0L), (Shares, Credit, Due));
        Assert.Equal([(0L, 200L), (150L, 400L)], _story.Facts.OfType<InvoiceEvent.DisputeLost>().Select(f => (f.Taken.MinorUnits, f.Released.MinorUnits)));
        Assert.Equal((InvoiceFlags.None, InvoiceFlags.None), (_story.Invoice.Flags, Kept.Flags));
    }

    [Fact]
    public void ToldBeforeTheMoneyCameIn_ItWaits_AndThenEndsAsIfItHadBeenToldAfterwards()
    {
        GatewayNotice[] notices = [new GatewayNotice.DisputeOpened(First, Eur(250)), new GatewayNotice.DisputeLost(new("dp_2"), Eur(300)), new GatewayNotice.DebitReturned(Eur(600), "R01")];
        foreach (var notice in notices)
        {
            var (early, late) = (new KeptCreditLossTests(), new KeptCreditLossTests());
            Assert.Equal(Rejection.PaymentNotFound, Assert.IsType<PaymentResult.Rejected>(early.Hear(notice)).Why);
            Assert.Equal((Eur(0), Eur(0)), (early.Payment.Taken, early.Payment.Disputed));
            early.Arrive();
            late.Arrive();
            late.Hear(notice);

            Assert.Equal((late.Shares, late.Credit, late.Due), (early.Shares, early.Credit, early.Due));
            Assert.True(early.Hear(notice).IsReplay);
        }
    }

    [Fact]
    public void WhatIsAboutDocumentsThatAreNotAtHand_IsLeftForItsOwnTelling()
    {
        Arrive();
        var kept = new ParkedOutcome(TenantId.Default, new("shelf"), Acme, default, null, Noon) { Notice = new GatewayNotice.DisputeLost(First, Eur(600)), GatewayPaymentId = new("ch_1") };
        var news = new RecordOutcome { Operation = Charge.Id, Gateway = Acme, Outcome = Success(600) };
        var state = _story.Load(news.WhatToLoad(_story.Policy)) with { Parked = [kept] };

        Assert.Null(Assert.IsType<Decision<PaymentResult>.Answer>(news.Decide(state, new(_story.Policy, Noon, _story.Gateways))).Changes);
    }

    [Fact]
    public void ARefundUnderWay_KeepsWhatItHasSpokenFor_AndTheLossTakesTheRest()
    {
        Arrive();
        Spend(400);
        var refund = _story.Ask(Refund(Charge.Payment)).Operation;
        Assert.Equal(Eur(200), refund.Amount);
        Hear(new GatewayNotice.DisputeLost(First, Eur(400)));
        _story.Tell(refund.Id, Success(200, "re_1"));

        Assert.Equal(("0/0/0 0/400/400", (0L, 400L), Eur(0)), (Shares, Credit, Payment.Refundable));
    }

    [Fact]
    public void ARefundElsewhere_LeavesWhatALossHasTaken_AndWhatARefundOfOursHasSpokenFor()
    {
        Arrive();
        Hear(new GatewayNotice.DisputeLost(First, Eur(400)));
        Hear(new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(200)));
        Assert.Equal([200L, 0L], Payment.Shares.Select(s => s.Refunded));
        Assert.Equal((Eur(0), 0), (Payment.Refundable, Payment.Discrepancies.Count));

        var other = new KeptCreditLossTests();
        other.Arrive();
        other.Spend(400);
        other._story.Ask(Refund(other.Charge.Payment));
        other.Hear(new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(300)));
        Assert.Equal([0L, 300L], other.Payment.Shares.Select(s => s.Refunded));
        Assert.Equal((0L, 300L), other.Credit);
    }

    [Fact]
    public void WhatOneDocumentHasLessThanNothingOf_NoOtherGivesBack()
    {
        Arrive();
        _story.Invent(Charge.Payment, s => s.Invoice == Inv ? s with { Refunded = 350 } : s);

        Assert.Equal(Eur(250), Payment.Refundable);
        Assert.Equal(Eur(250), _story.Ask(Refund(Charge.Payment)).Operation.Amount);
    }

    [Fact]
    public void WhatWasTakenBeforeItCameIn_IsNotKeptAsCredit()
    {
        var charge = Partial(200);
        Hear(new GatewayNotice.DisputeLost(First, Eur(600)));
        Second(400, "ch_c2");
        Assert.Equal((0L, (200L, 0L)), (Due, Credit));

        _story.Tell(charge.Id, Success(600));
        Assert.Equal(("0/600/600", 0L, Eur(0), (200L, 0L)), (Shares, Due, Payment.Refundable, Credit));
    }

    [Fact]
    public void OfWhatWasTakenBeforeItCameIn_OnlyWhatHadNotBeenRefundedWasHere()
    {
        var charge = Partial(200);
        _story.Tell(_story.Ask(Refund(Charge.Payment, 50)).Operation.Id, Success(50, "re_1"));
        Hear(new GatewayNotice.DisputeLost(First, Eur(200)));
        Assert.Equal(("0/200/150", 150L), (Shares, Due));

        // Of the 400 that come in 50 were taken before, and 150 are due: 200 are beyond.
        _story.Tell(charge.Id, Success(600));
        Assert.Equal(("0/200/200 0/0/0", 0L, (200L, 0L)), (Shares, Due, Credit));
    }

    [Fact]
    public void WhatADocumentThatWasPaidSinceHasLeft_IsALossBesideTheDispute()
    {
        var charge = Partial(200);
        Hear(new GatewayNotice.DisputeOpened(First, Eur(200)));
        Second(400, "ch_c2");
        _story.Tell(charge.Id, Success(600));
        Assert.Equal("200/0/0 0/0/0", Shares);
        Hear(new GatewayNotice.DisputeLost(First, Eur(600)));

        Assert.Equal(("0/200/200 0/400/400", Eur(0), 200L), (Shares, Payment.Refundable, Due));
        var beside = _story.Operations.Single(o => o.EvidenceOf is not null && o.Kind == OperationKind.Dispute);
        Assert.Equal((Eur(400), Eur(200)), (beside.Moved!.Value, _story[beside.EvidenceOf!.Value].Moved!.Value));
        Assert.Equal(600, Assert.Single(Payment.Disputes).Taken);
    }

    [Fact]
    public void WhereADocumentHasNothingLeft_AllOfTheLossIsBesideTheDispute()
    {
        var charge = Partial(200);
        Hear(new GatewayNotice.DisputeOpened(First, Eur(200)));
        Hear(new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(200)));
        Second(400, "ch_c2");
        _story.Tell(charge.Id, Success(600));
        Hear(new GatewayNotice.DisputeLost(First, Eur(400)));

        Assert.Equal("0/0/0 0/400/400", Shares);
        Assert.Equal([0L, 400L], _story.Operations.Where(o => o.Kind == OperationKind.Dispute).OrderBy(o => o.Amount.MinorUnits).Select(o => o.Moved!.Value.MinorUnits));
        Assert.All(_story.Operations.Where(o => o.Kind == OperationKind.Dispute), o => Assert.Equal(OperationStatus.Succeeded, o.Status));
    }

    [Fact]
    public void ADisputeOverSeveralInvoices_SaysWhatTheyStillHaveTogether()
    {
        var story = Story.Of(1000);
        story.Policy = Keeping;
        story.Answer(Issue(300, "inv_2"));
        var both = new PaymentSpread.AsTold(new([new(Inv, Eur(600)), new(new("inv_2"), Eur(300))]));
        var charge = story.Ask(Pay(null, "both") with { InvoiceId = null, Several = both }).Operation;
        story.Tell(charge.Id, new GatewayOutcome.Processing(new("ch_1")));
        var other = story.Ask(Pay(400, "pay-2")).Operation;
        story.Tell(other.Id, Success(400, "ch_b"));
        story.Tell(charge.Id, Partly(450));
        void Hears(GatewayNotice notice) => story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = notice });
        string Now() => string.Join(' ', story[charge.Payment].Shares.Select(s => $"{s.Captured}/{s.Refunded}/{s.Disputed}/{s.Taken}"));

        Hears(new GatewayNotice.DisputeLost(new("dp_0"), Eur(30)));
        Hears(new GatewayNotice.DisputeOpened(First, Eur(360)));
        Hears(new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(60)));
        Assert.Equal("300/40/240/20 150/20/120/10", Now());

        // What is paid twice leaves nothing due, so that what comes late of the first is kept.
        story.Tell(other.Id, Success(400, "ch_b2"));
        story.Tell(charge.Id, Success(900));
        Assert.Equal("300/40/240/20 300/20/120/10 300/0/0/0", Now());

        Hears(new GatewayNotice.DisputeLost(First, Eur(810)));
        Assert.Equal("300/40/0/260 300/20/0/280 300/0/0/300", Now());
        var lost = story.Operations.Where(o => o.Kind == OperationKind.Dispute && o.GatewayPaymentId == First).ToList();
        Assert.Equal([300L, 510L], lost.Select(o => o.Moved!.Value.MinorUnits).Order());
    }

    [Fact]
    public void WhenMoreIsLostThanIsFree_WhatARefundHasSpokenForGoesNext_AndWhatIsBeyondAllByWhatCameIn()
    {
        Arrive();
        _story.Tell(_story.Ask(Refund(Charge.Payment, 50, "r1")).Operation.Id, Success(50, "re_1"));
        Hear(new GatewayNotice.DisputeLost(new("dp_0"), Eur(30)));
        _story.Ask(Refund(Charge.Payment, 200, "r2"));
        Assert.Equal(["200/0/0/0", "400/50/200/30"], Payment.Shares.Select(s => $"{s.Captured}/{s.Refunded}/{s.RefundReserved}/{s.Taken}"));
        Assert.Equal([200L, 120L], Payment.Shares.Select(s => s.Refundable));
        Hear(new GatewayNotice.DisputeLost(First, Eur(560)));

        // 120 of the grant and 200 of the invoice were free, 200 of the grant spoken for, and the last 40 had gone before.
        Assert.Equal([213L, 377L], Payment.Shares.Select(s => s.Taken));
    }

    private Invoice Kept => _story.Invoices.Single(i => i.Kind == PayableKind.CreditGrant);

    // What the last fact took of the credit, and what it says is missing.
    private static (Money, Money?) Taken(IReadOnlyList<CreditEvent> facts) => facts[^1] is CreditEvent.Spent spent ? (spent.Amount, spent.Missing) : default;

    private static long Taken(InvoiceEvent fact) => fact switch
    {
        InvoiceEvent.DisputeLost lost => lost.Taken.MinorUnits,
        InvoiceEvent.DebitReturned returned => returned.Taken.MinorUnits,
        _ => 0,
    };

    // The gateway works on 600 of 1000, the other 400 were paid, and then paid once more.
    private static Story Begun()
    {
        var story = Story.Of(1000);
        story.Policy = Keeping;
        var charge = story.Ask(Pay(600)).Operation;
        story.Tell(charge.Id, new GatewayOutcome.Processing(new("ch_1")));
        var other = story.Ask(Pay(400, "pay-2")).Operation;
        story.Tell(other.Id, Success(400, "ch_b"));
        story.Tell(other.Id, Success(400, "ch_b2"));
        return story;
    }

    private void Arrive() => _story.Tell(Charge.Id, Success(600));

    // The gateway has approved a part of the 600 for now, and will tell of the rest later.
    private PaymentOperation Partial(long moved)
    {
        var charge = Charge;
        _story.Tell(charge.Id, Partly(moved));
        return charge;
    }

    // Money comes in once more for the operation that paid the other part.
    private void Second(long moved, string id)
    {
        var other = _story.Operations.Single(o => o.GatewayPaymentId?.Value == "ch_b");
        _story.Tell(other.Id, Success(moved, id));
    }

    private void Spend(long amount)
    {
        _story.Answer(Issue(amount, "inv_2"));
        Assert.IsType<PaymentResult.Succeeded>(_story.Answer(new PayInvoice { InvoiceId = new("inv_2"), Key = "spend", ApplyBalance = true }));
    }

    private PaymentResult Hear(GatewayNotice notice) => _story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = notice });
}

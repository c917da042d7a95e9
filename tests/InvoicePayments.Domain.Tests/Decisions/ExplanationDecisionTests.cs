using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>Who acts next, on what, and until when.</summary>
public sealed class ExplanationDecisionTests
{
    private readonly Story _story = Story.Of(1000);

    [Fact]
    public void EveryOperationUnderWay_HasSomebodyWhoActsNext()
    {
        var charge = _story.Ask(Pay(600)).Operation;
        Next(new(ActingParty.Gateway, NextAction.Answer, Noon + Patience), $"Charge {charge.Id} reserves EUR 6.00 and is Pending since 2026-03-01 12:00:00Z. The gateway is expected to answer until 2026-03-01 12:01:00Z; after that it is asked.");
        _story.Now = Noon + Patience;
        Next(new(ActingParty.Recovery, NextAction.AskGateway, Noon + Patience), "The gateway is asked what became of it at 2026-03-01 12:01:00Z.");
        _story.Tell(charge.Id, new GatewayOutcome.Unknown(NoAnswer));
        Next(new(ActingParty.Recovery, NextAction.AskGateway, _story.Now.AddSeconds(5)), "is Unknown (timeout) since 2026-03-01 12:00:00Z. The gateway is asked what became of it at 2026-03-01 12:01:05Z.");
        _story.Tell(charge.Id, Challenge(until: Noon.AddMinutes(20)));
        Next(new(ActingParty.Payer, NextAction.CompleteChallenge, Noon.AddMinutes(20)), "The payer has to complete the challenge until 2026-03-01 12:20:00Z; after that the gateway is asked.");
        _story.Tell(charge.Id, new GatewayOutcome.Processing(null, TimeSpan.FromHours(1)));
        Next(new(ActingParty.Gateway, NextAction.Answer, _story.Now.AddHours(1)), "The gateway is expected to answer until 2026-03-01 13:01:00Z; after that it is asked.");
        _story.Tell(charge.Id, Success(1, "other"));
        Next(new(ActingParty.Operator, NextAction.SettleByHand), "is NeedsAttention (amount_differs) since 2026-03-01 12:00:00Z. A person has to look it up at the gateway and settle it by hand.");
    }

    [Fact]
    public void WhatIsBlocked_WaitsForTheHost_AndWhatIsDisputedForAPerson()
    {
        var held = _story.Ask(Pay(600) with { CaptureLater = true }).Operation;
        _story.Tell(held.Id, Blocked(600));
        Next(new(ActingParty.Host, NextAction.CaptureOrVoid), "The host has to capture what is blocked, or let it go.");

        var story = Story.Of(1000);
        story.Tell(story.Ask(Pay()).Operation.Id, Success(1000));
        story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = new GatewayNotice.DisputeOpened(new("dp_1"), Eur(300), "fraud", Noon.AddDays(5)) });
        var told = Explain(story);
        Assert.Equal([new NextStep(ActingParty.Operator, NextAction.AnswerDispute, Noon.AddDays(5))], told.Next);
        Assert.Equal((Eur(300), Eur(0)), (told.UnderWay[0].Part, told.UnderWay[0].Reserves));
        Assert.Contains(told.Sentences, s => s.EndsWith("holds back EUR 3.00 and is Processing since 2026-03-01 12:00:00Z. A person may hand in evidence at the gateway until 2026-03-06 12:00:00Z; the gateway tells who won.", StringComparison.Ordinal));
    }

    [Fact]
    public void ARefundUnderWay_ReservesNothing_AndWhatIsBeyondTheTotalIsAPersonsToDecide()
    {
        var charge = _story.Ask(Pay()).Operation;
        _story.Tell(charge.Id, Success(1000));
        _story.Tell(charge.Id, Success(1000, "ch_2"));
        var refund = _story.Ask(Refund(charge.Payment, 250)).Operation;
        _story.Tell(refund.Id, new GatewayOutcome.Processing());

        var told = Explain(_story);
        Assert.Equal((Eur(250), Eur(0)), (told.UnderWay[0].Part, told.UnderWay[0].Reserves));
        Assert.Equal([NextAction.Answer, NextAction.GiveBack], told.Next.Select(s => s.What));
        Assert.StartsWith($"Refund {refund.Id} gives back EUR 2.50 and is Processing since", told.Sentences[1], StringComparison.Ordinal);
        Assert.Equal("A person has to decide what becomes of the money that is here beyond the total.", told.Sentences[^1]);
    }

    [Fact]
    public void CreditBesideACharge_WaitsForIt()
    {
        _story.Answer(Issue(400, "cg_1") with { Kind = PayableKind.CreditGrant });
        _story.Tell(_story.Ask(Pay(null, "grant") with { InvoiceId = null, CreditGrantId = new("cg_1") }).Operation.Id, Success(400, "ch_g"));
        _story.Ask(Pay() with { ApplyBalance = true });

        Assert.Equal([new(ActingParty.Gateway, NextAction.Answer, Noon + Patience), new NextStep(ActingParty.Gateway, NextAction.Answer)], Explain(_story).Next);
        Assert.Contains(Explain(_story).Sentences, s => s.EndsWith("The gateway is expected to answer; after that it is asked.", StringComparison.Ordinal));
    }

    [Fact]
    public void WhereNothingIsUnderWay_TheInvoiceSaysWhatMayBeDone()
    {
        var open = Explain(_story);
        Assert.Equal((null, new NextStep(ActingParty.Payer, NextAction.Pay)), (open.Refusal, Assert.Single(open.Next)));
        Assert.Equal(["Invoice inv_1 of acc_ada is Open: of EUR 10.00, EUR 0.00 is settled, EUR 0.00 is reserved, and EUR 10.00 may still be paid.", "The payer may pay what is payable."], open.Sentences);

        Assert.Equal((Rejection.InvoiceDraft, "The host has to issue it before it can be paid."), Last(Issue(1) with { AsDraft = true }));
        Assert.Equal((Rejection.InvoiceCollectedByStore, "Nothing is left to do."), Last(Issue(1) with { Details = new() { CollectedBy = InvoiceCollector.AppStore } }));
        Assert.Equal((null, "The host may pay what is payable until 2026-03-02 12:00:00Z."), Last(Issue(1) with { DueAt = Noon.AddDays(1), Details = new() { Billing = InvoiceBilling.PayAutomatically } }));
        Assert.Null(InvoiceExplanation.Of(_story.Load(new() { Tenant = TenantId.Default }), Inv, Context(_story)));
    }

    [Fact]
    public void WhatIsPastDue_IsSaid_AndWhyEverythingCannotBePaidToo()
    {
        var story = new Story();
        story.Answer(Issue(1000) with { DueAt = Noon });
        story.Now = Noon.AddTicks(1);
        story.Ask(Pay(600));

        var told = Explain(story);
        Assert.Equal(Rejection.PaymentInProgress, told.Refusal);
        Assert.Equal("It was due at 2026-03-01 12:00:00Z.", told.Sentences[1]);
        Assert.StartsWith("Paying everything due would be refused as payment_in_progress: ", told.Sentences[3], StringComparison.Ordinal);
        Assert.Equal([NextAction.Pay, NextAction.Answer], told.Next.Select(s => s.What));
        Assert.Equal(5, told.Sentences.Count);
        story.Now = Noon;
        Assert.DoesNotContain(Explain(story).Sentences, s => s.StartsWith("It was due", StringComparison.Ordinal));
    }

    private void Next(NextStep expected, string ending)
    {
        var told = Explain(_story);
        Assert.Equal(expected, Assert.Single(told.UnderWay).Next);
        Assert.Contains(expected, told.Next);
        Assert.Contains(told.Sentences, s => s.EndsWith(ending, StringComparison.Ordinal));
        Assert.Equal(1, told.Sentences.Count(s => s.EndsWith(ending, StringComparison.Ordinal)));
    }

    private static (Rejection? Why, string Last) Last(IssueInvoice issue)
    {
        var story = new Story();
        story.Answer(issue);
        var told = Explain(story);
        return (told.Refusal, told.Sentences[^1]);
    }

    private static InvoiceExplanation Explain(Story story) =>
        InvoiceExplanation.Of(story.Load(new() { Tenant = TenantId.Default, Invoices = [Inv] }), Inv, Context(story))!;

    private static DecisionContext Context(Story story) => new(story.Policy, story.Now, story.Gateways);
}

using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What is told of each change, once and with its amounts, and what follows beside the invoice.</summary>
public sealed class StateChangeDetailTests
{
    private readonly Story _story = Story.Of(1000);

    [Fact]
    public void APayment_IsToldOfByTheFirstAnswer_AndByNoLaterOne()
    {
        GatewayOutcome[][] ways =
        [
            [Success(1000), Success(1000, "ch_2")], [new GatewayOutcome.Declined(NoFunds), Success(1000)], [Challenge(), new GatewayOutcome.Processing(), Success(1000)],
            [new GatewayOutcome.Unknown(NoAnswer), Success(1000)],
        ];
        foreach (var way in ways)
        {
            var story = Story.Of(1000);
            var id = story.Ask(Pay()).Operation.Id;
            foreach (var news in way) story.Tell(id, news);
            var told = story.Facts.OfType<InvoiceEvent.OperationEvent>().Where(f => f.Created is not null).ToList();
            Assert.Equal(story.Payments.Select(p => p.Id), told.Select(f => f.Created!.Id));
            Assert.Equal(story.Facts.OfType<InvoiceEvent.OperationEvent>().ElementAt(1), told[0]);
            Assert.All(told, f => Assert.Equal((f.Operation, Ada), (f.Created!.Operation, f.Created.Account)));
        }

        Assert.Equal(Eur(400), Told(_story.Answer(Cash(400))).Created!.Moved);
        _story.Answer(Refund(_story.Payments.Single().Id, 100));
        Assert.Null(((InvoiceEvent.OperationEvent)_story.Facts[^1]).Created);

        InvoiceEvent.OperationEvent Told(PaymentResult of) => _story.Facts.OfType<InvoiceEvent.OperationEvent>().Last(f => f.Operation == of.Operation!.Id);
    }

    [Fact]
    public void ARefundFreesWhatItReserved_AndAVoidHasReservedNothingOfTheInvoice()
    {
        var charge = _story.Ask(Pay(600)).Operation;
        _story.Tell(charge.Id, Success(600));
        _story.Tell(_story.Ask(Refund(charge.Payment, 100)).Operation.Id, Success(100, "re_1"));
        Assert.Equal((Eur(100), Eur(100), false), Moved());
        var other = _story.Ask(Pay(200, "k2")).Operation;
        _story.Tell(other.Id, Success(200, "ch_2"));
        var undo = _story.Ask(VoidOf(other.Payment)).Operation;
        var failed = _story.Fork();
        failed.Tell(undo.Id, new GatewayOutcome.Refused(NoAnswer));
        Assert.Equal(Eur(0), ((InvoiceEvent.Ended)failed.Facts[^1]).Released);
        _story.Tell(undo.Id, Success(200, "vo_1"));
        Assert.Equal((Eur(200), Eur(0), true), Moved());

        var held = _story.Ask(Pay(300, "k3") with { CaptureLater = true }).Operation;
        _story.Tell(held.Id, Blocked(300));
        var letGo = _story.Ask(VoidOf(held.Payment, "v2")).Operation;
        _story.Tell(letGo.Id, Success(300, "vo_2"));
        Assert.Equal((Eur(0), Eur(300), false), Moved());

        (Money, Money, bool) Moved() => _story.Facts.OfType<InvoiceEvent.Succeeded>().Last() is var fact ? (fact.Moved, fact.Released, fact.DueAgain) : default;
    }

    [Fact]
    public void AnAuthorizationThatEnds_KeepsTheIdItHad()
    {
        var held = _story.Ask(Pay(300) with { CaptureLater = true }).Operation;
        _story.Tell(held.Id, Blocked(300));
        _story.Tell(held.Id, new GatewayOutcome.Canceled());
        Assert.Equal((new GatewayPaymentId("au_1"), new GatewayPaymentId("au_1")), (_story[held.Id].GatewayPaymentId!.Value, _story[held.Payment].GatewayPaymentId!.Value));
        Assert.False(_story.Invoice.LastAttemptFailed);
        var named = _story.Ask(Pay(300, "k3") with { CaptureLater = true }).Operation;
        _story.Tell(named.Id, Blocked(300));
        _story.Tell(named.Id, new GatewayOutcome.Canceled(new("au_9")));
        Assert.Equal(new GatewayPaymentId("au_9"), _story[named.Id].GatewayPaymentId);
        var never = _story.Ask(Pay(300, "k2") with { CaptureLater = true }).Operation;
        _story.Tell(never.Id, new GatewayOutcome.Declined(NoFunds));
        Assert.True(_story.Invoice.LastAttemptFailed);
    }

    [Fact]
    public void WhatACardPaysBeyondWhatIsDueByThen_IsKept()
    {
        _story.Policy = _story.Policy with { Overpayments = OverpaymentRule.KeepAsCredit };
        var (slow, quick) = (_story.Ask(Pay(600)).Operation, _story.Ask(Pay(400, "k2")).Operation);
        _story.Tell(quick.Id, Success(400));
        _story.Tell(quick.Id, Success(400, "ch_2"));
        _story.Tell(slow.Id, Success(600, "ch_3"));

        Assert.Equal((Eur(1000), Eur(0), Eur(0)), (_story.Invoice.Settled, _story.Invoice.Overpaid, _story.Invoice.Reserved));
        Assert.Equal(400, _story.CreditOf(new(Ada, Currency.EUR))!.Available.MinorUnits);
        Assert.Equal((Eur(600), 2), (_story[slow.Payment].Captured, _story[slow.Payment].Shares.Count));
    }

    [Fact]
    public void WhatWasTakenBeforeTheSuccessWasKnown_IsDueAgainOnceItIs()
    {
        var charge = _story.Ask(Pay(600)).Operation;
        _story.Tell(charge.Id, Challenge());
        _story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = new GatewayNotice.DisputeLost(new("dp_1"), Eur(100)) });
        Assert.Equal(Eur(0), _story.Invoice.Settled);
        _story.Tell(charge.Id, Success(600));
        Assert.Equal((Eur(500), Eur(500)), (_story.Invoice.Settled, _story.Invoice.Due));
    }

    [Fact]
    public void ADisputeIsAboutTheMovementUnderItsId_ThatSucceeded()
    {
        var first = _story.Ask(Pay(300)).Operation;
        _story.Tell(first.Id, Challenge());
        var second = _story.Ask(Pay(400, "k2")).Operation;
        _story.Tell(second.Id, Success(400));
        var third = _story.Ask(Pay(100, "k3")).Operation;
        _story.Tell(third.Id, Success(100, "ch_9"));
        _story.Tell(_story.Ask(Refund(third.Payment, 50)).Operation.Id, Success(50));
        RecordDispute lost = new() { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = new GatewayNotice.DisputeLost(new("dp_1"), Eur(100)) };
        var everything = _story.Load(lost.WhatToLoad(_story.Policy)) with { Operations = [.. _story.Operations], Payments = [.. _story.Payments] };

        foreach (var state in new[] { everything, everything with { Operations = [.. everything.Operations.Reverse()] } })
            Assert.Equal(second.Payment, Assert.IsType<Decision<PaymentResult>.Answer>(lost.Decide(state, new(_story.Policy, Noon, _story.Gateways))).Result.Payment!.Id);
        var elsewhere = lost with { Gateway = new("other") };
        Assert.IsType<Decision<PaymentResult>.Park>(elsewhere.Decide(everything, new(_story.Policy, Noon, _story.Gateways)));
    }

    [Fact]
    public void ALossOfASplitPayment_IsBornToTheUnit_OverAllItsInvoicesAndRecipients()
    {
        _story.Gateways[Acme] = Everything() with { Profile = Everything().Profile with { EnrolledForSplitFunding = [TenantId.Default] } };
        _story.Answer(Issue(500, "inv_2"));
        var pay = Pay(null, "both") with
        {
            InvoiceId = null, Several = new PaymentSpread.AsTold(new([new(Inv, Eur(600)), new(new("inv_2"), Eur(300))])),
            Funding = new FundingRequest.Shares(new FundingWeight(new("shop"), 2), new FundingWeight(new("fee"), 1)),
        };
        var charge = _story.Ask(pay).Operation;
        _story.Tell(charge.Id, Success(900));
        foreach (var amount in new[] { 300, 450 })
            _story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = new GatewayNotice.DisputeLost(new("dp_1"), Eur(amount)) });

        Assert.Equal([300L, 150L], _story[charge.Payment].Funding.Select(f => f.Taken));
        Assert.Equal([300L, 150L], _story[charge.Payment].Shares.Select(s => s.TakenReopened));
        var refund = _story.Ask(Refund(charge.Payment, 300)).Operation;
        _story.Tell(refund.Id, Success(300, "re_1"));
        _story.Tell(refund.Id, Success(150, "re_2"));
        _story.Tell(refund.Id, Success(300, "re_3"));
        Assert.All(_story[charge.Payment].Funding, f => Assert.True(f.Refunded + f.Taken >= f.Captured));
    }

    [Fact]
    public void ALateCapture_BelongsToItsAuthorization_AndALateChargeToNone()
    {
        var held = _story.Ask(Pay(600) with { CaptureLater = true }).Operation;
        _story.Tell(held.Id, Blocked(600));
        var capture = _story.Ask(Capture(held.Payment, 200, last: false)).Operation;
        _story.Tell(capture.Id, Success(200));
        _story.Tell(capture.Id, Success(200, "ch_2"));
        var late = _story.Operations.Single(o => o.EvidenceOf == capture.Id);
        Assert.Equal((held.Id, held.Payment, OperationKind.Capture, false), (late.Authorization!.Value, _story[late.Payment].Authorization!.Value, late.Kind, late.ReleasesRest));
        Assert.Equal((Eur(200), OperationStatus.Authorized), (_story[held.Id].Capturable, _story[held.Id].Status));

        var charge = _story.Ask(Pay(100, "k2")).Operation;
        _story.Tell(charge.Id, new GatewayOutcome.Declined(NoFunds));
        _story.Tell(charge.Id, Success(100, "ch_4"));
        var other = _story.Operations.Single(o => o.EvidenceOf == charge.Id);
        Assert.Equal((null, null, null), (other.Authorization, _story[other.Payment].Authorization, other.Decline));
    }

    [Fact]
    public void WhereALossStopsDunning_ThatIsTold()
    {
        var story = new Story();
        story.Answer(Issue(1000) with { DueAt = Noon });
        story.Tell(story.Ask(Pay()).Operation.Id, Success(1000));
        story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = new GatewayNotice.DisputeLost(new("dp_1"), Eur(100)) });
        Assert.Equal("A dispute of its payment was lost.", Assert.Single(story.Facts.OfType<InvoiceEvent.DunningStopped>()).Reason);

        var other = new Story();
        other.Answer(Issue(1000) with { DueAt = Noon });
        other.Tell(other.Ask(Pay()).Operation.Id, Success(1000));
        foreach (var notice in new GatewayNotice[] { new GatewayNotice.DisputeWon(new("dp_1"), Eur(100)), new GatewayNotice.DebitReturned(Eur(100), "R01") })
            other.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = notice });
        Assert.Equal((1, Noon.AddDays(1)), Assert.Single(other.Facts.OfType<InvoiceEvent.DunningScheduled>()) is var told ? (told.Tries, told.NextAt) : default);
    }
}

using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What makes a command another one, and what of it is kept.</summary>
public sealed class CommandMeaningTests
{
    private readonly Story _story = Story.Of(1000);

    [Fact]
    public void AnotherWayToPay_OrToSpread_IsAnotherPayment()
    {
        _story.Answer(Issue(1000, "inv_2"));
        _story.Answer(Issue(1000, "inv_3"));
        PaymentSpread Told(long first) => new PaymentSpread.AsTold(new([new(Inv, Eur(first)), new(new("inv_2"), Eur(100))]));
        PayInvoice[] each =
        [
            Pay(100), Pay(100) with { CaptureLater = true }, Pay(100) with { ApplyBalance = true }, Pay(100) with { InvoiceId = null, OrderId = Inv },
            Several(new PaymentSpread.OldestFirst(Inv, new("inv_2"))), Several(new PaymentSpread.OldestFirst(Inv, new("inv_3"))), Several(new PaymentSpread.Proportional(Inv, new("inv_2"))),
            Several(Told(50)), Several(Told(60)),
        ];
        foreach (var first in each.Where(p => p.OrderId is null))
        {
            var story = _story.Fork();
            story.Ask(first);
            Assert.All(each.Where(other => other != first && other.OrderId is null), other => Assert.Equal(Rejection.IdempotencyKeyReused, story.Refusal(other).Why));
        }

        PayInvoice Several(PaymentSpread spread) => Pay(spread is PaymentSpread.AsTold ? null : 150) with { InvoiceId = null, Several = spread };
    }

    [Fact]
    public void AnInvoiceThatPaysOut_OrThatAnotherCollects_IsAnotherInvoice()
    {
        InvoiceDetails[] others = [new() { Type = InvoiceType.Payout }, new() { CollectedBy = InvoiceCollector.AppStore }, new() { CollectedBy = InvoiceCollector.PlayStore }];
        Assert.All(others, details => Assert.Equal(Rejection.InvoiceAlreadyExists, Assert.IsType<InvoiceResult.Rejected>(_story.Answer(Issue(1000) with { Details = details })).Why));
    }

    [Fact]
    public void AnInstalment_CannotBePaidWhereItsWholeCannot_NorWithMoreThanItAsksFor()
    {
        _story.Answer(new RequestPayment { PaymentRequestId = new("pr_1"), InvoiceId = Inv, Amount = Eur(600) });
        var cash = Cash(601) with { InvoiceId = null, PaymentRequestId = new("pr_1") };
        _story.Policy = _story.Policy with { Overpayments = OverpaymentRule.KeepAsCredit };
        Assert.Equal(Rejection.AmountExceedsPayable, _story.Refusal(cash).Why);
        _story.Answer(Issue(5, "cg_1") with { Kind = PayableKind.CreditGrant });
        Assert.Equal(Rejection.AmountExceedsPayable, _story.Refusal(Cash(6) with { InvoiceId = null, CreditGrantId = new("cg_1") }).Why);
        Assert.Equal(Rejection.AmountExceedsPayable, _story.Refusal(Cash(Invoice.MaxTotal + 1)).Why);
        Assert.IsType<PaymentResult.Succeeded>(_story.Fork().Answer(Cash(Invoice.MaxTotal)));

        _story.Ask(Pay(100));
        _story.Policy = PaymentPolicy.Default with { PendingPayments = PendingPaymentRule.RefuseEverything };
        Assert.Equal(Rejection.PaymentInProgress, _story.Refusal(cash with { Amount = Eur(1) }).Why);
        _story.Tell(_story.Operations.Single().Id, new GatewayOutcome.Declined(NoFunds));
        _story.Answer(new VoidInvoice { InvoiceId = Inv });
        Assert.Equal(Rejection.InvoiceVoid, _story.Refusal(cash with { Amount = Eur(1) }).Why);
    }

    [Fact]
    public void AnAllocation_NamesNoInstalment_AndNoPartIsMoreThanIsDue()
    {
        _story.Answer(Issue(300, "inv_2"));
        PayInvoice Told(params AllocationPart[] parts) => Pay(null) with { InvoiceId = null, Several = new PaymentSpread.AsTold(new(parts)) };
        Assert.Equal(Rejection.AllocationInvalid, _story.Refusal(Told(new(Inv, Eur(1)), new(new("inv_2"), Eur(1), new("pr_1")))).Why);
        Assert.Equal(Rejection.AmountExceedsPayable, _story.Refusal(Told(new(Inv, Eur(1)), new(new("inv_2"), Eur(301)))).Why);
    }

    [Fact]
    public void WhatIsRecorded_KeepsItsDescription_OrElseTheInvoices()
    {
        _story.Invent(i => i with { Details = new() { Description = "March" } });
        Assert.Equal("March", _story.Answer(Cash(100)).Payment!.Description);
        Assert.Equal("Half", _story.Answer(Cash(100, "c2") with { Description = "Half" }).Payment!.Description);
    }

    [Fact]
    public void DunningGoesOn_WhenTheHostSays_OrWhenTheInvoiceIsDue_OrAtOnce()
    {
        DateTimeOffset? Next(DateTimeOffset? at, DateTimeOffset? due)
        {
            var story = new Story();
            story.Answer(Issue(1000) with { DueAt = due });
            story.Answer(new StopDunning { InvoiceId = Inv, Reason = "Two\nlines." });
            story.Answer(new ResumeDunning { InvoiceId = Inv, At = at });
            Assert.Equal((DunningState.InProgress, 1), (story.Invoice.Dunning.State, story.Invoice.Dunning.Round));
            return story.Invoice.Dunning.NextAt;
        }

        Assert.Equal((Noon.AddDays(3), Noon.AddDays(1), Noon, Noon), (Next(Noon.AddDays(3), Noon.AddDays(1)), Next(null, Noon.AddDays(1)), Next(null, Noon.AddDays(-1)), Next(null, null)));
    }

    [Fact]
    public void AChallengeWhoseTimeIsOver_IsCalledOff_AndNotBefore()
    {
        var id = _story.Ask(Pay()).Operation.Id;
        _story.Tell(id, Challenge(until: Noon.AddMinutes(10)));
        _story.Now = Noon.AddMinutes(10).AddTicks(-1);
        Assert.False(_story.Fork().Resolve(new ResumeOperation { Operation = id }).Cancel);
        _story.Now = Noon.AddMinutes(10);
        Assert.True(_story.Fork().Resolve(new ResumeOperation { Operation = id }).Cancel);
        _story.Tell(id, new GatewayOutcome.Processing());
        Assert.False(_story.Resolve(new ResumeOperation { Operation = id }).Cancel);
    }

    [Fact]
    public void OfTwoFaultyTextsOfASettlement_WhoSettlesIsNamed()
    {
        SettleOperation settle = new() { Operation = new("op"), Settlement = new Settlement.DidNotHappen(), By = "", Why = "" };
        Assert.Contains("name of who settles", _story.Refusal(settle).Detail, StringComparison.Ordinal);
        Assert.Contains("reason", _story.Refusal(settle with { By = "grace" }).Detail, StringComparison.Ordinal);
    }
}

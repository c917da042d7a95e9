using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What nobody could answer is settled by a person's word, and counts as the gateway's would.</summary>
public sealed class SettleOperationDecisionTests
{
    private readonly Story _story = Story.Of(1000);

    [Theory]
    [InlineData(600, 600, 0)]
    [InlineData(599, 599, 0)]
    [InlineData(1001, 1001, 1)]
    public void ThatItHappened_CountsAsItMoved(long moved, long settled, long overpaid)
    {
        var unclear = Unclear(Pay(600));
        var done = _story.Answer(Happened(unclear.Id, moved));

        Assert.IsType<PaymentResult.Succeeded>(done);
        Assert.Equal((Eur(settled), Eur(overpaid), Eur(0)), (_story.Invoice.Settled, _story.Invoice.Overpaid, _story.Invoice.Reserved));
        Assert.Equal(("grace", new GatewayPaymentId("by_1"), Eur(Math.Min(600, moved))), (_story[unclear.Id].SettledBy, _story[unclear.Id].GatewayPaymentId!.Value, _story[unclear.Id].Moved!.Value));
        var told = Assert.Single(_story.Facts.OfType<InvoiceEvent.SettledByHand>());
        Assert.Equal((true, "grace", "Seen."), (told.Happened, told.By, told.Why));
        Assert.True(_story.Answer(Happened(unclear.Id, moved)).IsReplay);
        Assert.Equal(Rejection.OperationNotSettleable, _story.Refusal(Happened(unclear.Id, 1)).Why);
        Assert.Equal(Rejection.OperationNotSettleable, _story.Refusal(Happened(unclear.Id, moved, "by_2")).Why);
        Assert.Equal(Rejection.OperationNotSettleable, _story.Refusal(Not(unclear.Id)).Why);
    }

    [Fact]
    public void ThatItDidNotHappen_FreesWhatItReserved()
    {
        var unclear = Unclear(Pay(600));

        Assert.Equal("settled_by_hand", Assert.IsType<PaymentResult.Failed>(_story.Answer(Not(unclear.Id))).ErrorCode);
        Assert.Equal((Eur(0), Eur(1000), "grace"), (_story.Invoice.Reserved, _story.Invoice.Payable, _story[unclear.Id].SettledBy));
        Assert.True(_story.Answer(Not(unclear.Id)).IsReplay);
        Assert.Equal(Rejection.OperationNotSettleable, _story.Refusal(Happened(unclear.Id, 600)).Why);
    }

    [Fact]
    public void OnlyWhatNobodyCouldAnswer_IsSettled_AndNotWhileTheGatewayIsAsked()
    {
        var charge = _story.Ask(Pay(100)).Operation;
        foreach (var news in new GatewayOutcome[] { new GatewayOutcome.Processing(), Challenge(), Success(100) })
        {
            Assert.Equal(Rejection.OperationNotSettleable, _story.Refusal(Not(charge.Id)).Why);
            _story.Tell(charge.Id, news);
        }

        Assert.Equal(Rejection.OperationNotSettleable, _story.Refusal(Happened(charge.Id, 100, "ch_1")).Why);
        Assert.Equal(Rejection.OperationNotFound, _story.Refusal(Not(new("none"))).Why);
        var unclear = Unclear(Pay(100, "k2"));
        _story.Now += TimeSpan.FromDays(1);
        _story.Resolve(new ResumeOperation { Operation = unclear.Id });
        Assert.Equal(Rejection.OperationBusy, _story.Refusal(Not(unclear.Id)).Why);
        _story.Now += Patience;
        Assert.IsType<PaymentResult.Failed>(_story.Answer(Not(unclear.Id)));

        var differs = _story.Ask(Pay(100, "k3")).Operation;
        _story.Tell(differs.Id, Success(99, "ch_3"));
        Assert.Equal(OperationStatus.NeedsAttention, _story[differs.Id].Status);
        Assert.IsType<PaymentResult.Succeeded>(_story.Answer(Happened(differs.Id, 99, "ch_3")));
    }

    [Fact]
    public void WhatCannotHaveHappened_HasItsOwnCode()
    {
        var charge = Unclear(Pay(100));
        Refused(Rejection.AmountNotPositive, Happened(charge.Id, 0));
        Refused(Rejection.CurrencyMismatch, Happened(charge.Id, 0) with { Settlement = new Settlement.Happened(new("by_1"), Money.FromMinorUnits(100, Currency.USD)) });
        Refused(Rejection.AmountExceedsPayable, Happened(charge.Id, Invoice.MaxTotal + 1), Happened(charge.Id, 201));
        Assert.IsType<PaymentResult.Succeeded>(_story.Fork().Answer(Happened(charge.Id, 200)));
        Refused(Rejection.TextInvalid, Not(charge.Id) with { By = " " }, Not(charge.Id) with { Why = "" }, Not(charge.Id) with { By = "4111 1111 1111 1111" }, Not(charge.Id) with { By = "two\nlines" });
        Assert.IsType<PaymentResult.Failed>(_story.Answer(Not(charge.Id) with { Why = "Two\nlines." }));

        var blocked = Unclear(Pay(100, "k2") with { CaptureLater = true });
        Refused(Rejection.AmountExceedsPayable, Happened(blocked.Id, 101));
        Assert.IsType<PaymentResult.Authorized>(_story.Answer(Happened(blocked.Id, 100)));
        Assert.Equal(Rejection.OperationNotSettleable, _story.Refusal(Happened(blocked.Id, 99)).Why);
        Assert.Equal(Rejection.OperationNotSettleable, _story.Refusal(Happened(blocked.Id, 100, "by_2")).Why);

        var freeing = Unclear(VoidOf(blocked.Payment));
        Refused(Rejection.PaymentNotWhole, Happened(freeing.Id, 99), Happened(freeing.Id, 101));
        Assert.IsType<PaymentResult.Succeeded>(_story.Answer(Happened(freeing.Id, 100)));
        Assert.True(_story.Answer(Happened(freeing.Id, 100)).IsReplay);
        Assert.Equal(Eur(1000), _story.Invoice.Payable);

        _story.Tell(_story.Ask(Pay(300, "k3")).Operation.Id, Success(300));
        var refund = Unclear(Refund(_story.Payments.Last().Id, 200));
        Refused(Rejection.AmountExceedsRefundable, Happened(refund.Id, 201));
        Assert.IsType<PaymentResult.Succeeded>(_story.Fork().Answer(Happened(refund.Id, 200)));
        _story.Answer(Happened(refund.Id, 150));
        Assert.Equal(Eur(150), _story[refund.Payment].Refundable);
    }

    [Fact]
    public void AnEndThatIsKnownAlready_StaysWhereTheAuthorizationHadOne()
    {
        var blocked = _story.Ask(Pay(100) with { CaptureLater = true }).Operation;
        _story.Tell(blocked.Id, Blocked(99, until: Noon.AddDays(2)));
        Assert.Equal((OperationStatus.NeedsAttention, null), (_story[blocked.Id].Status, _story[blocked.Id].Hold!.ExpiresAt));
        _story.Tell(blocked.Id, Blocked(100, until: Noon.AddDays(2)));
        _story.Answer(Happened(blocked.Id, 60, "au_7"));

        var now = _story[blocked.Id];
        Assert.Equal((OperationStatus.Authorized, Noon.AddDays(2), Noon.AddDays(2), Eur(60)), (now.Status, now.Hold!.ExpiresAt!.Value, now.NextCheckAt!.Value, now.Capturable));
        Assert.Null(now.Error);
    }

    private PaymentOperation Unclear(IDecidable<PaymentResult> command)
    {
        var operation = _story.Ask(command).Operation;
        _story.Tell(operation.Id, new GatewayOutcome.Unknown(NoAnswer));
        return operation;
    }

    private void Refused(Rejection why, params SettleOperation[] commands) => Assert.All(commands, command => Assert.Equal(why, _story.Refusal(command).Why));

    private static SettleOperation Happened(OperationId id, long moved, string by = "by_1") =>
        Not(id) with { Settlement = new Settlement.Happened(new(by), Eur(moved)) };

    private static SettleOperation Not(OperationId id) => new() { Operation = id, Settlement = new Settlement.DidNotHappen(), By = "grace", Why = "Seen." };
}

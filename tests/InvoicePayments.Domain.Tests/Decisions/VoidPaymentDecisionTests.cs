using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What is blocked is let go of, and what was taken a moment ago is called back, whole.</summary>
public sealed class VoidPaymentDecisionTests
{
    private readonly Story _story = Story.Of(1000);

    [Fact]
    public void MoneyIsCalledBackWhole_AndIsDueAgain()
    {
        var paid = Paid(600);
        _story.Now = Noon.AddHours(12).AddTicks(-1);
        var ask = _story.Ask(VoidOf(paid.Payment) with { Reason = "double", Comment = "desk 7" });

        Assert.Equal(
            new GatewayCommand.Void
            {
                Tenant = TenantId.Default, Gateway = Acme, Reference = ask.Operation.Reference, Amount = Eur(600), Of = new("ch_1"), OfAuthorization = false,
                Reason = "double", Metadata = ask.Command.Metadata,
            },
            ask.Command);
        var undoing = _story[ask.Operation.Id];
        Assert.Equal((OperationKind.Void, Eur(600), paid.Payment, Ada, _story.Now), (undoing.Kind, undoing.Amount, undoing.Payment, undoing.Account, undoing.CreatedAt));
        Assert.Equal(("double", "desk 7", true, null), (undoing.Reason, undoing.Comment, undoing.ReopensInvoice, undoing.Authorization));
        Assert.Equal((Eur(600), Eur(0)), (_story.Invoice.Settled, _story[paid.Payment].Refundable));

        _story.Tell(undoing.Id, Success(600, "vo_1"));
        Assert.Equal((Eur(0), Eur(1000), Eur(600)), (_story.Invoice.Settled, _story.Invoice.Payable, _story[paid.Payment].Refunded));
        Assert.Equal(OperationStatus.Succeeded, _story[paid.Payment].Status);
    }

    [Fact]
    public void WhatIsBlocked_IsLetGoOf_AsMuchAsIsStillHeld()
    {
        var held = Held(600);
        _story.Tell(_story.Ask(Capture(held.Payment, 200, last: false)).Operation.Id, Success(200));
        var ask = _story.Ask(VoidOf(held.Payment));

        Assert.Equal((Eur(400), true, new GatewayPaymentId("au_1")), (ask.Command.Amount, ((GatewayCommand.Void)ask.Command).OfAuthorization, ((GatewayCommand.Void)ask.Command).Of));
        Assert.Equal((held.Id, false), (ask.Operation.Authorization!.Value, ask.Operation.ReopensInvoice));
        _story.Tell(ask.Operation.Id, Success(400, "vo_1"));
        Assert.Equal((Eur(200), Eur(0), Eur(800)), (_story.Invoice.Settled, _story.Invoice.Reserved, _story.Invoice.Payable));
        Assert.Equal((OperationStatus.Canceled, "voided"), (_story[held.Id].Status, _story[held.Id].Error!.Code));
        Assert.Equal((OperationStatus.Succeeded, Eur(0)), (_story[ask.Operation.Id].Status, _story[ask.Operation.Id].Moved!.Value));
    }

    [Fact]
    public void OfSeveralInvoices_EachIsDueAgain()
    {
        _story.Answer(Issue(300, "inv_2"));
        var both = _story.Ask(Pay(null, "both") with { InvoiceId = null, Several = new PaymentSpread.OldestFirst(Inv, new("inv_2")) }).Operation;
        _story.Tell(both.Id, Success(1300));
        var undo = _story.Ask(VoidOf(both.Payment));
        Assert.Equal(Eur(1300), undo.Command.Amount);
        _story.Tell(undo.Operation.Id, Success(1300, "vo_1"));
        Assert.All(_story.Invoices, i => Assert.Equal(i.Total, i.Due));
    }

    [Fact]
    public void AVoidThatFails_GivesItsHoldBackToTheAuthorization()
    {
        var held = Held(600);
        var ask = _story.Ask(VoidOf(held.Payment));
        Assert.Equal((Eur(0), Eur(600)), (_story[held.Id].Capturable, _story.Invoice.Reserved));
        _story.Tell(ask.Operation.Id, new GatewayOutcome.Refused(NoAnswer));

        Assert.Equal((Eur(600), Eur(600), false), (_story[held.Id].Capturable, _story.Invoice.Reserved, _story.Invoice.LastAttemptFailed));
    }

    [Fact]
    public void WhatCannotBeVoided_HasItsOwnCode()
    {
        var paid = Paid(600);
        var cash = _story.Answer(Cash(100)).Payment!.Id;
        var one = VoidOf(paid.Payment);
        (VoidPayment Command, Rejection Why)[] each =
        [
            (one with { Key = "" }, Rejection.IdempotencyKeyInvalid), (one with { Reason = "\0" }, Rejection.TextInvalid), (one with { Comment = "\0" }, Rejection.TextInvalid),
            (VoidOf(new("pay_none")), Rejection.PaymentNotFound), (one with { Account = Bob }, Rejection.PaymentNotFound), (VoidOf(cash), Rejection.PaymentSettled),
        ];
        Assert.All(each, one => Assert.Equal((one.Command, one.Why), (one.Command, _story.Refusal(one.Command).Why)));

        Assert.Equal(Rejection.PaymentNotWhole, After(s => s.Tell(s.Ask(Refund(paid.Payment, 1)).Operation.Id, Success(1, "re_1")), one));
        Assert.Equal(Rejection.PaymentNotWhole, After(s => s.Ask(Refund(paid.Payment, 1)), one));
        Assert.Equal(Rejection.PaymentSettled, After(s => s.Now = Noon.AddHours(12), one));
        Assert.Equal(Rejection.PaymentSettled, After(s => s.Gateways[Acme] = s.Gateways[Acme] with { Profile = s.Gateways[Acme].Profile with { VoidWindow = null } }, one));
        Assert.Equal(Rejection.GatewayCannot, After(s => s.Gateways[Acme] = Terms(null, OperationKind.Charge, OperationKind.Refund), one));
        Assert.Equal(Rejection.GatewayNotRegistered, After(s => s.Gateways.Clear(), one));
        Assert.Null(After(_ => { }, one with { Account = Ada }));
    }

    [Fact]
    public void WhileItIsUnderWayOrOver_ThereIsNothingToVoid()
    {
        var pending = _story.Ask(Pay(100)).Operation;
        Assert.Equal(Rejection.PaymentInProgress, _story.Refusal(VoidOf(pending.Payment)).Why);
        _story.Tell(pending.Id, new GatewayOutcome.Declined(NoFunds));
        Assert.Equal(Rejection.PaymentNotWhole, _story.Refusal(VoidOf(pending.Payment)).Why);

        var blocking = _story.Ask(Pay(600, "pay-2") with { CaptureLater = true }).Operation;
        Assert.Equal(Rejection.PaymentInProgress, _story.Refusal(VoidOf(blocking.Payment)).Why);
        _story.Tell(blocking.Id, Blocked(600));
        var capture = _story.Ask(Capture(blocking.Payment, 200)).Operation;
        Assert.Equal(Rejection.PaymentInProgress, _story.Refusal(VoidOf(blocking.Payment)).Why);
        _story.Tell(capture.Id, new GatewayOutcome.Refused(NoAnswer));
        _story.Tell(blocking.Id, new GatewayOutcome.Canceled());
        Assert.Equal(Rejection.AuthorizationClosed, _story.Refusal(VoidOf(blocking.Payment)).Why);
    }

    [Fact]
    public void TheSameKeyIsTheSameVoid_UnlessItMeansAnother()
    {
        var paid = Paid(600);
        var one = VoidOf(paid.Payment);
        _story.Tell(_story.Ask(one).Operation.Id, Success(600, "vo_1"));

        Assert.True(_story.Answer(one with { Comment = "again", Reason = "other" }).IsReplay);
        Assert.Equal(Rejection.IdempotencyKeyReused, _story.Refusal(one with { Account = Ada }).Why);
        var load = one.WhatToLoad(_story.Policy);
        Assert.Equal((2, paid.Id, paid.Payment), (load.Operations.Count, load.Operations[1], load.Payment!.Value));
        Assert.Single((one with { Key = "" }).WhatToLoad(_story.Policy).Operations);
    }

    [Fact]
    public void WhateverElseAStoreLoads_IsNotWhatIsVoided()
    {
        var (held, paid) = (Held(300), Paid(200, "charge"));
        var third = _story.Ask(Pay(100, "other") with { CaptureLater = true }).Operation;
        _story.Tell(third.Id, Blocked(100, "au_3"));
        _story.Ask(Capture(third.Payment, 50, "third"));
        foreach (var (one, amount, of) in new[] { (held, 300, held.Id), (paid, 200, default(OperationId?)) })
        {
            var command = VoidOf(one.Payment);
            var state = _story.Load(command.WhatToLoad(_story.Policy)) with { Operations = [.. _story.Operations], Payments = [.. _story.Payments], OpenOperations = [.. _story.Operations.Where(o => !o.IsFinal)] };
            var ask = Assert.IsType<Decision<PaymentResult>.Ask>(command.Decide(state, new(_story.Policy, Noon, _story.Gateways)));
            Assert.Equal((Eur(amount), of), (ask.Command.Amount, ask.Operation.Authorization));
        }
    }

    private PaymentOperation Paid(long amount, string key = "pay-1")
    {
        var charge = _story.Ask(Pay(amount, key)).Operation;
        _story.Tell(charge.Id, Success(amount));
        return charge;
    }

    private PaymentOperation Held(long amount)
    {
        var held = _story.Ask(Pay(amount) with { CaptureLater = true }).Operation;
        _story.Tell(held.Id, Blocked(amount));
        return held;
    }

    private Rejection? After(Action<Story> before, VoidPayment command)
    {
        var story = _story.Fork();
        before(story);
        var decision = story.When(command);
        return decision is Decision<PaymentResult>.Answer { Result: PaymentResult.Rejected no } ? no.Why : null;
    }
}

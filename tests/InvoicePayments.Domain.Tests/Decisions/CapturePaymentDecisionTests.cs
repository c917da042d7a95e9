using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What is blocked is taken later: no more than is held, and by a payment of its own.</summary>
public sealed class CapturePaymentDecisionTests
{
    private static readonly Dictionary<string, string> Tags = new() { ["desk"] = "7" };
    private readonly Story _story = Story.Of(1000);
    private readonly PaymentOperation _held;

    public CapturePaymentDecisionTests()
    {
        _held = _story.Ask(Pay(600) with { CaptureLater = true, Initiator = PaymentInitiator.Merchant, Reference = "order", Metadata = Tags }).Operation;
        _story.Tell(_held.Id, Blocked(600));
    }

    [Fact]
    public void APartIsTaken_ByAPaymentOfItsOwn_AndTheRestStaysHeld()
    {
        _story.Now = Noon.AddHours(1);
        var ask = _story.Ask(Capture(_held.Payment, 200) with { Comment = "first half" });
        var (taken, payment) = (_story[ask.Operation.Id], _story[ask.Operation.Payment]);

        Assert.Equal(
            new GatewayCommand.Capture { Tenant = TenantId.Default, Gateway = Acme, Reference = taken.Reference, Amount = Eur(200), Of = new("au_1"), Metadata = Tags },
            ask.Command);
        Assert.Equal((OperationKind.Capture, Eur(200), _held.Id, false), (taken.Kind, taken.Amount, taken.Authorization!.Value, taken.ReleasesRest));
        Assert.Equal((PaymentInitiator.Merchant, "first half", Ada, _story.Now), (taken.Initiator, taken.Comment, taken.Account, taken.CreatedAt));
        Assert.Equal((Eur(400), Eur(400)), (_story[_held.Id].Hold!.Held.Total, _story[_held.Id].Capturable));
        Assert.Equal((Eur(600), Eur(400), 1), (_story.Invoice.Reserved, _story.Invoice.Payable, _story.Invoice.AttemptCount));
        Assert.Equal((Eur(200), OperationStatus.Pending, _held.Payment, "order", _story.Now), (payment.Amount, payment.Status, payment.Authorization!.Value, payment.Reference, payment.CreatedAt));
        Assert.Null(payment.GatewayPaymentId);
        Assert.Equal(_held.Id, _story.Invoice.LastPayment!.Operation);
        Assert.Equal([new PaymentShare(Inv, 0, 0, 0)], payment.Shares);
        Assert.Equal("mine", _story[_story.Ask(Capture(_held.Payment, 100, "c2") with { Reference = "mine" }).Operation.Payment].Reference);
    }

    [Theory]
    [InlineData(true, 200, null, false)]
    [InlineData(true, 200, true, true)]
    [InlineData(true, 200, false, false)]
    [InlineData(false, 200, null, true)]
    [InlineData(false, 200, true, true)]
    [InlineData(true, null, false, true)]
    [InlineData(true, 600, null, true)]
    [InlineData(false, 600, false, true)]
    public void TheRestIsReleased_WhereAllIsTaken_OrTheHostSaysSo_OrTheGatewayCapturesOnce(bool severalTimes, int? amount, bool? last, bool released)
    {
        _story.Gateways[Acme] = Everything(severalTimes);
        var ask = _story.Ask(Capture(_held.Payment, amount, last: last));

        Assert.Equal((released, released), (ask.Operation.ReleasesRest, ((GatewayCommand.Capture)ask.Command).ReleaseRest));
        _story.Tell(ask.Operation.Id, Success(amount ?? 600));
        Assert.Equal((Eur(amount ?? 600), released ? OperationStatus.Succeeded : OperationStatus.Authorized), (_story.Invoice.Settled, _story[_held.Id].Status));
        Assert.Equal(released ? Eur(0) : Eur(400), _story.Invoice.Reserved);
    }

    [Fact]
    public void WhatCannotBeCaptured_HasItsOwnCode()
    {
        var charge = _story.Ask(Pay(100, "charge")).Operation;
        _story.Tell(charge.Id, Success(100, "au_9"));
        var (one, named) = (Capture(_held.Payment, 1), Capture(_held.Payment, 1) with { PaymentId = null, InvoiceId = Inv, AuthorizationTransaction = "au_1" });
        (CapturePayment Command, Rejection Why)[] each =
        [
            (one with { Key = "" }, Rejection.IdempotencyKeyInvalid), (one with { Comment = "\0" }, Rejection.TextInvalid), (one with { Reference = "\0" }, Rejection.TextInvalid),
            (named with { AuthorizationTransaction = "\0" }, Rejection.TextInvalid),
            (named with { PaymentId = _held.Payment }, Rejection.AuthorizationIncomplete), (named with { AuthorizationTransaction = null }, Rejection.AuthorizationIncomplete),
            (named with { InvoiceId = null }, Rejection.AuthorizationIncomplete), (one with { PaymentId = null }, Rejection.AuthorizationIncomplete),
            (one with { InvoiceId = Inv }, Rejection.AuthorizationIncomplete),
            (one with { PaymentId = new("pay_none") }, Rejection.AuthorizationNotFound), (one with { Account = Bob }, Rejection.AuthorizationNotFound),
            (one with { PaymentId = charge.Payment }, Rejection.AuthorizationNotFound), (named with { AuthorizationTransaction = "au_9" }, Rejection.AuthorizationNotFound),
            (named with { AuthorizationTransaction = "au_2" }, Rejection.AuthorizationNotFound), (named with { InvoiceId = new("inv_2") }, Rejection.AuthorizationNotFound),
            (one with { Amount = Money.FromMinorUnits(1, Currency.USD) }, Rejection.CurrencyMismatch), (one with { Amount = Eur(0) }, Rejection.AmountNotPositive),
            (one with { Amount = Eur(601) }, Rejection.AmountExceedsAuthorized),
        ];

        Assert.All(each, one => Assert.Equal((one.Command, one.Why), (one.Command, _story.Refusal(one.Command).Why)));
        Assert.Contains("EUR 6.00 may still be captured", _story.Refusal(one with { Amount = Eur(601) }).Detail, StringComparison.Ordinal);
        _story.Ask(named with { Account = Ada });
    }

    [Fact]
    public void WhatTheStateForbids_HasItsOwnCode()
    {
        var capture = Capture(_held.Payment, 200, last: false);
        Assert.Equal(Rejection.GatewayCannot, After(s => s.Gateways[Acme] = Terms(null, OperationKind.Charge, OperationKind.Authorize), capture));
        Assert.Equal(Rejection.GatewayCannot, After(s => s.Gateways[Acme] = Everything(severalTimes: false), capture));
        Assert.Equal(Rejection.GatewayNotRegistered, After(s => s.Gateways.Clear(), capture));
        Assert.Equal(Rejection.AmountExceedsPayable, After(s => s.Invent(i => i with { Sums = i.Sums.ReceiveUnreserved(801) }), capture));
        Assert.Null(After(s => s.Invent(i => i with { Sums = i.Sums.ReceiveUnreserved(800) }), capture));
        Assert.Equal(Rejection.AuthorizationSuspicious, After(s => s.Tell(_held.Id, Blocked(600, fraud: FraudStatus.Suspicious)), capture));
        Assert.Equal(Rejection.AuthorizationSuspicious, After(s => s.Tell(_held.Id, Blocked(600, fraud: FraudStatus.Fraudulent)), capture));
        Assert.Null(After(s => s.Tell(_held.Id, Blocked(600, fraud: FraudStatus.Safe)), capture));
        Assert.Equal(Rejection.AuthorizationClosed, After(s => s.Tell(_held.Id, new GatewayOutcome.Expired()), capture));
        Assert.Equal(Rejection.AmountExceedsAuthorized, After(s => s.Ask(Capture(_held.Payment, 600, "all")), Capture(_held.Payment)));

        var unanswered = Story.Of(1000);
        var pending = unanswered.Ask(Pay(600) with { CaptureLater = true }).Operation;
        Assert.Equal(Rejection.PaymentInProgress, unanswered.Refusal(Capture(pending.Payment)).Why);
    }

    [Fact]
    public void OfSeveralInvoices_EachIsCapturedByWhatItHolds_AndOneThatIsPaidMeanwhileStopsTheCapture()
    {
        var story = Story.Of(1000);
        story.Answer(Issue(500, "inv_2"));
        var both = new PaymentSpread.AsTold(new([new(Inv, Eur(400)), new(new("inv_2"), Eur(200))]));
        var held = story.Ask(Pay(null, "both") with { InvoiceId = null, Several = both, CaptureLater = true }).Operation;
        story.Tell(held.Id, Blocked(600));
        var half = story.Fork().Ask(Capture(held.Payment, 300)).Operation;
        Assert.Equal([Eur(200), Eur(100)], half.Allocation.Parts.Select(p => p.Amount));

        story.Fork().Ask(new CapturePayment { Key = "named", InvoiceId = new("inv_2"), AuthorizationTransaction = "au_1" });
        story.Invent(i => i with { Sums = i.Sums.ReceiveUnreserved(601) });
        Assert.Equal(Rejection.AmountExceedsPayable, story.Refusal(Capture(held.Payment)).Why);
    }

    [Fact]
    public void TheSameKeyIsTheSameCapture_UnlessItMeansAnother()
    {
        var capture = Capture(_held.Payment, 200, last: true);
        _story.Tell(_story.Ask(capture).Operation.Id, Success(200));

        Assert.True(_story.Answer(capture with { Comment = "again" }).IsReplay);
        CapturePayment[] others = [capture with { Amount = Eur(201) }, capture with { IsLast = false }, capture with { IsLast = null }, capture with { Account = Ada }, capture with { Reference = "r" }];
        Assert.All(others, other => Assert.Equal(Rejection.IdempotencyKeyReused, _story.Refusal(other).Why));
    }

    [Fact]
    public void WhateverElseAStoreLoads_IsNotTakenForTheAuthorization()
    {
        var other = _story.Ask(Pay(100, "other") with { CaptureLater = true }).Operation;
        _story.Tell(other.Id, Blocked(100, "au_2"));
        var charge = _story.Ask(Pay(100, "charge")).Operation;
        _story.Tell(charge.Id, Success(100, "au_1"));
        CapturePayment[] both = [Capture(_held.Payment), new() { Key = "named", InvoiceId = Inv, AuthorizationTransaction = "au_1" }];
        foreach (var capture in both)
        {
            var state = _story.Load(capture.WhatToLoad(_story.Policy)) with
            {
                Operations = [_story[other.Id], _story[charge.Id], _story[_held.Id]], Payments = [_story[other.Payment], _story[_held.Payment]],
            };
            var ask = Assert.IsType<Decision<PaymentResult>.Ask>(capture.Decide(state, new(_story.Policy, Noon, _story.Gateways)));
            Assert.Equal((_held.Id, Eur(600)), (ask.Operation.Authorization!.Value, ask.Command.Amount));
        }
    }

    [Fact]
    public void TheAuthorizationIsLoaded_ByItsPaymentOrByItsTransaction()
    {
        var byPayment = Capture(_held.Payment).WhatToLoad(_story.Policy);
        Assert.Equal((2, _held.Id, _held.Payment), (byPayment.Operations.Count, byPayment.Operations[1], byPayment.Payment!.Value));
        Assert.Equal((0, null), (byPayment.Invoices.Count, byPayment.Authorization));

        var byName = new CapturePayment { Key = "k", InvoiceId = Inv, AuthorizationTransaction = "au_1" }.WhatToLoad(_story.Policy);
        Assert.Equal((1, Inv, new GatewayPaymentId("au_1"), null), (byName.Operations.Count, byName.Invoices.Single(), byName.Authorization!.Value, byName.Payment));
        Assert.Empty(new CapturePayment { Key = "", InvoiceId = Inv }.WhatToLoad(_story.Policy).Operations);
    }

    private Rejection? After(Action<Story> before, CapturePayment command)
    {
        var story = _story.Fork();
        before(story);
        var decision = story.When(command);
        return decision is Decision<PaymentResult>.Answer { Result: PaymentResult.Rejected no } ? no.Why : null;
    }
}

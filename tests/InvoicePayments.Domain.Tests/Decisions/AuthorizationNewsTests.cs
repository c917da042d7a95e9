using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>Of several words about one authorization the smallest amount, the latest end and the worst suspicion count, in whatever order they come.</summary>
public sealed class AuthorizationNewsTests
{
    private readonly Story _story = Story.Of(1000);
    private readonly PaymentOperation _held;

    public AuthorizationNewsTests() => _held = _story.Ask(Pay(600) with { CaptureLater = true }).Operation;

    private PaymentOperation Now => _story[_held.Id];

    [Fact]
    public void WhatIsBlocked_StandsUntilTheGatewaySays_OrElseThePolicy()
    {
        _story.Now = Noon.AddHours(1);
        _story.Tell(_held.Id, Blocked(600));
        Assert.Equal((OperationStatus.Authorized, Eur(600), Noon.AddDays(7), Noon.AddDays(7)), (Now.Status, Now.Capturable, Now.Hold!.ExpiresAt!.Value, Now.NextCheckAt!.Value));
        Assert.Equal((new GatewayPaymentId("au_1"), null, null), (Now.GatewayPaymentId!.Value, Now.BusyUntil, Now.AnsweredAt));
        var told = Assert.IsType<InvoiceEvent.Authorized>(_story.Facts[^1]);
        Assert.Equal((Eur(600), new GatewayPaymentId("au_1"), Noon.AddDays(7)), (told.Approved, told.GatewayPaymentId, told.ExpiresAt!.Value));
        Assert.Equal((OperationStatus.Authorized, InvoiceFlags.Authorized), (_story[_held.Payment].Status, _story.Invoice.Flags));

        var other = Story.Of(1000);
        var id = other.Ask(Pay(600) with { CaptureLater = true }).Operation.Id;
        other.Tell(id, Blocked(600, until: Noon.AddDays(3)));
        Assert.Equal((Noon.AddDays(3), Noon.AddDays(3)), (other[id].Hold!.ExpiresAt!.Value, other[id].NextCheckAt!.Value));
    }

    [Fact]
    public void WhatIsToldAgain_IsNotAskedAboutBeforeItExpires()
    {
        _story.Tell(_held.Id, Blocked(600));
        _story.Now = Noon.AddHours(1);
        _story.Tell(_held.Id, Blocked(600), OutcomeSource.Answer);
        Assert.Equal(Noon.AddDays(7), Now.NextCheckAt);

        _story.Now = Noon.AddDays(8);
        _story.Tell(_held.Id, Blocked(600), OutcomeSource.Answer);
        Assert.Equal(_story.Now + PaymentPolicy.Default.WaitAfter(0), Now.NextCheckAt);
    }

    [Fact]
    public void TheSmallestAmount_TheLatestEnd_AndTheWorstSuspicionCount_InEveryOrder()
    {
        GatewayOutcome[] words =
        [
            Blocked(600, until: Noon.AddDays(2)), Blocked(400, partial: true, until: Noon.AddDays(9), fraud: FraudStatus.Suspicious),
            Blocked(500, partial: true, until: Noon.AddDays(5), fraud: FraudStatus.Safe),
        ];
        foreach (var order in new[] { "012", "021", "102", "120", "201", "210" })
        {
            var story = _story.Fork();
            foreach (var word in order) story.Tell(_held.Id, words[word - '0']);
            var hold = story[_held.Id].Hold!;
            Assert.Equal((order, Eur(400), Noon.AddDays(9), FraudStatus.Suspicious), (order, hold.Approved, hold.ExpiresAt!.Value, hold.Fraud));
            Assert.Equal((Noon.AddDays(9), Eur(400)), (story[_held.Id].NextCheckAt!.Value, story[_held.Id].Capturable));
        }
    }

    [Fact]
    public void APart_IsOnlyOneThatTheGatewaySaysItIs_AndLessThanWasAsked()
    {
        GatewayOutcome[] wrong =
        [
            Blocked(400), Blocked(601, partial: true), Blocked(0, partial: true), new GatewayOutcome.Authorized(new("au_1"), Money.FromMinorUnits(1, Currency.USD), PartiallyApproved: true),
        ];
        foreach (var word in wrong)
        {
            var story = _story.Fork();
            story.Tell(_held.Id, word);
            Assert.Equal((OperationStatus.NeedsAttention, Eur(600)), (story[_held.Id].Status, story.Invoice.Reserved));
            Assert.Single(story.Payments.Single().Discrepancies);
        }

        _story.Tell(_held.Id, Blocked(1, partial: true));
        Assert.Equal(Eur(1), Now.Capturable);
        var charge = _story.Ask(Pay(300, "k2")).Operation;
        _story.Tell(charge.Id, Blocked(200, partial: true));
        Assert.Equal(OperationStatus.NeedsAttention, _story[charge.Id].Status);
    }

    [Fact]
    public void WhatIsLearntWhileAPersonIsNeeded_IsKept_AndAfterTheEndNothingIs()
    {
        _story.Tell(_held.Id, Blocked(600, until: Noon.AddDays(2)));
        _story.Tell(_held.Id, Blocked(601));
        Assert.Equal((OperationStatus.NeedsAttention, null), (Now.Status, Now.NextCheckAt));
        _story.Tell(_held.Id, new GatewayOutcome.Authorized(new("au_1"), Eur(600), Noon.AddDays(4), false, FraudStatus.Fraudulent));
        Assert.Equal((Noon.AddDays(4), FraudStatus.Fraudulent), (Now.Hold!.ExpiresAt!.Value, Now.Hold.Fraud));
        Assert.Equal((OperationStatus.NeedsAttention, null), (Now.Status, Now.NextCheckAt));

        _story.Tell(_held.Id, new GatewayOutcome.Canceled());
        Assert.Equal((OperationStatus.Canceled, Eur(0)), (Now.Status, _story.Invoice.Reserved));
        var again = _story.When(new RecordOutcome { Operation = _held.Id, Gateway = Acme, Outcome = Blocked(600, until: Noon.AddDays(20), fraud: FraudStatus.Fraudulent) });
        Assert.Null(Assert.IsType<Decision<PaymentResult>.Answer>(again).Changes);
    }

    [Fact]
    public void TheSameWordAgain_ChangesNothing()
    {
        _story.Tell(_held.Id, Blocked(600, until: Noon.AddDays(2)));
        var again = _story.When(new RecordOutcome { Operation = _held.Id, Gateway = Acme, Outcome = Blocked(600, until: Noon.AddDays(2)) });
        Assert.Null(Assert.IsType<Decision<PaymentResult>.Answer>(again).Changes);
    }

    [Fact]
    public void MoneyUnderAnAuthorizationsOwnReference_IsACaptureThatNobodyAskedFor()
    {
        _story.Tell(_held.Id, Blocked(600));
        _story.Tell(_held.Id, Success(600, "au_1"));
        var taken = Assert.Single(_story.Operations, o => o.Kind == OperationKind.Capture);
        Assert.Equal((_held.Id, _held.Id, Eur(600), OperationStatus.Succeeded), (taken.Authorization!.Value, taken.EvidenceOf!.Value, taken.Moved!.Value, taken.Status));
        Assert.Null(taken.Hold);
        Assert.Equal((Eur(600), Eur(0), Eur(400)), (_story.Invoice.Settled, _story.Invoice.Reserved, _story.Invoice.Payable));
        Assert.Equal((OperationStatus.Succeeded, _held.Payment), (Now.Status, _story[taken.Payment].Authorization!.Value));
        _story.Tell(_held.Id, Success(600, "au_1"));
        Assert.Equal(Eur(600), _story.Invoice.Settled);
        _story.Tell(_held.Id, Success(600, "au_2"));
        Assert.Equal((Eur(1200), Eur(200)), (_story.Invoice.Settled, _story.Invoice.Overpaid));
    }
}

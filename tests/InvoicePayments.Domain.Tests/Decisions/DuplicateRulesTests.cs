using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>The same payment with another key, a moment later, looks like a second click.</summary>
public sealed class DuplicateRulesTests
{
    private readonly Story _story = Story.Of(1000);

    public DuplicateRulesTests() => _story.Policy = _story.Policy with { DuplicateWindow = TimeSpan.FromMinutes(1) };

    [Fact]
    public void TheSameAmountByTheSameMethod_IsRefusedInsideTheWindow_UnlessItIsConfirmed()
    {
        var first = _story.Ask(Pay(100)).Operation;
        _story.Now += TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1);
        var refused = _story.Refusal(Pay(100, "k2") with { Token = new("tok_of_the_same_card") });

        Assert.Equal(Rejection.PossibleDuplicate, refused.Why);
        Assert.Contains($"operation {first.Id} over EUR 1.00, begun at 2026-03-01 12:00:00Z", refused.Detail, StringComparison.Ordinal);
        Assert.True(Passes(Pay(101, "k2")) && Passes(Pay(100, "k2") with { ConfirmDuplicate = true }));
        _story.Now += TimeSpan.FromTicks(1);
        Assert.True(Passes(Pay(100, "k2")));
        _story.Policy = PaymentPolicy.Default;
        _story.Now = Noon;
        Assert.True(Passes(Pay(100, "k2")));
    }

    [Fact]
    public void EveryMethod_LooksLikeItselfAlone()
    {
        _story.Keep(Card(), Card("pm_2"));
        _story.Gateways[new("other")] = Everything();
        _story.Answer(Issue(900, "cg_1") with { Kind = PayableKind.CreditGrant });
        _story.Tell(_story.Ask(Pay(null, "grant") with { InvoiceId = null, CreditGrantId = new("cg_1") }).Operation.Id, Success(900, "ch_g"));
        var stored = Pay(100) with { Gateway = null, Token = null, PaymentMethod = new("pm_1") };
        IDecidable<PaymentResult>[] ways =
        [
            Pay(100), Pay(100) with { Gateway = new("other") }, stored, stored with { PaymentMethod = new("pm_2") }, Cash(100), Cash(100) with { Method = OfflineMethod.Check },
            new PayInvoice { InvoiceId = Inv, Key = "pay-1", Amount = Eur(100), ApplyBalance = true },
        ];
        IDecidable<PaymentResult>[] again = [.. ways.Select(Renamed)];

        for (var first = 0; first < ways.Length; first++)
        {
            for (var second = 0; second < ways.Length; second++)
            {
                var story = _story.Fork();
                story.Keep(Card(), Card("pm_2"));
                story.When(ways[first]);
                Assert.Equal((first, second, first != second), (first, second, Passes(story, again[second])));
            }
        }
    }

    [Fact]
    public void OfSeveralInvoices_EveryPartHasToLookTheSame()
    {
        _story.Answer(Issue(300, "inv_2"));
        var both = Pay(null, "k2") with { InvoiceId = null, Several = new PaymentSpread.AsTold(new([new(Inv, Eur(100)), new(new("inv_2"), Eur(50))])) };
        _story.Ask(Pay(100));
        Assert.True(Passes(both));
        _story.Ask(both);
        Assert.False(Passes(both with { Key = "k3" }));
    }

    [Fact]
    public void AfterADecline_TheSameMayBeTriedAtOnce_AndAfterASuccessItMayNot()
    {
        var first = _story.Ask(Pay(100)).Operation;
        _story.Tell(first.Id, new GatewayOutcome.Declined(NoFunds));
        Assert.Null(_story.Invoice.LastPayment);
        var second = _story.Ask(Pay(100, "k2")).Operation;
        _story.Tell(second.Id, Success(100));
        Assert.Equal((second.Id, Eur(100), Noon), (_story.Invoice.LastPayment!.Operation, _story.Invoice.LastPayment.Amount, _story.Invoice.LastPayment.At));
        Assert.False(Passes(Pay(100, "k3")));

        var third = _story.Ask(Pay(50, "k4")).Operation;
        _story.Ask(Pay(60, "k5"));
        _story.Tell(third.Id, new GatewayOutcome.Declined(NoFunds));
        Assert.Equal(Eur(60), _story.Invoice.LastPayment!.Amount);
    }

    private static IDecidable<PaymentResult> Renamed(IDecidable<PaymentResult> way) => way switch
    {
        PayInvoice pay => pay with { Key = "second" },
        RecordOfflinePayment cash => cash with { Key = "second" },
        _ => throw new InvalidOperationException(),
    };

    private bool Passes(IDecidable<PaymentResult> command) => Passes(_story.Fork(), command);

    private static bool Passes(Story story, IDecidable<PaymentResult> command) =>
        story.When(command) is not Decision<PaymentResult>.Answer { Result: PaymentResult.Rejected { Why: var why } } || (why == Rejection.PossibleDuplicate ? false : throw new InvalidOperationException(why.Code));
}

using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>Who calls, who collects, and what exactly the gateway is asked.</summary>
public sealed class PayInvoiceDetailTests
{
    private readonly Story _story = Story.Of(1000);

    [Fact]
    public void WhereThePolicyWantsToKnowWhoCalls_ACustomerSaysSo_AndARunNeedNot()
    {
        _story.Policy = _story.Policy with { RequireCallingAccount = true };
        Assert.Equal(Rejection.CallerUnknown, _story.Refusal(Pay(100)).Why);
        _story.Ask(Pay(100) with { Account = Ada });
        _story.Ask(Pay(100, "k2") with { Initiator = PaymentInitiator.Merchant });
        _story.Policy = PaymentPolicy.Default;
        _story.Ask(Pay(100, "k3"));
    }

    [Fact]
    public void WhatSomebodyElseCollects_IsPaidHereOnlyWhereThatIsAllowed_AndRecordedWhereItHasMoved()
    {
        Rejection? Refused(InvoiceCollector by, PaymentInitiator initiator = PaymentInitiator.Customer, bool allowed = false)
        {
            var story = new Story { Policy = PaymentPolicy.Default with { AllowPayingSubscriptionInvoices = allowed } };
            story.Answer(Issue(1000) with { Details = new() { CollectedBy = by } });
            Assert.Equal(Eur(1000), story.Fork().Answer(Cash()).Payment!.Captured);
            return story.When(Pay() with { Initiator = initiator }) is Decision<PaymentResult>.Answer { Result: PaymentResult.Rejected no } ? no.Why : null;
        }

        Assert.Null(Refused(InvoiceCollector.Host));
        Assert.Equal(Rejection.InvoiceCollectedBySubscription, Refused(InvoiceCollector.SubscriptionEngine));
        Assert.Null(Refused(InvoiceCollector.SubscriptionEngine, PaymentInitiator.Merchant));
        Assert.Null(Refused(InvoiceCollector.SubscriptionEngine, allowed: true));
        foreach (var store in new[] { InvoiceCollector.AppStore, InvoiceCollector.PlayStore })
            Assert.Equal(Rejection.InvoiceCollectedByStore, Refused(store, PaymentInitiator.Merchant, allowed: true));
    }

    [Fact]
    public void WhatPaysTheCustomerOut_IsNeverPaid_NotEvenByHand()
    {
        _story.Invent(i => i with { Details = new() { Type = InvoiceType.Payout } });
        Assert.Equal(Rejection.InvoiceIsPayout, _story.Refusal(Pay()).Why);
        Assert.Equal(Rejection.InvoiceIsPayout, _story.Refusal(Cash()).Why);
    }

    [Fact]
    public void BlockingMoney_AsksTheGatewayWhatAChargeWould()
    {
        var back = new Uri("https://shop.example/back");
        _story.Invent(i => i with { Details = new() { StatementDescriptor = "SHOP" } });
        _story.Keep(Card());
        var pay = Pay(200) with { Description = "March", ReturnUrl = back, Initiator = PaymentInitiator.Merchant };
        foreach (var command in new[] { pay, pay with { Key = "k2", Gateway = null, Token = null, PaymentMethod = new("pm_1") } })
        {
            var charge = Assert.IsType<GatewayCommand.Charge>(_story.Ask(command).Command);
            var block = Assert.IsType<GatewayCommand.Authorize>(_story.Ask(command with { CaptureLater = true, Key = command.Key + "-later" }).Command);

            Assert.Equal((command.Token is not null, command.Token?.Reveal() ?? "tok_pm_1"), (block.SingleUse, block.Token.Reveal()));
            Assert.Equal(("March", "SHOP", back, PaymentInitiator.Merchant, Ada, Eur(200)), (block.Description, block.StatementDescriptor, block.ReturnUrl, block.Initiator, block.Account, block.Amount));
            Assert.Equal(
                (charge.SingleUse, charge.Token.Reveal(), charge.Description, charge.StatementDescriptor, charge.ReturnUrl, charge.Initiator, charge.Account),
                (block.SingleUse, block.Token.Reveal(), block.Description, block.StatementDescriptor, block.ReturnUrl, block.Initiator, block.Account));
        }
    }

    [Fact]
    public void AnInvoiceOverZero_IsPaidAtOnce_EvenWhereItsMoneyWasToBeBlocked()
    {
        var story = Story.Of(0);
        story.Invent(i => i with { Document = InvoiceDocument.Open });
        var paid = Assert.IsType<PaymentResult.Succeeded>(story.Answer(Pay() with { CaptureLater = true }));
        Assert.Equal((OperationKind.Charge, null, Eur(0)), (paid.Operation!.Kind, paid.Operation.Hold, paid.Operation.Moved!.Value));
        Assert.Equal((Noon, Noon, null), (paid.Operation.AnsweredAt!.Value, paid.Payment!.SucceededAt!.Value, story.Invoice.LastPayment));
    }

    [Fact]
    public void AMethodThatGivesNoToken_IsRefusedByItsKind()
    {
        _story.Gateways[Acme] = Everything() with { Profile = Everything().Profile with { KindsWithoutTokens = ["sofort"] } };
        _story.Keep(Card(), Card("pm_2") with { Kind = "Sofort" }, Card("pm_3") with { IsTokenizable = false });
        var stored = Pay(100) with { Gateway = null, Token = null };
        Assert.Equal(Rejection.PaymentMethodNotTokenizable, _story.Refusal(Pay(100) with { MethodKind = "SOFORT" }).Why);
        Assert.Equal(Rejection.PaymentMethodNotTokenizable, _story.Refusal(stored with { PaymentMethod = new("pm_2") }).Why);
        Assert.Equal(Rejection.PaymentMethodNotTokenizable, _story.Refusal(stored with { PaymentMethod = new("pm_3") }).Why);
        _story.Ask(stored with { PaymentMethod = new("pm_1") });
        _story.Ask(Pay(100, "k2") with { MethodKind = "card" });
    }

    [Fact]
    public void AChallenge_LastsAsLongAsTheGatewaysProfileSays_OrElseThePolicy()
    {
        _story.Gateways[Acme] = Everything() with { Profile = Everything().Profile with { ChallengeTime = TimeSpan.FromMinutes(3) } };
        var id = _story.Ask(Pay(100)).Operation.Id;
        _story.Tell(id, Challenge());
        Assert.Equal(Noon.AddMinutes(3), _story[id].ActionDeadline);
        var other = _story.Ask(Pay(100, "k2")).Operation.Id;
        _story.Tell(other, new GatewayOutcome.Unknown(NoAnswer, TimeSpan.FromMinutes(7)));
        Assert.Equal(Noon.AddMinutes(7), _story[other].NextCheckAt);
    }
}

using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What was loaded is found by what it is, and a record that is damaged is noticed.</summary>
public sealed class StateLookupTests
{
    [Fact]
    public void CreditIsFoundByItsAccountAndItsCurrency()
    {
        AccountCredit Of(AccountId account, Currency currency) => new() { Tenant = TenantId.Default, Account = account, Currency = currency };
        var state = new InvoiceState { Credits = [Of(Bob, Currency.EUR), Of(Ada, Currency.USD), Of(Ada, Currency.EUR)] };
        Assert.Same(state.Credits[2], state.CreditOf(new(Ada, Currency.EUR)));
        Assert.Null(state.CreditOf(new(Bob, Currency.USD)));
    }

    [Fact]
    public void AnOpenOperationWhoseCommandIsGone_IsDamage_AndNothingElseIs()
    {
        var story = Story.Of(1000);
        var charge = story.Ask(Pay(600)).Operation;
        var state = story.Load(new() { Tenant = TenantId.Default, Operations = [charge.Id] });
        Assert.Null(state.Damage);
        var broken = state with { Commands = [] };
        Assert.StartsWith($"The record of operation {charge.Id} is damaged", broken.Damage, StringComparison.Ordinal);
        PaymentOperation[] sound = [state.Operations[0] with { Status = OperationStatus.Succeeded }, state.Operations[0] with { Gateway = null }, state.Operations[0] with { Kind = OperationKind.Dispute }];
        Assert.All(sound, one => Assert.Null((broken with { Operations = [one] }).Damage));
    }

    [Fact]
    public void WhatWasNotLoaded_IsAFaultOfTheStore_AndNamed()
    {
        var story = Story.Of(1000);
        var charge = story.Ask(Pay(600)).Operation;
        var news = new RecordOutcome { Operation = charge.Id, Gateway = Acme, Outcome = Success(600) };
        var state = story.Load(news.WhatToLoad(story.Policy));
        DecisionContext context = new(story.Policy, Noon, story.Gateways);

        Assert.Contains("inv_1 was not loaded", Assert.Throws<InvalidOperationException>(() => news.Decide(state with { Invoices = [] }, context)).Message, StringComparison.Ordinal);
        Assert.Contains($"{charge.Payment} was not loaded", Assert.Throws<InvalidOperationException>(() => news.Decide(state with { Payments = [] }, context)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsGoingOn_IsShownOnTheInvoice_OfEveryOperationThatIsOpen()
    {
        var story = Story.Of(1000);
        var (first, second, third) = (story.Ask(Pay(100, "k1")).Operation.Id, story.Ask(Pay(100, "k2")).Operation.Id, story.Ask(Pay(100, "k3") with { CaptureLater = true }).Operation.Id);
        Assert.Equal(InvoiceFlags.Processing, story.Invoice.Flags);
        story.Tell(first, Challenge());
        Assert.Equal(InvoiceFlags.ActionRequired | InvoiceFlags.Processing, story.Invoice.Flags);
        story.Tell(second, new GatewayOutcome.Unknown(NoAnswer));
        story.Tell(third, Blocked(100));
        Assert.Equal(InvoiceFlags.ActionRequired | InvoiceFlags.Unknown | InvoiceFlags.Authorized, story.Invoice.Flags);
        story.Tell(second, Success(1, "other"));
        story.Tell(first, Success(100));
        Assert.Equal(InvoiceFlags.NeedsAttention | InvoiceFlags.Authorized, story.Invoice.Flags);
        var fourth = story.Ask(Pay(100, "k4")).Operation.Id;
        story.Tell(fourth, Blocked(100, "ch_4"));
        Assert.Equal(InvoiceFlags.NeedsAttention | InvoiceFlags.Authorized | InvoiceFlags.Processing, story.Invoice.Flags);
        Assert.Equal(OperationStatus.Authorized, story[fourth].Status);
    }
}

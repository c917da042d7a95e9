using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class PayInvoiceDecisionTests
{
    [Fact]
    public void WhenAnInvoiceIsPaid_TheMoneyIsReservedBeforeTheGatewayIsAsked()
    {
        var story = Story.Of(1000);
        var asked = story.Ask(Pay());

        Assert.Equal(Eur(1000), story.Invoice.Reserved);
        Assert.Equal(Eur(0), story.Invoice.Payable);
        Assert.Equal(OperationStatus.Pending, story[asked.Operation.Id].Status);
        Assert.Equal(asked.Command, story.CommandOf(asked.Operation.Id));
        Assert.Equal(asked.Operation.Id.Value, asked.Command.Reference.Value);
        Assert.Equal(InvoiceFlags.Processing, story.Invoice.Flags);
        Assert.Equal(new InvoiceEvent.Started(Eur(1000)) { Gateway = Acme }, Bare(Assert.IsType<InvoiceEvent.Started>(story.Facts[^1])));
    }

    [Fact]
    public void WhenTheGatewayIsAsked_NobodyElseTakesOverWithinItsPatience()
    {
        var operation = Story.Of(1000).Ask(Pay()).Operation;

        Assert.Equal(1, operation.Sends);
        Assert.Equal(Noon, operation.FirstSentAt);
        Assert.Equal(Noon + Patience, operation.BusyUntil);
        Assert.Equal(Noon + Patience, operation.NextCheckAt);
    }

    [Fact]
    public void WhenItSucceeded_TheInvoiceIsPaidAndTheCommandWithItsTokenIsErased()
    {
        var story = Story.Of(1000);
        var id = story.Ask(Pay()).Operation.Id;
        var result = story.Tell(id, Success(1000));

        Assert.IsType<PaymentResult.Succeeded>(result);
        Assert.Null(story.CommandOf(id));
        Assert.Equal(InvoiceStatus.Paid, story.Invoice.Status);
        Assert.Equal(Noon, story.Invoice.PaidAt);
        Assert.Equal(Eur(1000), result.Payment!.Captured);
        Assert.Equal(new GatewayPaymentId("ch_1"), result.Payment.GatewayPaymentId);
        Assert.Equal(
            [typeof(InvoiceEvent.Issued), typeof(InvoiceEvent.Started), typeof(InvoiceEvent.Succeeded), typeof(InvoiceEvent.Paid)],
            story.Facts.Select(f => f.GetType()));
    }

    [Fact]
    public void WhenATokenIsGiven_ItIsChargedOnceOnly()
    {
        var command = Charged(Story.Of(1000), Pay());

        Assert.True(command.SingleUse);
        Assert.Equal("tok_1", command.Token.Reveal());
    }

    [Fact]
    public void WhenAStoredMethodIsNamed_ThatOneIsCharged()
    {
        var story = Story.Of(1000);
        story.Keep(Card("pm_1") with { IsDefault = true }, Card("pm_2"));
        var command = Charged(story, Stored(new("pm_2")));

        Assert.False(command.SingleUse);
        Assert.Equal("tok_pm_2", command.Token.Reveal());
        Assert.Equal(new PaymentMethodId("pm_2"), Assert.Single(story.Payments).PaymentMethod);
    }

    [Fact]
    public void WhenNoMethodIsNamed_TheAccountsDefaultIsCharged()
    {
        var story = Story.Of(1000);
        story.Keep(Card("pm_1"), Card("pm_2") with { IsDefault = true });

        Assert.Equal("tok_pm_2", Charged(story, Stored(null)).Token.Reveal());
    }

    [Fact]
    public void WhenTheInvoiceNamesAMethod_ItComesBeforeTheAccountsDefault()
    {
        var story = Story.Of(1000);
        story.Keep(Card("pm_1"), Card("pm_2") with { IsDefault = true });
        story.Invent(i => i with { Details = i.Details with { DefaultPaymentMethod = new("pm_1") } });

        Assert.Equal("tok_pm_1", Charged(story, Stored(null)).Token.Reveal());
    }

    [Fact]
    public void WhenTheGatewayIsAsked_ItLearnsWhatTheHostSaid()
    {
        var story = Story.Of(1000);
        story.Invent(i => i with { Details = i.Details with { Description = "March", StatementDescriptor = "ACME" } });
        var back = new Uri("https://shop.example/back");
        var command = Charged(story, Pay(400) with { Initiator = PaymentInitiator.Merchant, Comment = "internal", ReturnUrl = back });

        Assert.Equal(Eur(400), command.Amount);
        Assert.Equal(Ada, command.Account);
        Assert.Equal(PaymentInitiator.Merchant, command.Initiator);
        Assert.Equal("March", command.Description);
        Assert.Equal("ACME", command.StatementDescriptor);
        Assert.Equal(back, command.ReturnUrl);
        Assert.DoesNotContain(story.Facts, fact => fact.ToString().Contains("internal", StringComparison.Ordinal));
    }

    [Fact]
    public void WhenTheInvoiceIsOverZero_ItIsPaidWithoutAskingAnybody()
    {
        var story = Story.Of(0);
        var result = Assert.IsType<PaymentResult.Succeeded>(story.Answer(Pay()));

        Assert.Equal(Eur(0), result.Payment!.Captured);
        Assert.Equal(InvoiceStatus.Paid, story.Invoice.Status);
        Assert.True(story.Answer(Pay()).IsReplay);
    }

    private static PayInvoice Stored(PaymentMethodId? id) => Pay() with { Gateway = null, Token = null, PaymentMethod = id };

    private static GatewayCommand.Charge Charged(Story story, PayInvoice command) =>
        Assert.IsType<GatewayCommand.Charge>(story.Ask(command).Command);

    private static InvoiceEvent.Started Bare(InvoiceEvent.Started fact) => new(fact.Reserved) { Gateway = fact.Gateway };
}

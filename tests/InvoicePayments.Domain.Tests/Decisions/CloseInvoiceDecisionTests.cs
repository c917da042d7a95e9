using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>Taking an invoice back and giving it up.</summary>
public sealed class CloseInvoiceDecisionTests
{
    private static readonly VoidInvoice TakeBack = new() { InvoiceId = Inv, Reason = "Typo" };
    private static readonly MarkUncollectible GiveUp = new() { InvoiceId = Inv, Reason = "Gone" };

    [Fact]
    public void WhenItIsTakenBack_ItAsksForNothingAndSaysWhy()
    {
        var story = Story.Of(1000);
        var done = Done(story.Answer(TakeBack));

        Assert.Equal((InvoiceStatus.Void, Eur(0), Eur(0)), (done.Invoice.Status, done.Invoice.Payable, done.Invoice.Due));
        Assert.Equal("Typo", Assert.IsType<InvoiceEvent.Voided>(story.Facts[^1]).Reason);
        Assert.Equal((done.Invoice, false), (story.Invoice, done.IsReplay));
    }

    [Fact]
    public void WhenItIsGivenUp_ItIsUncollectibleAndSaysWhy()
    {
        var story = Story.Of(1000);

        Assert.Equal((InvoiceStatus.Uncollectible, Eur(1000)), (Done(story.Answer(GiveUp)).Invoice.Status, story.Invoice.Due));
        Assert.Equal("Gone", Assert.IsType<InvoiceEvent.MarkedUncollectible>(story.Facts[^1]).Reason);
    }

    [Fact]
    public void WhenItIsDoneTwice_TheSecondTimeChangesNothing()
    {
        foreach (IDecidable<InvoiceResult> command in new IDecidable<InvoiceResult>[] { TakeBack, GiveUp })
        {
            var story = Story.Of(1000);
            story.Answer(command);
            var again = Assert.IsType<Decision<InvoiceResult>.Answer>(story.When(command));

            Assert.Null(again.Changes);
            Assert.True(Done(again.Result).IsReplay);
        }
    }

    [Fact]
    public void WhenItWasGivenUp_ItCanStillBeTakenBackAndNotTheOtherWayRound()
    {
        var story = Story.Of(1000);
        story.Answer(GiveUp);
        Done(story.Answer(TakeBack));

        Assert.Equal(Rejection.InvoiceStateInvalid, Why(story.Answer(GiveUp)));
    }

    [Fact]
    public void ADraftCanBeTakenBackAndNotGivenUp()
    {
        var story = new Story();
        story.Answer(Issue(1000) with { AsDraft = true });

        Assert.Equal(Rejection.InvoiceStateInvalid, Why(story.Answer(GiveUp)));
        Assert.Equal(InvoiceStatus.Void, Done(story.Answer(TakeBack)).Invoice.Status);
    }

    [Fact]
    public void WhileMoneyIsUnderWay_NeitherIsDoneAndTheAmountIsNamed()
    {
        var story = Story.Of(1000);
        story.Ask(Pay(300));
        var refused = Assert.IsType<InvoiceResult.Rejected>(story.Answer(TakeBack));

        Assert.Equal(Rejection.MoneyUnderWay, refused.Why);
        Assert.Contains("EUR 3.00", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(Rejection.MoneyUnderWay, Why(story.Answer(GiveUp)));
    }

    [Fact]
    public void WhileMoneyIsIn_NeitherIsDoneAndAfterARefundBothAre()
    {
        var story = Story.Of(1000);
        var paid = story.Answer(Cash(1)).Payment!.Id;
        Assert.Equal(Rejection.MoneyReceived, Why(story.Answer(TakeBack)));
        Assert.Equal(Rejection.MoneyReceived, Why(story.Answer(GiveUp)));

        story.Answer(Refund(paid, reopen: true));
        Assert.Equal(InvoiceStatus.Uncollectible, Done(story.Answer(GiveUp)).Invoice.Status);
        Assert.Equal(InvoiceStatus.Void, Done(story.Answer(TakeBack)).Invoice.Status);
    }

    [Fact]
    public void WhenItIsPaid_ThereIsNothingToGiveUp()
    {
        Assert.Equal(Rejection.InvoicePaid, Why(Story.Of(0).Answer(GiveUp)));
        Assert.Equal(InvoiceStatus.Void, Done(Story.Of(0).Answer(TakeBack)).Invoice.Status);

        var story = Story.Of(1000);
        story.Answer(Cash());
        Assert.Equal(Rejection.MoneyReceived, Why(story.Answer(GiveUp)));
    }

    [Fact]
    public void WhenTheCommandCannotBe_EachFaultHasItsOwnCode()
    {
        var story = Story.Of(1000);

        Assert.Equal(Rejection.InvoiceNotFound, Why(story.Answer(TakeBack with { InvoiceId = new("nobody") })));
        Assert.Equal(Rejection.InvoiceNotFound, Why(story.Answer(GiveUp with { InvoiceId = new("nobody") })));
        Assert.Equal(Rejection.TextInvalid, Why(story.Answer(TakeBack with { Reason = new('r', TextLimits.Reference + 1) })));
        Assert.Equal(Rejection.TextInvalid, Why(story.Answer(GiveUp with { Reason = "4111111111111111" })));
        Done(story.Answer(TakeBack with { Reason = "a\nb" }));
    }

    private static InvoiceResult.Done Done(InvoiceResult result) => Assert.IsType<InvoiceResult.Done>(result);

    private static Rejection Why(InvoiceResult result)
    {
        var refused = Assert.IsType<InvoiceResult.Rejected>(result);
        Assert.NotEmpty(refused.Detail);
        return refused.Why;
    }
}

using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class PayInvoiceIdempotencyTests
{
    [Fact]
    public void WhenTheSameKeyComesAgain_TheFirstAnswerIsRepeated()
    {
        var story = Story.Of(1000);
        story.Tell(story.Ask(Pay()).Operation.Id, Success(1000));
        var again = Assert.IsType<PaymentResult.Succeeded>(story.Answer(Pay()));

        Assert.True(again.IsReplay);
        Assert.Equal(Eur(1000), again.Payment!.Captured);
        Assert.Single(story.Operations);
    }

    [Fact]
    public void WhenTheDeclinedKeyComesAgain_TheDeclineIsRepeatedAndNobodyIsAsked()
    {
        var story = Story.Of(1000);
        story.Tell(story.Ask(Pay()).Operation.Id, new GatewayOutcome.Declined(NoFunds));

        Assert.Equal(NoFunds, Assert.IsType<PaymentResult.Declined>(story.Answer(Pay())).Why);
    }

    [Fact]
    public void WhenTheKeyWasUsedForAnotherAmount_IsRejectedAsKeyReused()
    {
        var story = Story.Of(1000);
        story.Ask(Pay(400));

        Assert.Equal(Rejection.IdempotencyKeyReused, story.Refusal(Pay(500)).Why);
        Assert.Equal(Rejection.IdempotencyKeyReused, story.Refusal(Pay()).Why);
    }

    [Fact]
    public void WhenAnythingAboutTheMoneyDiffers_IsRejectedAsKeyReused()
    {
        PayInvoice[] others =
        [
            Pay() with { Account = Ada }, Pay() with { Token = new("tok_2") }, Pay() with { Gateway = new("other") },
            Pay() with { PaymentMethod = new("pm_1") }, Pay() with { Initiator = PaymentInitiator.Merchant },
            Pay() with { Reference = "r" },
        ];
        Assert.All(others, other =>
        {
            var story = Story.Of(1000);
            story.Ask(Pay());
            Assert.Equal(Rejection.IdempotencyKeyReused, story.Refusal(other).Why);
        });
    }

    [Fact]
    public void WhenOnlyTheCommentOrTheWayBackDiffers_ItIsTheSameRequest()
    {
        var story = Story.Of(1000);
        story.Ask(Pay());
        var again = story.Answer(Pay() with
        {
            Comment = "again", ReturnUrl = new("https://shop.example/2"), Description = "d",
            Metadata = new Dictionary<string, string> { ["a"] = "b" },
        });

        Assert.True(again.IsReplay);
        Assert.IsType<PaymentResult.Processing>(again);
    }

    [Fact]
    public void WhenTheKeyWasUsedForAnotherInvoice_IsRejectedAsKeyReused()
    {
        var story = Story.Of(1000);
        story.Answer(Issue(1000, "inv_2"));
        story.Ask(Pay());

        Assert.Equal(Rejection.IdempotencyKeyReused, story.Refusal(Pay() with { InvoiceId = new("inv_2") }).Why);
    }

    [Fact]
    public void WhenTheKeyWasUsedForAnotherVerb_IsRejectedAsKeyReused()
    {
        var story = Story.Of(1000);
        var paid = story.Answer(Cash(500, "same"));

        Assert.Equal(Rejection.IdempotencyKeyReused, story.Refusal(Pay(500, "same")).Why);
        Assert.Equal(Rejection.IdempotencyKeyReused, story.Refusal(Refund(paid.Payment!.Id, 500, "same")).Why);
    }

    [Fact]
    public void WhenKeysAreScopedToTheAccount_TwoAccountsMayChooseTheSameKey()
    {
        var story = Story.Of(1000);
        story.Policy = story.Policy with { KeyScope = IdempotencyScope.Account };
        story.Answer(Issue(500, "inv_2") with { Account = Bob });
        var ada = story.Ask(Pay() with { Account = Ada });
        var bob = story.Ask(Pay() with { InvoiceId = new("inv_2"), Account = Bob });

        Assert.NotEqual(ada.Operation.Id, bob.Operation.Id);
    }

    [Fact]
    public void WhenKeysAreScopedToTheTenant_TheSecondAccountIsRefused()
    {
        var story = Story.Of(1000);
        story.Answer(Issue(500, "inv_2") with { Account = Bob });
        story.Ask(Pay() with { Account = Ada });

        Assert.Equal(Rejection.IdempotencyKeyReused, story.Refusal(Pay() with { InvoiceId = new("inv_2"), Account = Bob }).Why);
    }

    [Fact]
    public void WhenNobodyKnowsWhatBecameOfTheFirst_TheGatewayIsAskedAndNotChargedAgain()
    {
        var story = Story.Of(1000);
        var first = story.Ask(Pay());
        Assert.True(story.Answer(Pay()).IsReplay);

        story.Now += Patience;
        var resolve = story.Resolve(Pay());
        Assert.True(resolve.ByCaller);
        Assert.Equal(first.Command, resolve.Trace.Command);
        Assert.Single(story.Operations);
    }

    [Fact]
    public void WhenTheInvoiceIsPaidMeanwhile_TheKeyStillAnswersItsOwnPayment()
    {
        var story = Story.Of(1000);
        var first = story.Ask(Pay(400)).Operation.Id;
        story.Tell(first, Success(400));
        story.Answer(Cash());

        Assert.Equal(first, story.Answer(Pay(400)).Operation!.Id);
    }
}

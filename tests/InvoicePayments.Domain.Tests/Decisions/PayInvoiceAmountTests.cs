using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class PayInvoiceAmountTests
{
    [Fact]
    public void WhenNoAmountIsGiven_EverythingDueIsPaid()
    {
        var story = Story.Of(1000);
        story.Answer(Cash(300));

        Assert.Equal(Eur(700), story.Ask(Pay()).Command.Amount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void WhenTheAmountIsNotPositive_IsRejected(long amount) =>
        Assert.Equal(Rejection.AmountNotPositive, Story.Of(1000).Refusal(Pay(amount)).Why);

    [Fact]
    public void WhenTheAmountIsMoreThanIsDue_IsRejectedToTheUnit()
    {
        Assert.Equal(Rejection.AmountExceedsPayable, Story.Of(1000).Refusal(Pay(1001)).Why);
        Assert.Equal(Eur(1000), Story.Of(1000).Ask(Pay(1000)).Command.Amount);
    }

    [Fact]
    public void WhenTheCurrencyIsAnother_IsRejectedAsMismatch() =>
        Assert.Equal(
            Rejection.CurrencyMismatch, Story.Of(1000).Refusal(Pay() with { Amount = Money.FromMinorUnits(1000, Currency.USD) }).Why);

    [Fact]
    public void WhenAPartIsPaid_TheInvoiceIsPartiallyPaidAndTheRestIsDue()
    {
        var story = Story.Of(1000);
        story.Tell(story.Ask(Pay(400)).Operation.Id, Success(400));

        Assert.Equal(InvoiceStatus.PartiallyPaid, story.Invoice.Status);
        Assert.Equal(Eur(600), story.Invoice.Due);
        Assert.Null(story.Invoice.PaidAt);
    }

    [Fact]
    public void WhenThePolicyWantsTheWholeAmount_APartIsRejectedAndTheRestOfAPartlyPaidOneIsNot()
    {
        var story = Story.Of(1000);
        story.Policy = story.Policy with { AllowPartialPayments = false };
        Assert.Equal(Rejection.PartialPaymentNotAllowed, story.Refusal(Pay(999)).Why);

        story.Invent(i => i with { Sums = new(400, 0, 0, 0, 0) });
        Assert.Equal(Eur(600), story.Ask(Pay(600)).Command.Amount);
    }

    [Theory]
    [InlineData(PendingPaymentRule.RefuseWhatIsReserved, null, null)]
    [InlineData(PendingPaymentRule.RefuseWhatIsReserved, 701L, null)]
    [InlineData(PendingPaymentRule.RefuseWhatIsReserved, 700L, 700L)]
    [InlineData(PendingPaymentRule.AdmitWhatIsPayable, null, 700L)]
    [InlineData(PendingPaymentRule.AdmitWhatIsPayable, 701L, null)]
    [InlineData(PendingPaymentRule.AdmitWhatIsPayable, 700L, 700L)]
    [InlineData(PendingPaymentRule.RefuseEverything, null, null)]
    [InlineData(PendingPaymentRule.RefuseEverything, 1L, null)]
    public void WhenAnEarlierPaymentIsUnderWay_TheRuleSaysWhatASecondMayDo(PendingPaymentRule rule, long? second, long? charged)
    {
        var story = Story.Of(1000);
        story.Policy = story.Policy with { PendingPayments = rule };
        story.Ask(Pay(300));

        if (charged is { } amount) Assert.Equal(Eur(amount), story.Ask(Pay(second, "pay-2")).Command.Amount);
        else Assert.Equal(Rejection.PaymentInProgress, story.Refusal(Pay(second, "pay-2")).Why);
    }

    [Fact]
    public void WhenAllIsSpokenFor_NothingIsAdmittedByAnyRule()
    {
        foreach (var rule in Enum.GetValues<PendingPaymentRule>())
        {
            var story = Story.Of(1000);
            story.Policy = story.Policy with { PendingPayments = rule };
            story.Ask(Pay());

            Assert.Equal(Rejection.PaymentInProgress, story.Refusal(Pay(null, "pay-2")).Why);
            Assert.Equal(Rejection.PaymentInProgress, story.Refusal(Cash(1)).Why);
        }
    }

    [Fact]
    public void WhenTheFirstEndedWithoutMoney_ASecondMayPayEverything()
    {
        var story = Story.Of(1000);
        story.Tell(story.Ask(Pay()).Operation.Id, new GatewayOutcome.Declined(NoFunds));

        Assert.Equal(InvoiceFlags.Attempted, story.Invoice.Flags);
        Assert.Equal(Eur(1000), story.Ask(Pay(null, "pay-2")).Command.Amount);
        Assert.Equal(2, story.Invoice.AttemptCount);
    }

    [Fact]
    public void WhenALittleIsApproved_WhatWasReservedBeyondItIsFreeAgain()
    {
        var story = Story.Of(1000);
        var result = story.Tell(story.Ask(Pay()).Operation.Id, Partly(300));

        Assert.IsType<PaymentResult.Succeeded>(result);
        Assert.Equal(Eur(300), result.Operation!.Moved);
        Assert.Equal((Eur(300), Eur(0), Eur(700)), (story.Invoice.Settled, story.Invoice.Reserved, story.Invoice.Payable));
    }
}

using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What an account's credit may say, and what is told of a payment.</summary>
public sealed class PaymentFactsTests
{
    [Fact]
    public void Credit_IsNeverNegative_AndNeverSpentOrHeldBeyondWhatIsThere()
    {
        AccountCredit Of(long added, long spent, long reserved, long missing = 0) =>
            new() { Tenant = TenantId.Default, Account = Ada, Currency = Currency.EUR, Added = added, Spent = spent, Reserved = reserved, Missing = missing };
        AccountCredit[] sound = [Of(0, 0, 0), Of(10, 4, 6), Of(10, 10, 0), Of(10, 0, 10), Of(10, 0, 0, 5)];
        AccountCredit[] broken = [Of(-1, -2, 0), Of(10, -1, 0), Of(10, 0, -1), Of(10, 0, 0, -1), Of(10, 11, -1), Of(10, 11, 0), Of(10, 4, 7), Of(-1, 0, 0)];
        Assert.All(sound, c => Assert.True(c.Holds));
        Assert.All(broken, c => Assert.False(c.Holds));
        Assert.Equal((Eur(6), Eur(1)), (Of(10, 4, 5).Balance, Of(10, 4, 5).Available));
    }

    [Fact]
    public void ASummary_SaysWhyAndSince_OfTheDeclineFirst()
    {
        var story = Story.Of(1000);
        var charge = story.Ask(Pay()).Operation;
        var payment = story[charge.Payment];
        var answered = story[charge.Id] with { AnsweredAt = Noon.AddHours(1), Error = NoAnswer };
        PaymentSummary Of(PaymentOperation operation, DateTimeOffset? since = null) => PaymentSummary.Of(payment with { SucceededAt = since }, operation);

        Assert.Equal(("timeout", "No answer in time.", null), (Of(answered).ErrorCode, Of(answered).ErrorMessage, Of(answered).SucceededAt));
        Assert.Equal(("51", "Not enough money."), (Of(answered with { Decline = NoFunds }).ErrorCode, Of(answered with { Decline = NoFunds }).ErrorMessage));
        Assert.Equal((null, null), (Of(answered with { Error = null }).ErrorCode, Of(answered with { Error = null }).ErrorMessage));
        Assert.Equal(Noon.AddHours(1), Of(answered with { Status = OperationStatus.Succeeded }).SucceededAt);
        Assert.Equal(Noon, Of(answered with { Status = OperationStatus.Succeeded }, since: Noon).SucceededAt);
        Assert.Throws<ArgumentNullException>(() => PaymentSummary.Of(null!, answered));
        Assert.Throws<ArgumentNullException>(() => PaymentSummary.Of(payment, null!));
    }

    [Fact]
    public void AnAllocation_KnowsThePartOfAnInvoiceAndOfAnInstalment()
    {
        PaymentAllocation both = new([new(new("inv_1"), Eur(3), new("pr_1")), new(new("inv_2"), Eur(4))]);
        Assert.Equal((Eur(3), Eur(3), Eur(4), Eur(0)), (both.PartOf(new("inv_1")), both.PartOf(new("pr_1")), both.PartOf(new("inv_2")), both.PartOf(new("pr_2"))));
        PaymentAllocation one = PaymentAllocation.To(new("inv_1"), Eur(3), new("pr_1"));
        Assert.Equal((Eur(3), Eur(3), Eur(0)), (one.PartOf(new("inv_1")), one.PartOf(new("pr_1")), one.PartOf(new("inv_2"))));
    }

    [Fact]
    public void OfASplit_NoPartIsNegative_AndNoShareIsNothing()
    {
        Assert.Throws<ArgumentException>(() => new FundingSplit([new(new("a"), Eur(2)), new(new("b"), Eur(-1))]));
        Assert.Throws<ArgumentNullException>(() => new FundingSplit(null!));
        Assert.Equal("A share of the split is not more than zero.", new FundingRequest.Shares(new FundingWeight(new("a"), 1), new FundingWeight(new("b"), 0)).Problem(Eur(10)));
        Assert.Equal("A part of the split is not more than zero.", new FundingRequest.Amounts(new FundingPart(new("a"), Eur(11)), new FundingPart(new("b"), Eur(-1))).Problem(Eur(10)));
        Assert.Equal("A part of the split is not in EUR.", new FundingRequest.Amounts(new FundingPart(new("a"), Eur(9)), new FundingPart(new("b"), Money.FromMinorUnits(1, Currency.USD))).Problem(Eur(10)));
        Assert.Throws<ArgumentNullException>(() => FundingShare.Return(null!, Eur(1)));
    }

    [Fact]
    public void WhatPaysTheCustomerOut_OrAStoreCollects_IsNotCollected()
    {
        var story = Story.Of(1000);
        story.Invent(i => i with { DueAt = Noon });
        Assert.Equal(Noon, story.Invoice.CollectAt);
        Assert.Null((story.Invoice with { Details = new() { Type = InvoiceType.Payout } }).CollectAt);
        Assert.Null((story.Invoice with { Details = new() { CollectedBy = InvoiceCollector.AppStore } }).CollectAt);
        Assert.Null((story.Invoice with { Details = new() { CollectedBy = InvoiceCollector.PlayStore } }).CollectAt);
        Assert.Equal(Noon, (story.Invoice with { Details = new() { CollectedBy = InvoiceCollector.SubscriptionEngine } }).CollectAt);
    }
}

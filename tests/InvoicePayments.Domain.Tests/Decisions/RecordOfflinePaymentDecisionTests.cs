using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class RecordOfflinePaymentDecisionTests
{
    [Fact]
    public void WhenCashIsRecorded_ItCountsAtOnceAndNobodyIsAsked()
    {
        var story = Story.Of(1000);
        var result = Assert.IsType<PaymentResult.Succeeded>(story.Answer(Cash(400)));

        Assert.Equal((Eur(400), Eur(0), Eur(600)), (story.Invoice.Settled, story.Invoice.Reserved, story.Invoice.Payable));
        Assert.Equal((PaymentMode.Offline, OfflineMethod.Cash), (result.Payment!.Mode, result.Payment.OfflineMethod));
        Assert.Null(result.Operation!.Gateway);
        var fact = Assert.IsType<InvoiceEvent.Succeeded>(story.Facts[^1]);
        Assert.Equal((Eur(400), Eur(0), OfflineMethod.Cash), (fact.Moved, fact.Released, fact.OfflineMethod!.Value));
    }

    [Fact]
    public void WhenNoAmountIsGiven_EverythingDueIsRecordedAndTheInvoiceIsPaid()
    {
        var story = Story.Of(1000);
        story.Answer(Cash());

        Assert.Equal(InvoiceStatus.Paid, story.Invoice.Status);
        Assert.IsType<InvoiceEvent.Paid>(story.Facts[^1]);
    }

    [Fact]
    public void WhenTheTimeIsGiven_ItIsKeptAndOtherwiseItIsNow()
    {
        var story = Story.Of(1000);
        var yesterday = Noon.AddDays(-1);

        Assert.Equal(yesterday, story.Answer(Cash(1) with { SucceededAt = yesterday }).Payment!.SucceededAt);
        Assert.Equal(Noon, story.Answer(Cash(1, "cash-2")).Payment!.SucceededAt);
    }

    [Fact]
    public void WhenItIsSaidToHaveMovedInTheFuture_IsRejected()
    {
        var story = Story.Of(1000);

        Assert.Equal(Rejection.SucceededAtInFuture, story.Refusal(Cash() with { SucceededAt = Noon.AddTicks(1) }).Why);
        Assert.IsType<PaymentResult.Succeeded>(story.Answer(Cash() with { SucceededAt = Noon }));
    }

    [Fact]
    public void WhenTheMoneyIsSpokenFor_ItCannotBeRecordedASecondTime()
    {
        var story = Story.Of(1000);
        story.Ask(Pay(700));

        Assert.Equal(Rejection.PaymentInProgress, story.Refusal(Cash()).Why);
        Assert.IsType<PaymentResult.Succeeded>(story.Answer(Cash(300)));
    }

    [Fact]
    public void WhenMoreThanIsDueIsRecorded_IsRejected() =>
        Assert.Equal(Rejection.AmountExceedsPayable, Story.Of(1000).Refusal(Cash(1001)).Why);

    [Theory]
    [InlineData(InvoiceDocument.Draft, "invoice_draft")]
    [InlineData(InvoiceDocument.Void, "invoice_void")]
    public void WhenTheDocumentAsksForNothing_EachStateHasItsOwnCode(InvoiceDocument document, string code)
    {
        var story = Story.Of(1000);
        story.Invent(i => i with { Document = document });

        Assert.Equal(code, story.Refusal(Cash()).Why.Code);
    }

    [Fact]
    public void WhenTheCommandIsMalformed_EachFaultHasItsOwnCode()
    {
        var story = Story.Of(1000);

        Assert.Equal(Rejection.IdempotencyKeyInvalid, story.Refusal(Cash() with { Key = "" }).Why);
        Assert.Equal(Rejection.TextInvalid, story.Refusal(Cash() with { Comment = new('c', TextLimits.Comment + 1) }).Why);
        Assert.Equal(Rejection.TextInvalid, story.Refusal(Cash() with { Reference = new('r', TextLimits.Reference + 1) }).Why);
        Assert.Equal(Rejection.InvoiceNotFound, story.Refusal(Cash() with { Account = Bob }).Why);
        Assert.Equal(Rejection.AmountNotPositive, story.Refusal(Cash(0)).Why);
        Assert.Equal(Rejection.CurrencyMismatch, story.Refusal(Cash() with { Amount = Money.FromMinorUnits(1, Currency.USD) }).Why);
    }

    [Fact]
    public void WhenTheSameKeyComesAgain_TheMoneyCountsOnce()
    {
        var story = Story.Of(1000);
        story.Answer(Cash(400));

        Assert.True(story.Answer(Cash(400)).IsReplay);
        Assert.Equal(Eur(400), story.Invoice.Settled);
    }

    [Fact]
    public void WhenAnythingAboutTheMoneyDiffers_IsRejectedAsKeyReused()
    {
        var story = Story.Of(1000);
        story.Answer(Cash(400));
        RecordOfflinePayment[] others =
        [
            Cash(401), Cash(400) with { Method = OfflineMethod.Check }, Cash(400) with { Reference = "7" },
            Cash(400) with { SucceededAt = Noon },
        ];

        Assert.All(others, other => Assert.Equal(Rejection.IdempotencyKeyReused, story.Refusal(other).Why));
        Assert.True(story.Answer(Cash(400) with { Comment = "again" }).IsReplay);
    }
}

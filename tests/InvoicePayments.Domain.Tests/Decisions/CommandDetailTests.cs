using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What commands ask to be loaded, in which order they are refused, and what they mean.</summary>
public sealed class CommandDetailTests
{
    private static readonly PaymentPolicy Policy = PaymentPolicy.Default;

    [Fact]
    public void TheDefaultMethodIsLoadedOnlyWhenNeitherAMethodNorATokenIsNamed()
    {
        var bare = Pay() with { Gateway = null, Token = null };

        Assert.True(bare.WhatToLoad(Policy).DefaultPaymentMethod);
        Assert.False(Pay().WhatToLoad(Policy).DefaultPaymentMethod);
        Assert.False((bare with { PaymentMethod = new("pm_1") }).WhatToLoad(Policy).DefaultPaymentMethod);
        Assert.Equal(new PaymentMethodId("pm_1"), (bare with { PaymentMethod = new("pm_1") }).WhatToLoad(Policy).PaymentMethod);
    }

    [Fact]
    public void AnOperationIsLoadedWhereTheKeyIsOneAndNoneOtherwise()
    {
        LoadRequest[] known = [Pay().WhatToLoad(Policy), Cash().WhatToLoad(Policy), Refund(new("pay_1")).WhatToLoad(Policy)];
        LoadRequest[] unknown =
            [Pay(key: "").WhatToLoad(Policy), Cash(key: "").WhatToLoad(Policy), Refund(new("pay_1"), key: "").WhatToLoad(Policy)];

        Assert.All(known, request => Assert.Single(request.Operations));
        Assert.All(unknown, request => Assert.Empty(request.Operations));
    }

    [Fact]
    public void NewsIsLoadedWithTheCreditThatSharesItsFate_AndMoneyWithWhatWouldRecordItAsLate()
    {
        RecordOutcome told = new() { Operation = new("op1"), Gateway = Acme, Outcome = Success(1) };

        Assert.Equal(4, told.WhatToLoad(Policy).Operations.Distinct().Count());
        var without = told with { Outcome = new GatewayOutcome.Processing() };
        Assert.Equal([new("op1"), StateChange.CreditIdOf(new("op1"))], without.WhatToLoad(Policy).Operations);
    }

    [Fact]
    public void OfSeveralFaultyTextsTheFirstIsNamed()
    {
        var story = Story.Of(1000);
        var faulty = Pay() with
        {
            Comment = "\0", Reference = "\0", Description = "\0", ReturnUrl = new("/", UriKind.Relative),
            Metadata = new Dictionary<string, string> { ["\0"] = "v" },
        };
        (PayInvoice Command, string Named)[] each =
        [
            (faulty, "comment"), (faulty with { Comment = null }, "reference"),
            (faulty with { Comment = null, Reference = null }, "description"),
            (faulty with { Comment = null, Reference = null, Description = null }, "metadata key"),
            (Pay() with { ReturnUrl = faulty.ReturnUrl }, "return URL"),
        ];

        Assert.All(each, one => Assert.StartsWith($"The {one.Named} ", story.Refusal(one.Command).Detail, StringComparison.Ordinal));
        Assert.Null(story.Refusal(faulty).Invoice);
        Assert.Null(story.Refusal(faulty).Payment);
    }

    [Fact]
    public void WhenTheHostHasNoGatewayAtAll_TheAnswerSaysSo()
    {
        var story = Story.Of(1000);
        story.Gateways.Clear();

        Assert.Contains("registered are: none", story.Refusal(Pay()).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatThePaymentSaysIsItsOwnDescriptionOrElseTheInvoices()
    {
        var story = Story.Of(1000);
        story.Invent(i => i with { Details = i.Details with { Description = "March" } });

        Assert.Equal("First half", Asked(story, Pay(500, "k1") with { Description = "First half" }));
        Assert.Equal("March", Asked(story, Pay(500, "k2")));
    }

    [Fact]
    public void WhenCashComesForAnInvoiceThatWasGivenUp_ItIsRecorded()
    {
        var story = Story.Of(1000);
        story.Invent(i => i with { Document = InvoiceDocument.Uncollectible });

        Assert.Equal(InvoiceStatus.Paid, story.Answer(Cash()).Invoice!.Status);
        Assert.Equal(Rejection.InvoicePaid, story.Refusal(Cash(1, "cash-2")).Why);
    }

    [Fact]
    public void WhenARefundIsRepeated_TheAnswerSaysThatItIs()
    {
        var story = Story.Of(1000);
        var cash = story.Answer(Cash()).Payment!.Id;

        Assert.False(story.Answer(Refund(cash, 400)).IsReplay);
        Assert.True(story.Answer(Refund(cash, 400)).IsReplay);
    }

    [Fact]
    public void WhenAKeyIsRepeatedOnceItIsDue_TheGatewayIsAskedAndNotBefore()
    {
        var story = Story.Of(1000);
        var charge = story.Ask(Pay()).Operation;
        story.Tell(charge.Id, new GatewayOutcome.Processing(null, TimeSpan.FromMinutes(10)));
        IsDueAfter(TimeSpan.FromMinutes(10), Pay());

        story.Tell(charge.Id, Success(1000));
        var refund = Refund(charge.Payment, 400);
        story.Tell(story.Ask(refund).Operation.Id, new GatewayOutcome.Processing(null, TimeSpan.FromMinutes(10)));
        IsDueAfter(TimeSpan.FromMinutes(10), refund);

        void IsDueAfter(TimeSpan wait, IDecidable<PaymentResult> repeated)
        {
            story.Now += wait - TimeSpan.FromTicks(1);
            Assert.True(story.Answer(repeated).IsReplay);
            story.Now += TimeSpan.FromTicks(1);
            Assert.True(story.Resolve(repeated).ByCaller);
        }
    }

    [Fact]
    public void TheDefaultsAreWhatTheirRemarksSay()
    {
        var policy = new PaymentPolicy();

        Assert.True(policy.AllowPartialPayments);
        Assert.False(policy.AllowPayingUncollectible || policy.RefundsReopenInvoices || policy.AllowCardNumbersInText);
        Assert.Equal((TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)), (policy.ActionDeadline, policy.ResumeWithin));
        Assert.Equal(TimeSpan.FromMinutes(5), policy.ClockTolerance);
        Assert.Equal([5, 30, 120, 600, 3_600, 21_600, 86_400], policy.RecoverySchedule.Select(wait => (int)wait.TotalSeconds));
        Assert.Equal((PendingPaymentRule.RefuseWhatIsReserved, IdempotencyScope.Tenant), (policy.PendingPayments, policy.KeyScope));
        Assert.Equal([policy.RecoverySchedule[0], policy.RecoverySchedule[6], policy.RecoverySchedule[6]],
            new[] { 0, 6, 7 }.Select(policy.WaitAfter));
        Assert.Equal([false, true, true], new[] { 6, 7, 8 }.Select(policy.IsExhausted));
    }

    private static string? Asked(Story story, PayInvoice command) =>
        Assert.IsType<GatewayCommand.Charge>(story.Ask(command).Command).Description;
}

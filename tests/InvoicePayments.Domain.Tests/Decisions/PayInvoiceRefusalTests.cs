using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class PayInvoiceRefusalTests
{
    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void WhenTheKeyIsMissing_IsRejectedAsKeyInvalid(string? key) =>
        Assert.Equal(Rejection.IdempotencyKeyInvalid, Why(Pay() with { Key = key! }));

    [Fact]
    public void WhenTheKeyIsTooLong_IsRejectedAsKeyInvalid() =>
        Assert.Equal(Rejection.IdempotencyKeyInvalid, Why(Pay() with { Key = new('k', 256) }));

    [Fact]
    public void WhenATextIsTooLong_IsRejectedAndTheTextIsNamed()
    {
        Names("comment", Pay() with { Comment = new('c', TextLimits.Comment + 1) });
        Names("reference", Pay() with { Reference = new('r', TextLimits.Reference + 1) });
        Names("description", Pay() with { Description = new('d', TextLimits.Description + 1) });
        Names("metadata", Pay() with { Metadata = Entries(TextLimits.MetadataEntries + 1) });
    }

    [Fact]
    public void WhenATextHoldsACardNumber_IsRejectedUnlessThePolicyAllowsIt()
    {
        var command = Pay() with { Reference = "card 4111111111111111" };
        Text(command);

        var story = Story.Of(1000);
        story.Policy = story.Policy with { AllowCardNumbersInText = true };
        story.Ask(command);
    }

    [Fact]
    public void WhenTheInvoiceIsNotKnown_IsRejectedAsNotFound() =>
        Assert.Equal(Rejection.InvoiceNotFound, Why(Pay() with { InvoiceId = new("inv_2") }));

    [Fact]
    public void WhenTheInvoiceIsSomebodyElses_IsAnsweredLikeAnUnknownOne()
    {
        var story = Story.Of(1000);
        var others = story.Refusal(Pay() with { Account = Bob });
        var unknown = new Story().Refusal(Pay() with { Account = Bob });

        Assert.Equal((unknown.Why, unknown.Detail), (others.Why, others.Detail));
        Assert.Empty(others.Invoices);
        story.Ask(Pay() with { Account = Ada });
    }

    [Theory]
    [InlineData(InvoiceDocument.Draft, "invoice_draft")]
    [InlineData(InvoiceDocument.Void, "invoice_void")]
    [InlineData(InvoiceDocument.Uncollectible, "invoice_uncollectible")]
    public void WhenTheDocumentCannotBePaid_EachStateHasItsOwnCode(InvoiceDocument document, string code)
    {
        var story = Story.Of(1000);
        story.Invent(i => i with { Document = document });

        Assert.Equal(code, story.Refusal(Pay()).Why.Code);
    }

    [Fact]
    public void WhenThePolicyAllowsIt_AnUncollectibleInvoiceCanBePaid()
    {
        var story = Story.Of(1000);
        story.Policy = story.Policy with { AllowPayingUncollectible = true };
        story.Invent(i => i with { Document = InvoiceDocument.Uncollectible });

        Assert.Equal(Eur(1000), story.Ask(Pay()).Command.Amount);
    }

    [Fact]
    public void WhenTheInvoiceIsPaid_IsRejectedAsPaid()
    {
        var story = Story.Of(1000);
        story.Answer(Cash());

        Assert.Equal(Rejection.InvoicePaid, story.Refusal(Pay()).Why);
    }

    [Fact]
    public void WhenOnlyOneOfGatewayAndTokenIsGiven_IsRejectedAsIncomplete()
    {
        Assert.Equal(Rejection.PaymentMethodIncomplete, Why(Pay() with { Token = null }));
        Assert.Equal(Rejection.PaymentMethodIncomplete, Why(Pay() with { Gateway = null }));
    }

    [Fact]
    public void WhenAStoredMethodAndATokenAreGiven_IsRejectedAsAmbiguous() =>
        Assert.Equal(Rejection.PaymentMethodAmbiguous, Why(Pay() with { PaymentMethod = new("pm_1") }));

    [Fact]
    public void WhenThereIsNoDefaultMethod_IsRejectedAsMissing() =>
        Assert.Equal(Rejection.PaymentMethodMissing, Why(Stored(null)));

    [Fact]
    public void WhenTheStoredMethodIsUnknownOrSomebodyElses_IsRejectedAsNotFound() =>
        Assert.All(["pm_none", "pm_bob"], id => Assert.Equal(Rejection.PaymentMethodNotFound, Why(Stored(new(id)), Card("pm_bob", Bob))));

    [Fact]
    public void WhenTheStoredMethodCannotBeCharged_IsRejectedBeforeAnyGatewayIsAsked() =>
        Assert.Equal(Rejection.PaymentMethodNotChargeable, Why(Stored(new("pm_1")), Card() with { IsChargeable = false }));

    [Fact]
    public void WhenTheGatewayIsNotRegistered_TheRegisteredOnesAreNamed()
    {
        var story = Story.Of(1000);
        story.Gateways[new("aaa")] = Terms();
        var refused = story.Refusal(Pay() with { Gateway = new("nobody") });

        Assert.Equal(Rejection.GatewayNotRegistered, refused.Why);
        Assert.Contains("aaa, acme", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void WhenTheGatewayCannotCharge_IsRejectedAsCannot()
    {
        var story = Story.Of(1000);
        story.Gateways[Acme] = Terms(null, OperationKind.Refund);

        Assert.Equal(Rejection.GatewayCannot, story.Refusal(Pay()).Why);
    }

    [Fact]
    public void WhenItWasRejected_TheCorrectedCommandMayUseTheSameKey()
    {
        var story = Story.Of(1000);
        story.Refusal(Pay(2000));

        Assert.Equal(Eur(1000), story.Ask(Pay(1000)).Command.Amount);
    }

    private static PayInvoice Stored(PaymentMethodId? id) => Pay() with { Gateway = null, Token = null, PaymentMethod = id };

    private static Dictionary<string, string> Entries(int count) => Enumerable.Range(0, count).ToDictionary(n => "k" + n, _ => "v");

    private static Rejection Why(PayInvoice command, params StoredPaymentMethod[] methods)
    {
        var story = Story.Of(1000);
        story.Keep(methods);
        return story.Refusal(command).Why;
    }

    private static void Names(string text, PayInvoice command) =>
        Assert.Contains(text, Text(command), StringComparison.OrdinalIgnoreCase);

    private static string Text(PayInvoice command)
    {
        var refused = Story.Of(1000).Refusal(command);
        Assert.Equal(Rejection.TextInvalid, refused.Why);
        return refused.Detail;
    }
}

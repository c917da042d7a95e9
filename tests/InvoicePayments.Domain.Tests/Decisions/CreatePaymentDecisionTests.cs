using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>One command for online and offline payments: it means exactly what the command of its mode means.</summary>
public sealed class CreatePaymentDecisionTests
{
    private static readonly Uri Back = new("https://shop.example/back");
    private static readonly CreatePayment Create = new()
    {
        Key = "k1", Account = Ada, Reference = "R-1", InvoiceId = Inv, Amount = Eur(300), Description = "March", ConfirmDuplicate = true,
    };

    private readonly Story _story = Story.Of(1000);

    public CreatePaymentDecisionTests()
    {
        _story.Gateways[Acme] = Everything() with { Profile = Everything().Profile with { PaymentLinks = Guarantee.None } };
        _story.Keep(Card());
    }

    [Fact]
    public void Offline_ItIsWhatRecordingItMeans()
    {
        Same(Create with { OfflineMethod = OfflineMethod.Check, SucceededAt = Noon.AddDays(-1) }, new RecordOfflinePayment
        {
            InvoiceId = Inv, Key = "k1", Account = Ada, Amount = Eur(300), Method = OfflineMethod.Check, SucceededAt = Noon.AddDays(-1), Reference = "R-1", Description = "March",
        });
        Assert.Equal(OfflineMethod.Other, _story.Fork().Answer(Create).Payment!.OfflineMethod);
    }

    [Fact]
    public void Online_ItIsAChargeOfAStoredMethod_OrALinkAtTheIntegration()
    {
        var online = Create with { Mode = PaymentMode.Online, ReturnUrl = Back };
        PayInvoice pay = new() { InvoiceId = Inv, Key = "k1", Account = Ada, Amount = Eur(300), ReturnUrl = Back, Reference = "R-1", Description = "March" };
        Same(online with { PaymentMethod = new("pm_1") }, pay with { PaymentMethod = new("pm_1") });
        Same(online with { PaymentMethod = new("pm_1"), Integration = Acme }, pay with { PaymentMethod = new("pm_1") });
        Same(online with { Integration = Acme }, pay with { LinkAt = Acme });
    }

    [Fact]
    public void WhateverIsNamed_IsWhatIsPaid()
    {
        _story.Answer(Issue(1000, "order") with { Kind = PayableKind.Order });
        _story.Answer(Issue(1000, "grant") with { Kind = PayableKind.CreditGrant });
        _story.Answer(new RequestPayment { PaymentRequestId = new("pr_1"), InvoiceId = Inv, Amount = Eur(400) });
        foreach (var create in new[] { Create, Create with { Mode = PaymentMode.Online, PaymentMethod = new("pm_1") } })
        {
            Assert.Equal("order", Paid(create with { InvoiceId = null, OrderId = new("order") }));
            Assert.Equal("grant", Paid(create with { InvoiceId = null, CreditGrantId = new("grant") }));
            Assert.Equal("pr_1", Paid(create with { InvoiceId = null, PaymentRequestId = new("pr_1") }));
        }

        string Paid(CreatePayment create)
        {
            var story = _story.Fork();
            story.Keep(Card());
            story.When(create);
            var part = story.Operations.Single().Allocation.Parts[0];
            return (part.Request ?? part.Invoice).Value;
        }
    }

    [Fact]
    public void WhatDoesNotFit_HasItsOwnCode_AndNothingIsLoadedForIt()
    {
        var online = Create with { Mode = PaymentMode.Online, PaymentMethod = new("pm_1") };
        (CreatePayment Command, Rejection Why)[] each =
        [
            (Create with { Account = null }, Rejection.AccountMissing), (Create with { Reference = " \t" }, Rejection.ReferenceMissing),
            (Create with { InvoiceId = null }, Rejection.PayableMissing), (Create with { OrderId = new("order") }, Rejection.PayableAmbiguous),
            (online with { SucceededAt = Noon }, Rejection.PaymentModeMismatch), (Create with { PaymentMethod = new("pm_1") }, Rejection.PaymentModeMismatch),
            (Create with { Integration = Acme }, Rejection.PaymentModeMismatch), (online with { PaymentMethod = null }, Rejection.PaymentMethodMissing),
        ];
        Assert.All(each, one =>
        {
            Assert.Equal((one.Command, one.Why), (one.Command, _story.Refusal(one.Command).Why));
            Assert.Empty(one.Command.WhatToLoad(_story.Policy).Invoices);
        });
        Assert.Equal([Inv], online.WhatToLoad(_story.Policy).Invoices);
        var elsewhere = _story.Refusal(online with { Integration = new("other") });
        Assert.Equal((Rejection.PaymentMethodAmbiguous, "The payment method is one of gateway acme, not of other. Leave the integration out."), (elsewhere.Why, elsewhere.Detail));
        Assert.Throws<InvalidOperationException>(() => _story.When(Create with { Mode = PaymentMode.Credit }));
    }

    [Fact]
    public void ASecondClickIsRefused_UnlessItIsConfirmed()
    {
        _story.Policy = _story.Policy with { DuplicateWindow = TimeSpan.FromMinutes(1) };
        _story.Answer(Create);
        _story.Answer(Create with { Key = "k2" });
        Assert.Equal(Rejection.PossibleDuplicate, _story.Refusal(Create with { Key = "k3", ConfirmDuplicate = false }).Why);
        var online = Create with { Mode = PaymentMode.Online, PaymentMethod = new("pm_1"), Amount = Eur(100) };
        _story.Ask(online with { Key = "k4" });
        _story.Ask(online with { Key = "k5" });
        Assert.Equal(Rejection.PossibleDuplicate, _story.Refusal(online with { Key = "k6", ConfirmDuplicate = false }).Why);
    }

    // The same facts, the same operation with the same fingerprint, and the same question to the gateway.
    private void Same(CreatePayment create, IDecidable<PaymentResult> direct)
    {
        var (one, other) = (_story.Fork(), _story.Fork());
        foreach (var story in new[] { one, other }) story.Keep(Card());
        var (first, second) = (one.When(create), other.When(direct));

        Assert.Equal(other.Facts, one.Facts);
        Assert.Equal(other.Operations, one.Operations);
        Assert.Equal(other.Payments.Select(p => (p.Reference, p.Description, p.PaymentMethod, p.SucceededAt)), one.Payments.Select(p => (p.Reference, p.Description, p.PaymentMethod, p.SucceededAt)));
        Assert.Equal((second as Decision<PaymentResult>.Ask)?.Command.ToString(), (first as Decision<PaymentResult>.Ask)?.Command.ToString());
    }
}

using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class IssueInvoiceDetailTests
{
    private readonly Story _story = Story.Of(1000);

    [Fact]
    public void EveryPrintedAmount_IsInTheCurrencyOfTheTotal()
    {
        var dollar = Money.FromMinorUnits(1, Currency.USD);
        InvoiceDetails[] foreign =
        [
            new() { Lines = [new("a", Eur(1)), new("b", dollar)] }, new() { Lines = [new("a", dollar)], Subtotal = Eur(1), Discount = dollar }, new() { Subtotal = dollar }, new() { Discount = dollar }, new() { Tax = dollar },
            new() { Lines = [new("a", Eur(1))], Tax = dollar },
        ];
        Assert.All(foreign, details => Assert.Equal(Rejection.CurrencyMismatch, Refused(Issue(1000, "inv_2") with { Details = details })));
        Assert.IsType<InvoiceResult.Done>(_story.Answer(Issue(1000, "inv_2") with { Details = new() { Lines = [new("a", Eur(1))], Subtotal = Eur(1) } }));
    }

    [Fact]
    public void AnotherKindUnderTheSameId_IsAnotherThing()
    {
        Assert.Equal(Rejection.InvoiceAlreadyExists, Refused(Issue(1000) with { Kind = PayableKind.Order }));
        _story.Answer(Issue(5, "draft") with { AsDraft = true });
        Assert.Equal(Rejection.InvoiceAlreadyExists, Refused(Issue(5, "draft") with { AsDraft = true, Kind = PayableKind.CreditGrant }));
        Assert.Throws<InvalidOperationException>(() => _story.Answer(Issue(5, "pr") with { Kind = PayableKind.PaymentRequest }));
    }

    [Fact]
    public void WhoTakesAnInvoiceBack_LeavesTheDunningThatAnOperatorStopped()
    {
        InvoiceDunning After(InvoiceDunning before)
        {
            var story = Story.Of(1000);
            story.Invent(i => i with { Dunning = before });
            story.Answer(new VoidInvoice { InvoiceId = Inv });
            return story.Invoice.Dunning;
        }

        InvoiceDunning stopped = new(DunningState.Stopped, 2, 1, Noon), refused = new(DunningState.None, IsRefused: true);
        Assert.Equal((stopped, refused, new InvoiceDunning(DunningState.None, Round: 1)), (After(stopped), After(refused), After(new(DunningState.InProgress, 2, 1, Noon, Noon))));
    }

    [Fact]
    public void ARetryOnTheVeryDayOfTheCap_IsStillPlanned()
    {
        DunningPolicy policy = new() { GiveUpAfter = TimeSpan.FromDays(1) };
        Assert.Equal(Noon.AddDays(1), policy.After(InvoiceDunning.None, NoFunds, Noon).NextAt);
        Assert.Null((policy with { GiveUpAfter = TimeSpan.FromDays(1) - TimeSpan.FromTicks(1) }).After(InvoiceDunning.None, NoFunds, Noon).NextAt);
    }

    private Rejection Refused(IssueInvoice command) => Assert.IsType<InvoiceResult.Rejected>(_story.Answer(command)).Why;
}

using static InvoicePayments.InvoiceDocument;

namespace InvoicePayments.Tests;

public sealed class InvoiceStateMachineTests
{
    private static readonly (InvoiceDocument? From, InvoiceDocument To)[] Allowed =
    [
        (null, Draft), (null, Open), (Draft, Open), (Draft, InvoiceDocument.Void), (Open, InvoiceDocument.Void), (Open, Uncollectible),
        (Uncollectible, InvoiceDocument.Void),
    ];

    [Fact]
    public void ADocumentTakesTheStepsOfTheTableAndNoOther()
    {
        foreach (var from in Enum.GetValues<InvoiceDocument>().Select(d => (InvoiceDocument?)d).Prepend(null))
        {
            foreach (var to in Enum.GetValues<InvoiceDocument>())
                Assert.Equal(Allowed.Contains((from, to)), InvoiceStateMachine.Allows(from, to));
        }
    }

    [Theory]
    [InlineData(Draft, 0, InvoiceStatus.Draft)]
    [InlineData(Open, 0, InvoiceStatus.Open)]
    [InlineData(Open, 1, InvoiceStatus.PartiallyPaid)]
    [InlineData(Open, 999, InvoiceStatus.PartiallyPaid)]
    [InlineData(Open, 1000, InvoiceStatus.Paid)]
    [InlineData(Open, 1001, InvoiceStatus.Paid)]
    [InlineData(Uncollectible, 0, InvoiceStatus.Uncollectible)]
    [InlineData(Uncollectible, 999, InvoiceStatus.Uncollectible)]
    [InlineData(Uncollectible, 1000, InvoiceStatus.Paid)]
    [InlineData(InvoiceDocument.Void, 1000, InvoiceStatus.Void)]
    public void TheStatusFollowsFromTheDocumentAndWhatIsSettled(InvoiceDocument document, long settled, InvoiceStatus status)
    {
        Assert.Equal(status, InvoiceStateMachine.StatusOf(document, new(settled, 0, 0, 0, 0), 1000));
        Assert.Equal(status, InvoiceStateMachine.StatusOf(document, new(settled + 300, 500, 300, 300, 0), 1000));
    }

    [Fact]
    public void AnInvoiceOverZeroIsPaidAsSoonAsItIsIssued() =>
        Assert.Equal(InvoiceStatus.Paid, InvoiceStateMachine.StatusOf(Open, default, 0));
}

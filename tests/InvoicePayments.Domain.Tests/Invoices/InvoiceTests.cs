using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class InvoiceTests
{
    private static readonly Invoice Open = Story.Of(1000).Invoice;

    [Fact]
    public void WhatIsDueAndPayableIsAskedForByAnOpenOrUncollectibleInvoiceOnly()
    {
        foreach (var document in Enum.GetValues<InvoiceDocument>())
        {
            var asks = document is InvoiceDocument.Open or InvoiceDocument.Uncollectible;
            var invoice = Open with { Document = document, Sums = new(100, 300, 0, 0, 0) };

            Assert.Equal((Eur(asks ? 900 : 0), Eur(asks ? 600 : 0)), (invoice.Due, invoice.Payable));
        }
    }

    [Fact]
    public void MoneyOnAVoidInvoiceIsAllTooMuch()
    {
        var sums = new InvoiceSums(300, 0, 0, 0, 300);

        Assert.Equal(Eur(0), (Open with { Sums = sums }).Overpaid);
        Assert.Equal(Eur(300), (Open with { Sums = sums, Document = InvoiceDocument.Void }).Overpaid);
        Assert.Equal(InvoiceFlags.Overpaid, (Open with { Sums = sums, Document = InvoiceDocument.Void }).Flags);
    }

    [Theory]
    [InlineData(1000, 0, InvoiceFlags.None)]
    [InlineData(1000, 1, InvoiceFlags.PartiallyRefunded)]
    [InlineData(1000, 999, InvoiceFlags.PartiallyRefunded)]
    [InlineData(1000, 1000, InvoiceFlags.Refunded)]
    [InlineData(1000, 1001, InvoiceFlags.Refunded)]
    [InlineData(1001, 0, InvoiceFlags.Overpaid)]
    [InlineData(1001, 1, InvoiceFlags.PartiallyRefunded)]
    public void TheFlagsFollowFromTheSums(long received, long refunded, InvoiceFlags flags)
    {
        var invoice = Open with { Sums = new(received, 0, refunded, 0, 0) };

        Assert.Equal(flags, invoice.Flags);
        Assert.Equal(
            flags | InvoiceFlags.Attempted | InvoiceFlags.Unknown,
            (invoice with { LastAttemptFailed = true, OpenFlags = InvoiceFlags.Unknown }).Flags);
    }

    [Fact]
    public void AnInvoiceIsPastDueAfterItsTimeAndWhileSomethingIsDue()
    {
        var invoice = Open with { DueAt = Noon, LastAttemptFailed = true };

        Assert.Equal(InvoiceFlags.Attempted, invoice.FlagsAt(Noon));
        Assert.Equal(InvoiceFlags.Attempted | InvoiceFlags.PastDue, invoice.FlagsAt(Noon.AddTicks(1)));
        Assert.Equal(InvoiceFlags.Attempted, (invoice with { Sums = new(1000, 0, 0, 0, 0) }).FlagsAt(Noon.AddTicks(1)));
        Assert.Equal(InvoiceFlags.Attempted, (invoice with { DueAt = null }).FlagsAt(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void SumsBeyondLongAreNeverWrappedInAnyDirection()
    {
        Assert.Throws<OverflowException>(() => new InvoiceSums(0, long.MinValue, 0, 0, 0).Release(1));
        Assert.Throws<OverflowException>(() => new InvoiceSums(0, 0, 0, 0, long.MaxValue).ReceiveUnreserved(1));
        Assert.Throws<OverflowException>(() => new InvoiceSums(0, 0, long.MaxValue, 0, 0).GiveBack(1, dueAgain: false));
        Assert.Throws<OverflowException>(() => new InvoiceSums(0, 0, 0, long.MaxValue, 0).GiveBack(1, dueAgain: true));
        Assert.Throws<OverflowException>(() => new InvoiceSums(long.MinValue, 0, 0, 1, 0).Settled);
        Assert.Throws<OverflowException>(() => new InvoiceSums(long.MinValue, 0, 1, 0, 0).Net);
        Assert.Throws<OverflowException>(() => new InvoiceSums(0, 0, 0, 0, 0).OverpaidOf(long.MinValue));
        Assert.Throws<OverflowException>(() => new InvoiceSums(-1, 0, 0, 0, 0).DueOf(long.MaxValue));
        Assert.Throws<OverflowException>(() => new InvoiceSums(-1, 0, 0, 0, 0).PayableOf(long.MaxValue));
        Assert.Throws<OverflowException>(() => new InvoiceSums(long.MaxValue, 1, 0, 0, 0).HoldFor(0));
        Assert.Throws<OverflowException>(() => new InvoiceSums(1, 0, 0, 0, 1).HoldFor(long.MaxValue));
    }

    [Fact]
    public void WhatIsGivenBackIsDueAgainOnlyWhereItIsSaid()
    {
        Assert.Equal(new InvoiceSums(5, 0, 3, 3, 0), new InvoiceSums(5, 0, 1, 1, 0).GiveBack(2, dueAgain: true));
        Assert.Equal(new InvoiceSums(5, 0, 3, 1, 0), new InvoiceSums(5, 0, 1, 1, 0).GiveBack(2, dueAgain: false));
    }
}

using FsCheck;
using FsCheck.Fluent;

namespace InvoicePayments.Tests;

public sealed class InvoiceSumsTests
{
    [Theory]
    [InlineData(0, 0, 0, 1000, 1000, 0)]
    [InlineData(400, 0, 0, 600, 600, 0)]
    [InlineData(400, 600, 0, 600, 0, 0)]
    [InlineData(0, 300, 0, 1000, 700, 0)]
    [InlineData(1000, 0, 0, 0, 0, 0)]
    [InlineData(2500, 0, 0, 0, 0, 1500)]
    [InlineData(1000, 0, 400, 400, 400, 0)]
    [InlineData(1000, 100, 400, 400, 300, 0)]
    public void PayableIsTotalLessSettledLessReserved(long received, long reserved, long reopened, long due, long payable, long overpaid)
    {
        var sums = new InvoiceSums(received, reserved, reopened, reopened, 0);

        Assert.Equal((due, payable, overpaid), (sums.DueOf(1000), sums.PayableOf(1000), sums.OverpaidOf(1000)));
    }

    [Fact]
    public void WhatIsGivenBackWithoutBeingDueAgainStaysSettledAndIsNoLongerHere()
    {
        var sums = new InvoiceSums(1500, 0, 0, 0, 500).GiveBack(500, dueAgain: false);

        Assert.Equal((1500, 1000, 0, 0), (sums.Settled, sums.Net, sums.DueOf(1000), sums.OverpaidOf(1000)));
    }

    [Theory]
    [InlineData(0, 1000, 0, 0, 0, true)]
    [InlineData(0, 1001, 0, 0, 0, false)]
    [InlineData(600, 400, 0, 0, 0, true)]
    [InlineData(600, 401, 0, 0, 0, false)]
    [InlineData(1600, 400, 0, 0, 1000, true)]
    [InlineData(1601, 400, 0, 0, 1000, false)]
    [InlineData(1000, 400, 400, 400, 0, true)]
    [InlineData(1000, 400, 400, 0, 0, false)]
    [InlineData(1000, 0, 399, 400, 0, false)]
    [InlineData(900, 0, 0, 0, 901, false)]
    [InlineData(-1, 0, 0, 0, 0, false)]
    [InlineData(0, -1, 0, 0, 0, false)]
    [InlineData(0, 0, -1, -1, 0, false)]
    [InlineData(0, 0, 0, -1, 0, false)]
    [InlineData(0, 0, 0, 0, -1, false)]
    public void TheSumsHoldWhenNothingIsNegativeAndNoMoreIsSpokenForThanIsAskedFor(
        long received, long reserved, long refunded, long reopened, long unreserved, bool hold) =>
        Assert.Equal(hold, new InvoiceSums(received, reserved, refunded, reopened, unreserved).HoldFor(1000));

    [Fact]
    public void WhateverHappensWithinTheFormula_TheSumsHold() => Property.Holds(
        (from kind in Gen.Choose(0, 5) from amount in Gen.Choose(1, 1500) select (kind, (long)amount)).ArrayOf(),
        steps =>
        {
            var sums = steps.Aggregate(new InvoiceSums(), Step);
            Assert.True(sums.HoldFor(1000), sums.ToString());
            Assert.InRange(sums.Reserved, 0, 1000);
            Assert.Equal(sums.Received - sums.Refunded, sums.Net);
        });

    [Fact]
    public void SumsBeyondLongAreNeverWrapped()
    {
        Assert.Throws<OverflowException>(() => new InvoiceSums(long.MaxValue, 0, 0, 0, 0).Receive(1));
        Assert.Throws<OverflowException>(() => new InvoiceSums(0, long.MaxValue, 0, 0, 0).Reserve(1));
        Assert.Throws<OverflowException>(() => new InvoiceSums(long.MaxValue, 0, 0, 0, 0).ReceiveUnreserved(1));
    }

    // Each channel in the way in which the decisions use it.
    private static InvoiceSums Step(InvoiceSums sums, (int Kind, long Amount) step)
    {
        var free = Math.Min(step.Amount, sums.PayableOf(1000));
        var held = Math.Min(step.Amount, sums.Reserved);
        var here = Math.Min(step.Amount, Math.Max(0, sums.Net));
        return step.Kind switch
        {
            0 => sums.Reserve(free),
            1 => sums.Release(held),
            2 => sums.Release(held).Receive(held),
            3 => sums.Receive(free),
            4 => sums.ReceiveUnreserved(step.Amount),
            _ => sums.GiveBack(here, dueAgain: step.Amount % 2 == 0),
        };
    }
}

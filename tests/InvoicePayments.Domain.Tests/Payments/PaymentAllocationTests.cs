using FsCheck;
using FsCheck.Fluent;
using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class PaymentAllocationTests
{
    private static readonly Gen<long[]> Payables =
        Gen.Choose(0, 1000).Select(n => (long)n).ArrayOf().Where(p => p.Length is > 0 and < 8 && p.Sum() > 0);

    private static readonly Gen<(Invoice[] Invoices, Money Amount)> Bills =
        from payables in Payables
        from days in Gen.Choose(-2, 2).ArrayOf(payables.Length)
        from amount in Gen.Choose(1, (int)payables.Sum())
        select (payables.Select((p, i) => Bill(i, p, days[i])).ToArray(), Eur(amount));

    [Fact]
    public void AnAllocationNamesInvoicesOnceAndNeverNegatively()
    {
        Assert.Throws<ArgumentException>(() => new PaymentAllocation([]));
        Assert.Throws<ArgumentException>(() => new PaymentAllocation([new(Inv, Eur(1)), new(Inv, Eur(2))]));
        Assert.Throws<ArgumentException>(() => new PaymentAllocation([new(Inv, Eur(-1))]));
        AllocationPart foreign = new(new("b"), Money.FromMinorUnits(1, Currency.USD));
        Assert.Throws<CurrencyMismatchException>(() => new PaymentAllocation([new(Inv, Eur(1)), foreign]));
    }

    [Fact]
    public void OldestFirst_FillsTheEarliestDueAndThoseWithoutADueTimeLast()
    {
        Invoice[] bills = [Bill(0, 100, null), Bill(1, 100, 2), Bill(2, 100, 1)];
        var allocation = PaymentAllocation.OldestFirst(Eur(250), bills);

        Assert.Equal(
            [("inv_2", 100L), ("inv_1", 100L), ("inv_0", 50L)],
            allocation.Parts.Select(p => (p.Invoice.Value, p.Amount.MinorUnits)));
    }

    [Fact]
    public void OldestFirst_AmongEquallyDueTheOlderAndThenTheSmallerIdComesFirst()
    {
        Invoice[] bills = [Bill(1, 100, 1), Bill(0, 100, 1), Bill(2, 100, 1) with { CreatedAt = Noon.AddDays(-1) }];

        Assert.Equal(["inv_2", "inv_0", "inv_1"], PaymentAllocation.OldestFirst(Eur(300), bills).Parts.Select(p => p.Invoice.Value));
    }

    [Fact]
    public void OldestFirst_LeavesAnInvoiceBehindOnlyWhenTheEarlierOnesAreFull() => Property.Holds(Bills, bill =>
    {
        var allocation = PaymentAllocation.OldestFirst(bill.Amount, bill.Invoices);
        Fits(allocation, bill.Invoices, bill.Amount);
        var full = allocation.Parts.SkipLast(1);
        Assert.All(full, part => Assert.Equal(bill.Invoices.Single(i => i.Id == part.Invoice).Payable, part.Amount));
    });

    [Fact]
    public void Proportional_SharesToTheUnitAndWithinOneUnitOfTheExactShare() => Property.Holds(Bills, bill =>
    {
        var allocation = PaymentAllocation.Proportional(bill.Amount, bill.Invoices);
        Fits(allocation, bill.Invoices, bill.Amount);
        var payable = bill.Invoices.Sum(i => i.Payable.MinorUnits);
        foreach (var invoice in bill.Invoices)
        {
            var exact = (decimal)bill.Amount.MinorUnits * invoice.Payable.MinorUnits / payable;
            Assert.True(Math.Abs(allocation.PartOf(invoice.Id).MinorUnits - exact) < 1);
        }
    });

    [Fact]
    public void WhatIsReservedAlreadyIsNotAllocatedAgain()
    {
        var bill = Bill(0, 100, 1) with { Sums = new(30, 30, 0, 0, 0) };

        Assert.Equal(Eur(40), PaymentAllocation.OldestFirst(Eur(90), [bill, Bill(1, 100, 2)]).PartOf(bill.Id));
        Assert.Throws<ArgumentException>(() => PaymentAllocation.Proportional(Eur(41), [bill]));
    }

    [Fact]
    public void AllThatCanBeTakenIsShared_AndOfMoreTheRestIsNamed()
    {
        Invoice[] bills = [Bill(0, 100, 1), Bill(1, 50, 2)];

        Assert.Equal(Eur(150), PaymentAllocation.Proportional(Eur(150), bills).Total);
        var refused = Assert.Throws<ArgumentException>(() => PaymentAllocation.Proportional(Eur(157), bills));
        Assert.StartsWith("EUR 1.57 is EUR 0.07 more", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MoreThanAllCanTakeIsRefused() => Property.Holds(Bills, bill =>
    {
        var tooMuch = Eur(bill.Invoices.Sum(i => i.Payable.MinorUnits) + 1);
        Assert.Throws<ArgumentException>(() => PaymentAllocation.OldestFirst(tooMuch, bill.Invoices));
        Assert.Throws<ArgumentException>(() => PaymentAllocation.Proportional(tooMuch, bill.Invoices));
    });

    [Fact]
    public void ScaledTo_KeepsTheInvoicesSumsToWhatMovedAndLetsNoPartGrow() => Property.Holds(Bills, bill =>
    {
        var whole = new PaymentAllocation([.. bill.Invoices.Select(i => new AllocationPart(i.Id, i.Payable))]);
        var scaled = whole.ScaledTo(bill.Amount);
        Fits(scaled, bill.Invoices, bill.Amount);
        Assert.Equal(whole.Parts.Select(p => p.Invoice), scaled.Parts.Select(p => p.Invoice));
    });

    [Fact]
    public void ScaledTo_RefusesMoreThanTheWholeAndLessThanNothing()
    {
        var whole = PaymentAllocation.To(Inv, Eur(100));

        Assert.Same(whole, whole.ScaledTo(Eur(100)));
        Assert.Equal(Eur(0), whole.ScaledTo(Eur(0)).Total);
        Assert.Throws<ArgumentException>(() => whole.ScaledTo(Eur(101)));
        Assert.Throws<ArgumentException>(() => whole.ScaledTo(Eur(-1)));
        Assert.Equal(Eur(0), whole.PartOf(new("other")));
    }

    private static void Fits(PaymentAllocation allocation, IReadOnlyList<Invoice> invoices, Money amount)
    {
        Assert.Equal(amount, allocation.Total);
        Assert.Equal(amount.MinorUnits, allocation.Parts.Sum(p => p.Amount.MinorUnits));
        foreach (var part in allocation.Parts)
        {
            Assert.False(part.Amount.IsNegative);
            Assert.True(part.Amount <= invoices.Single(i => i.Id == part.Invoice).Payable);
        }
    }

    private static Invoice Bill(int number, long total, int? dueIn) => new()
    {
        Tenant = TenantId.Default, Id = new("inv_" + number), Account = Ada, Total = Eur(total), Document = InvoiceDocument.Open,
        CreatedAt = Noon, DueAt = dueIn is { } days ? Noon.AddDays(days) : null,
    };
}

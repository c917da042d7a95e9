using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class PaymentTests
{
    private static readonly PaymentOperation Known = Story.Of(1000).Ask(Pay()).Operation;

    [Theory]
    [InlineData(1000, 0, 0, 1000)]
    [InlineData(1000, 300, 0, 700)]
    [InlineData(1000, 0, 300, 700)]
    [InlineData(1000, 300, 200, 500)]
    [InlineData(1000, 800, 200, 0)]
    [InlineData(1000, 1200, 0, 0)]
    public void WhatCanBeGivenBackIsCapturedLessRefundedLessUnderWay(long captured, long refunded, long reserved, long refundable) =>
        Assert.Equal(refundable, new PaymentShare(Inv, captured, refunded, reserved).Refundable);

    [Fact]
    public void ThePaymentHasTheSumOfItsShares()
    {
        var payment = Of(new(Inv, 1000, 100, 50), new(new("inv_2"), 500, 500, 0));

        Assert.Equal((Eur(1500), Eur(600), Eur(850)), (payment.Captured, payment.Refunded, payment.Refundable));
        Assert.Equal(Eur(0), Of().Captured);
    }

    [Fact]
    public void SumsBeyondLongAreNeverWrapped()
    {
        Assert.Throws<OverflowException>(() => Of(new(Inv, long.MaxValue, 0, 0), new(new("inv_2"), 1, 0, 0)).Captured);
        Assert.Throws<OverflowException>(() => new PaymentShare(Inv, long.MinValue, 1, 0).Refundable);
        Assert.Throws<OverflowException>(() => new PaymentShare(Inv, long.MinValue, 0, 1).Refundable);
    }

    [Fact]
    public void AnOperationIsBusyUntilTheTimeThatItNamesAndNotAtIt()
    {
        var busy = Known with { BusyUntil = Noon };

        Assert.True(busy.IsBusyAt(Noon.AddTicks(-1)));
        Assert.False(busy.IsBusyAt(Noon));
        Assert.False(busy.IsBusyAt(Noon.AddTicks(1)));
        Assert.False((Known with { BusyUntil = null }).IsBusyAt(DateTimeOffset.MinValue));
    }

    [Fact]
    public void AnOperationIsDueFromTheTimeOnThatItNames()
    {
        var due = Known with { NextCheckAt = Noon };

        Assert.False(due.IsDueAt(Noon.AddTicks(-1)));
        Assert.True(due.IsDueAt(Noon));
        Assert.True(due.IsDueAt(Noon.AddTicks(1)));
        Assert.False((Known with { NextCheckAt = null }).IsDueAt(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void AllocationsAreEqualWhenTheSamePartsComeInTheSameOrder()
    {
        AllocationPart a = new(Inv, Eur(1)), b = new(new("inv_2"), Eur(2));
        PaymentAllocation first = new([a, b]);

        Assert.True(first.Equals(new([a, b])));
        Assert.Equal(first.GetHashCode(), new PaymentAllocation([a, b]).GetHashCode());
        Assert.False(first.Equals(new([b, a])));
        Assert.False(first.Equals(new([a])));
        Assert.False(first.Equals((PaymentAllocation?)null));
    }

    [Fact]
    public void AnAllocationRefusesPartsThatAreNothingOrDoNotAddUp()
    {
        Assert.Throws<ArgumentNullException>(() => new PaymentAllocation(null!));
        AllocationPart good = new(Inv, Eur(1));
        Assert.Equal("parts", Assert.Throws<ArgumentException>(() => new PaymentAllocation([null!])).ParamName);
        Assert.Equal("parts", Assert.Throws<ArgumentException>(() => new PaymentAllocation([good, null!])).ParamName);
        Assert.Equal("parts", Assert.Throws<ArgumentException>(() => new PaymentAllocation([good, new(new("inv_2"), Eur(-1))])).ParamName);
        Assert.Throws<OverflowException>(() => new PaymentAllocation([new(Inv, Eur(long.MaxValue)), new(new("inv_2"), Eur(1))]));
    }

    [Theory]
    [InlineData("card", "Visa", null)]
    [InlineData("card", null, null)]
    [InlineData(" ", null, "kind")]
    [InlineData("a\0", "b\0", "kind")]
    [InlineData("card", "4111111111111111", "label")]
    public void AMethodsTextsAreCheckedOneAfterTheOther(string kind, string? label, string? named)
    {
        var problem = (Card() with { Kind = kind, Label = label }).Problem(allowCardNumbers: false);

        if (named is null) Assert.Null(problem);
        else Assert.StartsWith($"The {named} of a payment method", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void AMethodsLabelMayHoldACardNumberWhereThePolicySaysSo() =>
        Assert.Null((Card() with { Label = "4111111111111111" }).Problem(allowCardNumbers: true));

    private static Payment Of(params PaymentShare[] shares) => new()
    {
        Tenant = TenantId.Default, Id = new("pay_1"), Account = Ada, Amount = Eur(1), Mode = PaymentMode.Online,
        Status = OperationStatus.Succeeded, Shares = shares, CreatedAt = Noon,
    };
}

using System.Numerics;
using FsCheck.Fluent;

namespace InvoicePayments.Tests;

public sealed class MoneySplitTests
{
    [Theory]
    [InlineData(15, 10, new long[] { 2, 2, 2, 2, 2, 1, 1, 1, 1, 1 })]
    [InlineData(-5, 3, new long[] { -2, -2, -1 })]
    [InlineData(2, 4, new long[] { 1, 1, 0, 0 })]
    [InlineData(100, 1, new long[] { 100 })]
    [InlineData(long.MinValue, 1, new[] { long.MinValue })]
    public void EqualPartsDifferByAtMostOneUnit_TheFirstAreLarger(long total, int parts, long[] expected) =>
        Assert.Equal(expected, Units(Euro(total).Split(parts)));

    [Theory]
    [InlineData(100, new long[] { 1, 1, 1 }, new long[] { 34, 33, 33 })]
    [InlineData(10, new long[] { 1, 0, 2 }, new long[] { 3, 0, 7 })]
    [InlineData(5, new long[] { 0, 1, 1 }, new long[] { 0, 3, 2 })]
    [InlineData(-5, new long[] { 1, 1 }, new long[] { -3, -2 })]
    [InlineData(7, new long[] { 3 }, new long[] { 7 })]
    [InlineData(long.MinValue, new[] { 0, long.MaxValue }, new[] { 0, long.MinValue })]
    [InlineData(long.MaxValue, new[] { long.MaxValue, long.MaxValue }, new[] { 4611686018427387904, 4611686018427387903 })]
    public void WeightedPartsFollowTheLargestRemainder_TiesToTheFirst(long total, long[] weights, long[] expected) =>
        Assert.Equal(expected, Units(Euro(total).Split(weights)));

    [Fact]
    public void EqualPartsSumToTheWholeAndKeepItsSign() => Property.Holds(Property.AnyMoney, Gen.Choose(1, 60), (money, parts) =>
    {
        var units = Units(money.Split(parts));
        Assert.Equal(parts, units.Length);
        Assert.Equal(money.MinorUnits, Sum(units));
        Assert.All(units, unit => Assert.False(Math.Sign(unit) == -Math.Sign(money.MinorUnits) && unit != 0));
        Assert.InRange((BigInteger)units.Max() - units.Min(), 0, 1);
        Assert.Equal(units.OrderByDescending(unit => BigInteger.Abs(unit)), units);
        Assert.Equal(units, Units(money.Split([.. Enumerable.Repeat(1L, parts)])));
    });

    [Fact]
    public void WeightedPartsAreFairAndSumToTheWhole() => Property.Holds(Property.AnyMoney, Property.AnyWeights, (money, weights) =>
    {
        var units = Units(money.Split(weights));
        Assert.Equal(weights.Length, units.Length);
        Assert.Equal(money.MinorUnits, Sum(units));
        Assert.Equal(units, Units(money.Split(weights)));

        var whole = Sum(weights);
        for (var i = 0; i < units.Length; i++)
        {
            // Within one unit of the exact share, without dividing: |unit * whole - total * weight| < whole.
            var error = BigInteger.Abs((units[i] * whole) - ((BigInteger)money.MinorUnits * weights[i]));
            Assert.True(error < whole, $"part {i} is a unit or more away from its share");
            Assert.False(Math.Sign(units[i]) == -Math.Sign(money.MinorUnits) && units[i] != 0);
            if (weights[i] == 0) Assert.Equal(0, units[i]);
        }
    });

    [Fact]
    public void EveryPartHasTheCurrencyOfTheWhole() =>
        Assert.All(new Money(1m, Currency.KWD).Split(3), part => Assert.Equal(Currency.KWD, part.Currency));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void WhenThereIsNoPart_SplittingIsRefused(int parts) => Assert.ThrowsAny<ArgumentException>(() => Euro(1).Split(parts));

    [Theory]
    [InlineData(new long[0], "at least one")]
    [InlineData(new long[] { 1, -1 }, "never negative")]
    [InlineData(new long[] { 0, 0 }, "above zero")]
    public void WhenWeightsMakeNoSense_SplittingIsRefused(long[] weights, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Euro(1).Split(weights)).Message, StringComparison.Ordinal);

    private static Money Euro(long units) => Money.FromMinorUnits(units, Currency.EUR);

    private static long[] Units(Money[] parts) => Array.ConvertAll(parts, part => part.MinorUnits);

    private static BigInteger Sum(long[] values) => values.Aggregate(BigInteger.Zero, (sum, value) => sum + value);
}

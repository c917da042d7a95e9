using FsCheck;
using FsCheck.Fluent;

namespace InvoicePayments.Tests;

public sealed class FundingSplitTests
{
    // Parts of one to a million, and steps of a refund: how much, and whether the bank says yes.
    private static readonly Gen<int[]> Parts = Gen.OneOf(Gen.Choose(1, 5), Gen.Choose(1, 1_000_000)).NonEmptyListOf().Select(list => list.Take(8).ToArray());
    private static readonly Gen<(int Amount, int Way)[]> Steps = Gen.Zip(Gen.OneOf(Gen.Choose(1, 3), Gen.Choose(1, 500_000)), Gen.Choose(0, 3)).ArrayOf();

    [Fact]
    public void RefundsReturnEachPartToTheUnit_InWhateverStepsAndWhicheverFail() => Property.Holds(Parts, Steps, (parts, steps) =>
    {
        var shares = parts.Select((part, i) => new FundingShare(new($"rec_{i}"), part, 0, 0)).ToArray();
        var pending = new Queue<FundingSplit>();
        foreach (var (amount, way) in steps)
        {
            var left = shares.Sum(s => s.Refundable);
            if (left > 0) pending.Enqueue(Ask(Math.Min(amount, left)));
            if (way > 0 && pending.TryDequeue(out var answered)) Answer(answered, isPaid: way != 1);
        }

        while (pending.TryDequeue(out var late)) Answer(late, isPaid: true);
        if (shares.Sum(s => s.Refundable) is > 0 and var rest) Answer(Ask(rest), isPaid: true);
        Assert.All(shares, s => Assert.Equal((s.Captured, 0L), (s.Refunded, s.RefundReserved)));

        FundingSplit Ask(long amount)
        {
            var split = FundingShare.Return(shares, Eur(amount))!;
            Assert.Equal(Eur(amount), split.Total);
            Assert.All(split.Parts, p => Assert.InRange(p.Amount.MinorUnits, 1, shares.Single(s => s.Recipient == p.Recipient).Refundable));
            shares = [.. shares.Select(s => s with { RefundReserved = s.RefundReserved + split.PartOf(s.Recipient).MinorUnits })];
            return split;
        }

        void Answer(FundingSplit split, bool isPaid) => shares =
        [
            .. shares.Select(s => s with
            {
                RefundReserved = s.RefundReserved - split.PartOf(s.Recipient).MinorUnits,
                Refunded = s.Refunded + (isPaid ? split.PartOf(s.Recipient).MinorUnits : 0),
            }),
        ];
    });

    [Fact]
    public void SharesSumToWhatIsCharged_AndAPartialApprovalLetsNoPartGrow() => Property.Holds(Parts, Gen.Choose(0, 1_000_000), (parts, moved) =>
    {
        var split = new FundingSplit([.. parts.Select((part, i) => new FundingPart(new($"rec_{i}"), Eur(part)))]);
        var less = Eur(Math.Min(moved, split.Total.MinorUnits));
        var scaled = split.ScaledTo(less);

        Assert.Equal(less, scaled.Total);
        Assert.All(scaled.Parts, p => Assert.InRange(p.Amount.MinorUnits, 0, split.PartOf(p.Recipient).MinorUnits));
        var shares = new FundingRequest.Shares([.. parts.Select((part, i) => new FundingWeight(new($"rec_{i}"), part))]);
        Assert.Equal(less, shares.Of(less).Total);
    });

    [Fact]
    public void ASplit_NamesEachRecipientOnce_AndNoPartIsNegative()
    {
        Assert.Throws<ArgumentException>(() => new FundingSplit([]));
        Assert.Throws<ArgumentException>(() => new FundingSplit([new(new("a"), Eur(1)), new(new("a"), Eur(1))]));
        Assert.Throws<ArgumentException>(() => new FundingSplit([new(new("a"), Eur(-1))]));
        Assert.Throws<CurrencyMismatchException>(() => new FundingSplit([new(new("a"), Eur(1)), new(new("b"), Money.Parse("USD 1.00", null))]));
        Assert.Throws<ArgumentException>(() => new FundingSplit([new(new("a"), Eur(1))]).ScaledTo(Eur(2)));
        Assert.Null(FundingShare.Return([new(new("a"), 5, 5, 0)], Eur(1)));
    }

    private static Money Eur(long minorUnits) => Money.FromMinorUnits(minorUnits, Currency.EUR);
}

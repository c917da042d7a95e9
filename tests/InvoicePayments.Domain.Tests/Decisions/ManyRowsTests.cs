using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>One payment over as many invoices as may be named together: every one of them is changed once, and found again.</summary>
public sealed class ManyRowsTests
{
    [Fact]
    public void RowsAreFoundByTheirKeys_AndKeepTheirOrder_HoweverManyThereAre()
    {
        foreach (var many in new[] { 0, 1, 8, 9, 40 })
        {
            var rows = new Rows<OperationId, string>();
            OperationId[] keys = [.. Enumerable.Range(0, many).Select(i => new OperationId($"op{i}"))];
            foreach (var key in keys)
            {
                Assert.False(rows.Contains(key) || rows.TryGetValue(key, out _));
                rows[key] = key.Value;
            }

            if (many > 0) rows[keys[^1]] = "last";
            if (many > 0) rows[keys[0]] = "first";
            Assert.Equal((many, many), (rows.Count, rows.ToList().Count));
            Assert.Equal(keys.Skip(1).SkipLast(1).Select(k => k.Value), rows.ToList().Skip(1).SkipLast(1));
            if (many > 0) Assert.Equal("first", rows.ToList()[0]);
            Assert.All(keys.Skip(1).SkipLast(1), key => Assert.Equal(key.Value, rows.Find(key)));
            Assert.Null(rows.Find(new("other")));
            rows.Change((key, row) => key.Value + row);
            Assert.Equal(keys.Select(k => k.Value), rows.ToList().Select((row, i) => row[..keys[i].Value.Length]));
        }
    }

    [Fact]
    public void APaymentOfSixtyInvoices_PaysEach_AndARefundOfItOpensEachAgain()
    {
        var story = new Story();
        InvoiceId[] ids = [.. Enumerable.Range(0, 60).Select(i => new InvoiceId($"inv_{i}"))];
        foreach (var id in ids) story.Answer(Issue(10, id.Value));
        var charge = story.Ask(Pay() with { InvoiceId = null, Several = new PaymentSpread.OldestFirst(ids) }).Operation;
        Assert.All(story.Invoices, i => Assert.Equal(Eur(10), i.Reserved));
        story.Tell(charge.Id, Success(600));
        Assert.All(story.Invoices, i => Assert.Equal((InvoiceStatus.Paid, 1), (i.Status, i.AttemptCount)));
        story.Tell(story.Ask(Refund(charge.Payment, reopen: true)).Operation.Id, Success(600, "re_1"));
        Assert.All(story.Invoices, i => Assert.Equal(Eur(10), i.Due));
    }

    [Fact]
    public void TheAttemptOfADunning_CountsOnWithinItsRound() =>
        Assert.Equal([0, 2, 203], new[] { InvoiceDunning.None, new(DunningState.InProgress, 2), new(DunningState.InProgress, 3, 2) }.Select(d => d.Attempt));

    [Fact]
    public void NothingAtAll_IsNoTokenAndNoPart()
    {
        Assert.Throws<ArgumentNullException>(() => new PaymentToken(null!));
        Assert.True(default(RecipientId).IsDefault);
        Assert.False(new RecipientId("rec_1").IsDefault);
        Assert.Throws<ArgumentException>(() => new FundingSplit([new(new("a"), Eur(1)), null!]));
        Assert.False(new FundingSplit([new(new("a"), Eur(1))]).Equals(null));
        PaymentAllocation one = PaymentAllocation.To(Inv, Eur(1), new("pr_1"));
        Assert.Equal([true, true, false], new[] { Inv, new("pr_1"), new InvoiceId("other") }.Select(one.Names));
        Assert.Equal([Inv], new PaymentAllocation([new(Inv, Eur(1)), new(new("inv_2"), Eur(0))]).WithoutZeros().Parts.Select(p => p.Invoice));
        Assert.Single(PaymentAllocation.To(Inv, Eur(0)).WithoutZeros().Parts);
    }
}

using FsCheck;
using FsCheck.Fluent;
using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>Law 7 for what comes long after: every order of a payment's news, of its disputes and of its return ends in the same state.</summary>
public sealed class DisputeLawTests
{
    private const int Paid = 600;

    private static readonly Gen<GatewayPaymentId> Ids = Gen.Elements(new GatewayPaymentId("dp_1"), new GatewayPaymentId("dp_2"));

    private static readonly Gen<Money> Amounts = Gen.Elements(100, 250, Paid, Paid + 1).Select(amount => Eur(amount));

    // Beside what is told of disputes, the success itself and a refund that was under way: they may come before or after.
    private static readonly Gen<object> Piece = Gen.OneOf(
        from id in Ids from amount in Amounts from within in Gen.Elements<int?>(null, 1, 5)
        select (object)new GatewayNotice.DisputeOpened(id, amount, "fraud", within is { } days ? Noon.AddDays(days) : null),
        from id in Ids from amount in Amounts select (object)new GatewayNotice.DisputeWon(id, amount),
        from id in Ids from amount in Amounts select (object)new GatewayNotice.DisputeLost(id, amount),
        Amounts.Select(amount => (object)new GatewayNotice.DebitReturned(amount, "MD06")),
        Gen.Constant((object)new GatewayNotice.DisputeOpened(new("dp_1"), Money.FromMinorUnits(5, Currency.USD))),
        Gen.Constant((object)Success(Paid)));

    // What fits in what was paid: a gateway gives no more back.
    private static readonly Gen<object> Elsewhere = Gen.Elements<object>(
        new GatewayNotice.RefundedElsewhere(new("re_a"), Eur(100)), new GatewayNotice.RefundedElsewhere(new("re_b"), Eur(250)),
        new GatewayNotice.RefundedElsewhere(new("re_c"), Eur(250)), new GatewayNotice.RefundFailed(new("re_a"), Eur(100)));

    private static readonly Gen<object[]> News = Piece.ArrayOf().Where(news => news.Length is > 0 and <= 5);

    [Fact]
    public void EveryOrderOfDisputesReturnsAndTheSuccessItself_EndsInTheSameState() => Property.Holds(News, news => Holds(Paying, news), times: 150);

    [Fact]
    public void EveryOrderOfDisputesAndARefundUnderWay_EndsInTheSameState() => Property.Holds(
        News.Select(news => (object[])[.. news.Where(n => n is GatewayNotice), "refund"]), news => Holds(Refunding, news), times: 100);

    [Fact]
    public void EveryOrderOfRefundsElsewhereDisputesAndTheSuccessItself_EndsInTheSameState() => Property.Holds(
        from refunds in Elsewhere.ArrayOf().Where(r => r.Length is > 0 and <= 3) from news in News.Where(n => n.Length <= 2) select (object[])[.. refunds, .. news],
        news => Holds(Paying, news), times: 150);

    [Fact]
    public void EveryOrderOfARefundOfOursAndItsFailure_EndsInTheSameState() => Property.Holds(
        News.Where(n => n.Length <= 2).Select(news => (object[])[.. news.Where(n => n is GatewayNotice.DisputeOpened or GatewayNotice.DisputeWon), "refund", new GatewayNotice.RefundFailed(new("re_a"), Eur(100))]),
        news => Holds(Refunding, [.. news, new GatewayNotice.RefundFailed(new("re_1"), Eur(Paid), Refunding.Operation.Reference)]), times: 60);

    [Fact]
    public void WhatIsTaken_IsTheLargestReportOfEachDispute_AndWhatIsHeldIsWhatIsNotDecided() => Property.Holds(News, news =>
    {
        var story = Tell(Paying, [Success(Paid), .. news]);
        var notices = news.OfType<GatewayNotice>().Where(n => n.Amount.Currency == Currency.EUR).ToList();
        var returned = Largest(notices.OfType<GatewayNotice.DebitReturned>());
        var taken = notices.OfType<GatewayNotice.DisputeLost>().GroupBy(n => n.Dispute).Sum(Largest) + returned;
        var decided = notices.Select(n => n switch { GatewayNotice.DisputeLost l => l.Dispute, GatewayNotice.DisputeWon w => w.Dispute, _ => default }).ToHashSet();
        var held = notices.OfType<GatewayNotice.DisputeOpened>().Where(n => !decided.Contains(n.Dispute)).GroupBy(n => n.Dispute).Sum(Largest);
        var payment = Assert.Single(story.Payments);

        Assert.Equal((taken, held), (payment.Taken.MinorUnits, payment.Disputed.MinorUnits));
        Assert.Equal(Math.Max(0, Paid - taken - held), payment.Refundable.MinorUnits);
        Assert.Equal(1000 - Paid + Math.Min(taken, Paid), story.Invoice.Due.MinorUnits);
        Assert.Equal(held > 0, story.Invoice.Flags.HasFlag(InvoiceFlags.Disputed));
    });

    private static long Largest(IEnumerable<GatewayNotice> notices) =>
        notices.Select(n => Math.Min(n.Amount.MinorUnits, Paid)).DefaultIfEmpty().Max();

    private static void Holds((Story Story, PaymentOperation Operation) begun, object[] news)
    {
        var expected = EndOf(Tell(begun, news));
        foreach (var order in Property.OrdersOf(news)) Assert.Equal(expected, EndOf(Tell(begun, order)));
        Assert.Equal(expected, EndOf(Tell(begun, [.. news, .. news])));
    }

    private static Story Tell((Story Story, PaymentOperation Operation) begun, object[] news)
    {
        var story = begun.Story.Fork();
        foreach (var piece in news)
        {
            if (piece is GatewayNotice notice) story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = notice });
            else if (piece is GatewayOutcome outcome) story.Tell(begun.Operation.Id, outcome);
            else story.Tell(begun.Operation.Id, Success(Paid, "re_1"));
        }

        // What is kept is told again once the payment is known, as the service and its recovery do.
        foreach (var kept in story.Parked.Where(p => p.Notice is not null).ToList())
            story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = kept.GatewayPaymentId!.Value, Notice = kept.Notice!, WasParked = true });
        return story;
    }

    // Without what rightly tells the order: which of two contradicting words came first and so is the operation's own, and the facts.
    private static string EndOf(Story story)
    {
        var invoice = story.Invoice;
        return string.Join(
            '\n',
            story.Payments.SelectMany(p => p.Shares).Select(s => $"{s}"),
            story.Payments.SelectMany(p => p.Disputes.Select(d => $"{d}").Concat(p.Discrepancies.Select(d => $"{d}"))).Aggregate("", (all, d) => $"{all}\n{d}"),
            string.Join(' ', story.Operations.Where(o => o.Kind == OperationKind.Dispute && !o.IsFinal).OrderBy(o => o.Id.Value).Select(o => $"{o.Id} {o.Amount} {o.ActionDeadline}")),
            $"{invoice.Status} {invoice.Flags} {invoice.Due} {invoice.Payable} {invoice.Overpaid} {invoice.Sums}",
            string.Join(' ', story.Parked.Where(p => story.Payments.All(k => k.Captured.IsZero)).Select(p => p.Evidence.Value).Order()));
    }

    // The gateway is working on it, and nobody here knows its id yet: what is told of it has to wait.
    private static (Story, PaymentOperation) Paying
    {
        get
        {
            var story = Story.Of(1000);
            return (story, story.Ask(Pay(Paid)).Operation);
        }
    }

    private static (Story Story, PaymentOperation Operation) Refunding
    {
        get
        {
            var story = Story.Of(1000);
            var charge = story.Ask(Pay(Paid)).Operation;
            story.Tell(charge.Id, Success(Paid));
            return (story, story.Ask(Refund(charge.Payment, Paid, reopen: true)).Operation);
        }
    }
}

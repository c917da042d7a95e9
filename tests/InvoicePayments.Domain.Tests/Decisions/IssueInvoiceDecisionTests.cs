using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class IssueInvoiceDecisionTests
{
    private static readonly InvoiceDetails Details = new()
    {
        Number = "R-1", Description = "March", StatementDescriptor = "ACME", BillingReason = "cycle", Subscription = "sub_1",
        Lines = [new("Line", Eur(400)), new("Line", Eur(600), 2)], Metadata = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" },
    };

    [Fact]
    public void WhenAnInvoiceIsIssued_ItIsOpenAndTold()
    {
        var due = new DateTimeOffset(2026, 4, 1, 2, 0, 0, TimeSpan.FromHours(2));
        var story = new Story();
        var done = Done(story.Answer(Issue(1000) with { DueAt = due, Details = Details }));

        Assert.Equal((InvoiceStatus.Open, Eur(1000), Ada), (done.Invoice.Status, done.Invoice.Payable, done.Invoice.Account));
        Assert.Equal((Noon, TimeSpan.Zero, due), (done.Invoice.CreatedAt, done.Invoice.DueAt!.Value.Offset, done.Invoice.DueAt.Value));
        Assert.Equal((Details, 1L, 1L), (done.Invoice.Details, done.Invoice.Version, done.Invoice.FactCount));
        Assert.Equal((false, (DateTimeOffset?)null), (done.IsReplay, done.Invoice.PaidAt));
        var fact = Assert.IsType<InvoiceEvent.Issued>(Assert.Single(story.Facts));
        Assert.Equal((Ada, Eur(1000), due, TimeSpan.Zero), (fact.Account, fact.Total, fact.DueAt!.Value, fact.DueAt.Value.Offset));
        Assert.Equal((Inv, Noon, TenantId.Default), (fact.Invoice, fact.At, fact.Tenant));
    }

    [Fact]
    public void WhenExactlyTheSameIsIssuedAgain_NothingChanges()
    {
        var story = new Story();
        story.Answer(Issue(1000) with { Details = Details });
        var repeated = Issue(1000) with
        {
            Details = Details with { Metadata = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" }, Lines = [.. Details.Lines] },
        };
        var answer = Assert.IsType<Decision<InvoiceResult>.Answer>(story.When(repeated));

        Assert.Null(answer.Changes);
        Assert.True(Done(answer.Result).IsReplay);
        Assert.True(Done(story.Answer(Issue(1000) with { Details = Details, AsDraft = true })).IsReplay);
    }

    [Fact]
    public void WhenASameIdSaysAnythingElse_IsRejectedAsExisting()
    {
        var more = new Dictionary<string, string> { ["a"] = "1", ["b"] = "3" };
        InvoiceDetails[] others =
        [
            InvoiceDetails.None, Details with { Number = "R-2" }, Details with { Description = null },
            Details with { StatementDescriptor = "X" },
            Details with { DefaultPaymentMethod = new("pm_1") }, Details with { Billing = InvoiceBilling.PayAutomatically },
            Details with { BillingReason = "other" }, Details with { Subscription = "sub_2" }, Details with { PeriodStart = Noon },
            Details with { PeriodEnd = Noon }, Details with { DaysUntilDue = 0 }, Details with { Subtotal = Eur(1) },
            Details with { Discount = Eur(1) },
            Details with { Tax = Eur(1) }, Details with { TaxPercent = 19 }, Details with { Lines = [Details.Lines[0]] },
            Details with { Metadata = more },
            Details with { Lines = [new("Line", Eur(400)), new("Line", Eur(600), 3)] },
            Details with { Lines = [new("Line", Eur(400)), new("Line", Eur(601), 2)] },
        ];
        var story = new Story();
        story.Answer(Issue(1000) with { Details = Details });

        Assert.All(others, other => Assert.Equal(Rejection.InvoiceAlreadyExists,
            Refused(story.Answer(Issue(1000) with { Details = other }))));
        Assert.Equal(Rejection.InvoiceAlreadyExists, Refused(story.Answer(Issue(1001) with { Details = Details })));
        Assert.Equal(Rejection.InvoiceAlreadyExists, Refused(story.Answer(Issue(1000) with { Details = Details, DueAt = Noon })));
        Assert.Equal(Rejection.InvoiceAlreadyExists, Refused(story.Answer(Issue(1000) with { Details = Details, Account = Bob })));
    }

    [Fact]
    public void TrailingZerosAndTheTimeZoneMakeNoOtherInvoice()
    {
        var story = new Story();
        var first = Issue(1000) with { DueAt = Noon, Details = Details with { TaxPercent = 19.0m, PeriodStart = Noon } };
        story.Answer(first);

        var elsewhere = Noon.ToOffset(TimeSpan.FromHours(5));
        Assert.True(Done(story.Answer(first with
        {
            DueAt = elsewhere, Details = first.Details with { TaxPercent = 19m, PeriodStart = elsewhere },
        })).IsReplay);
    }

    [Fact]
    public void WhenADraftIsWrittenAnew_ItKeepsItsAgeAndCanThenBeIssued()
    {
        var story = new Story();
        var draft = Done(story.Answer(Issue(1000) with { AsDraft = true })).Invoice;
        story.Now += TimeSpan.FromDays(1);
        var anew = Done(story.Answer(Issue(900) with { AsDraft = true })).Invoice;
        var issued = Done(story.Answer(Issue(900))).Invoice;

        Assert.Equal((InvoiceStatus.Draft, Eur(0), Eur(0)), (draft.Status, draft.Payable, draft.Due));
        Assert.Equal((InvoiceStatus.Draft, Eur(900), Noon, 2L), (anew.Status, anew.Total, anew.CreatedAt, anew.FactCount));
        Assert.Equal((InvoiceStatus.Open, Noon, 3L, 3L), (issued.Status, issued.CreatedAt, issued.FactCount, issued.Version));
        Assert.Equal(
            [typeof(InvoiceEvent.Drafted), typeof(InvoiceEvent.Drafted), typeof(InvoiceEvent.Issued)],
                story.Facts.Select(f => f.GetType()));
        Assert.Equal(Eur(1000), Assert.IsType<InvoiceEvent.Drafted>(story.Facts[0]).Total);
    }

    [Fact]
    public void WhenTheInvoiceIsOverZero_ItIsPaidAtOnceUnlessItIsADraft()
    {
        var story = new Story();
        Assert.Null(Done(story.Answer(Issue(0) with { AsDraft = true })).Invoice.PaidAt);
        Assert.Single(story.Facts);

        var issued = Done(story.Answer(Issue(0))).Invoice;
        Assert.Equal((InvoiceStatus.Paid, Noon), (issued.Status, issued.PaidAt));
        Assert.IsType<InvoiceEvent.Paid>(story.Facts[^1]);
        Assert.Equal(3, story.Facts.Count);
    }

    [Fact]
    public void ATotalIsZeroToTheLargestThatLeavesRoom()
    {
        Assert.Equal(Rejection.InvoiceTotalInvalid, Refused(new Story().Answer(Issue(-1))));
        Assert.Equal(Rejection.InvoiceTotalInvalid, Refused(new Story().Answer(Issue(Invoice.MaxTotal + 1))));
        Assert.Equal(Eur(Invoice.MaxTotal), Done(new Story().Answer(Issue(Invoice.MaxTotal))).Invoice.Total);
    }

    private static InvoiceResult.Done Done(InvoiceResult result) => Assert.IsType<InvoiceResult.Done>(result);

    private static Rejection Refused(InvoiceResult result) => Assert.IsType<InvoiceResult.Rejected>(result).Why;
}

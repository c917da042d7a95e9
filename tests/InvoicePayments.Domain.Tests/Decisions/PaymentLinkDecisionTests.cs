using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class PaymentLinkDecisionTests
{
    private static readonly PayInvoice Link = Pay() with { Gateway = null, Token = null, LinkAt = Acme, ReturnUrl = new("https://shop.example/back") };
    private static readonly GatewayOutcome.ActionRequired Page = new(new("li_1"), new PendingAction.PaymentLink(new("https://acme.example/1")));

    [Fact]
    public void WhenALinkIsAskedFor_TheMoneyIsReservedAndTheGatewayLearnsUntilWhenItIsWanted()
    {
        var story = LinkStory(time: TimeSpan.FromHours(3));
        story.Invent(i => i with { Details = i.Details with { Description = "March", StatementDescriptor = "ACME" } });
        var asked = story.Ask(Link);

        var request = Assert.IsType<GatewayCommand.RequestLink>(asked.Command);
        Assert.Equal((Eur(1000), Ada, Acme, Noon.AddHours(3)), (request.Amount, request.Account, request.Gateway, request.Until));
        Assert.Equal(("March", "ACME", Link.ReturnUrl), (request.Description, request.StatementDescriptor, request.ReturnUrl));
        Assert.Equal((OperationKind.Charge, asked.Operation.Id.Value), (request.Kind, request.Reference.Value));
        Assert.Equal(Eur(1000), story.Invoice.Reserved);
        Assert.Null(story[asked.Operation.Payment].PaymentMethod);
    }

    [Fact]
    public void WhenNobodySaysHowLong_ThePolicyDoes()
    {
        var story = LinkStory();
        story.Policy = story.Policy with { PaymentLinkLifetime = TimeSpan.FromMinutes(40), ActionDeadline = TimeSpan.FromMinutes(7) };
        var asked = story.Ask(Link);
        story.Tell(asked.Operation.Id, Page);

        Assert.Equal(Noon.AddMinutes(40), ((GatewayCommand.RequestLink)asked.Command).Until);
        Assert.Equal((Noon.AddMinutes(40), Noon.AddMinutes(40)), (story[asked.Operation.Id].ActionDeadline, story[asked.Operation.Id].NextCheckAt));
        Assert.Equal(((PendingAction.PaymentLink)Page.Action).Url, Assert.IsType<InvoiceEvent.ActionRequired>(story.Facts[^1]).RedirectUrl);
    }

    [Fact]
    public void WhatTheGatewaySaysOfItsLink_ComesBeforeItsProfile_AndThatBeforeThePolicy()
    {
        var story = LinkStory(time: TimeSpan.FromHours(3));
        var id = story.Ask(Link).Operation.Id;
        story.Tell(id, Page);
        Assert.Equal(Noon.AddHours(3), story[id].ActionDeadline);

        story.Tell(id, Page with { Until = Noon.AddHours(4) });
        Assert.Equal(Noon.AddHours(4), story[id].ActionDeadline);
    }

    [Fact]
    public void OfTwoLinks_TheSameOneCounts_WhicheverCameFirst()
    {
        var other = Page with { Action = new PendingAction.PaymentLink(new("https://acme.example/2")) };
        var (first, second) = (LinkStory(), LinkStory());
        var id = first.Ask(Link).Operation.Id;
        second.Ask(Link);
        foreach (var page in new[] { Page, other }) first.Tell(id, page);
        foreach (var page in new[] { other, Page }) second.Tell(id, page);

        Assert.Equal(other.Action, first[id].Action);
        Assert.Equal(first[id].Action, second[id].Action);
    }

    [Fact]
    public void WhenItsAnswerWasLost_TheGuaranteeOfLinksCounts_AndNotThatOfCharges()
    {
        var covered = new Guarantee { Duplicates = DuplicateRule.ReplaySameResult, Window = TimeSpan.FromHours(24), AbsenceProvenAfter = TimeSpan.FromMinutes(1) };
        Assert.IsType<Decision<PaymentResult>.Ask>(AfterAbsence(LinkStory(covered)));
        Assert.IsType<Decision<PaymentResult>.Answer>(AfterAbsence(LinkStory(Guarantee.None, charges: covered)));
    }

    [Fact]
    public void TheProfileKnowsItsLinksFromItsCharges()
    {
        var covered = new Guarantee { Duplicates = DuplicateRule.MarkedDuplicate, Window = TimeSpan.FromHours(1) };
        var profile = Terms(null, OperationKind.Charge).Profile;
        var request = (GatewayCommand.RequestLink)LinkStory().Ask(Link).Command;

        Assert.Equal(Guarantee.None, profile.For(request));
        Assert.Equal(covered, (profile with { PaymentLinks = covered }).For(request));
        Assert.Throws<ArgumentNullException>(() => profile.For(null!));
    }

    [Fact]
    public void ALinkCostsNoDefaultMethodItsLook_AndIsAnotherRequestThanACharge()
    {
        Assert.False(Link.WhatToLoad(PaymentPolicy.Default).DefaultPaymentMethod);
        var story = LinkStory();
        story.Ask(Link);

        Assert.Equal(Rejection.IdempotencyKeyReused, story.Refusal(Pay()).Why);
        Assert.Equal(Rejection.IdempotencyKeyReused, story.Refusal(Link with { LinkAt = new("other") }).Why);
    }

    [Fact]
    public void WhereTheGatewayMakesNone_OrTheMoneyIsOnlyBlocked_ItIsRefused()
    {
        Assert.Equal(Rejection.PaymentLinkUnavailable, Story.Of(1000).Refusal(Link).Why);
        Assert.Equal(Rejection.PaymentLinkWithCaptureLater, LinkStory().Refusal(Link with { CaptureLater = true }).Why);
        Assert.Equal(Rejection.PaymentMethodAmbiguous, LinkStory().Refusal(Pay() with { LinkAt = Acme }).Why);
    }

    private static Decision<PaymentResult> AfterAbsence(Story story)
    {
        story.Ask(Link);
        story.Now = Noon.AddMinutes(10);
        var claim = story.Resolve(new ResumeOperation { Operation = story.Operations.Single().Id, ByCaller = true });
        return story.When(new RecordResolution { Tenant = TenantId.Default, Claimed = claim.Operation, Resolution = new GatewayResolution.Absent(), AskedAt = story.Now, ByCaller = true });
    }

    private static Story LinkStory(Guarantee? links = null, TimeSpan? time = null, Guarantee? charges = null)
    {
        var story = Story.Of(1000);
        var terms = Terms(charges, OperationKind.Charge, OperationKind.Authorize);
        story.Gateways[Acme] = terms with { Profile = terms.Profile with { PaymentLinks = links ?? Guarantee.None, PaymentLinkTime = time } };
        return story;
    }
}

using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>
/// A gateway reported on an operation before it was known here: it is asked what it knows, and not to move the money as if it were new.
/// </summary>
public sealed class RecallDecisionTests
{
    private static readonly OperationId Id = IdempotencyGuard.OperationOf(TenantId.Default, IdempotencyScope.Tenant, null, new("pay-1"));
    private readonly Story _story = Story.Of(1000);

    [Fact]
    public void WhenTheGatewayHasReportedOnIt_TheMoneyIsReservedAndNobodyIsAskedToMoveIt()
    {
        _story.Tell(Id, new GatewayOutcome.Processing());
        _story.Now += TimeSpan.FromMinutes(1);
        _story.Tell(Id, Success(1000));
        _story.Now += TimeSpan.FromMinutes(1);
        var recall = Assert.IsType<Decision<PaymentResult>.Recall>(_story.When(Pay()));

        Assert.Equal((Id, true, 2), (recall.Operation.Id, recall.ByCaller, recall.Heard.Count));
        Assert.Equal((Noon, Noon.AddMinutes(1)), (recall.Operation.FirstSentAt, recall.Operation.LastSentAt));
        Assert.Equal((1, _story.Now, null), (recall.Operation.Sends, recall.Operation.NextCheckAt, recall.Operation.BusyUntil));
        Assert.Equal((Acme, OperationStatus.Pending), (recall.Operation.Gateway, recall.Operation.Status));
        Assert.Equal(Eur(1000), _story.Invoice.Reserved);
        Assert.NotNull(_story.CommandOf(Id));
    }

    [Fact]
    public void WhenAnotherGatewayReportedOnIt_ThatProvesNothing()
    {
        _story.Answer(new RecordOutcome { Operation = Id, Gateway = new("other"), Outcome = Success(1000) });

        _story.Ask(Pay());
    }

    [Fact]
    public void WhenAnotherOperationWasReportedOn_ThatProvesNothing()
    {
        _story.Tell(new("nobody"), Success(1000));

        _story.Ask(Pay());
    }

    [Fact]
    public void WhenItIsResumed_WhatWasHeardIsTakenInOnceAndThenTheGatewayIsAsked()
    {
        _story.Tell(Id, new GatewayOutcome.Processing());
        _story.When(Pay());
        var resume = new ResumeOperation { Operation = Id, ByCaller = true };
        var recall = Assert.IsType<Decision<PaymentResult>.Recall>(_story.When(resume));

        Assert.Equal((Id, true), (recall.Operation.Id, recall.ByCaller));
        Assert.Equal(new GatewayOutcome.Processing(), Assert.Single(recall.Heard).Outcome);
        Assert.Null(recall.Changes);
        Assert.True(_story.Resolve(resume with { HasHeard = true }).ByCaller);
    }

    [Fact]
    public void WhenItIsFinal_WhatWasHeardBeforeIsOldNews()
    {
        _story.Tell(Id, new GatewayOutcome.Processing());
        _story.When(Pay());
        _story.Tell(Id, Success(1000));

        Assert.IsType<PaymentResult.Succeeded>(_story.Answer(new ResumeOperation { Operation = Id }));
    }

    [Fact]
    public void TheSameReportIsKeptOnceAndADifferentOneBesideIt()
    {
        foreach (var news in new[] { Success(1000), Success(1000), Success(999) }) _story.Tell(Id, news);

        Assert.Equal(2, _story.Parked.Count);
        Assert.All(_story.Parked, p => Assert.Equal((Id, Acme, Noon, TenantId.Default), (p.Operation, p.Gateway, p.ReceivedAt, p.Tenant)));
    }
}

using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>A line of a gateway's statement beside what is recorded of it: what differs is found, and what would set it right is proposed.</summary>
public sealed class StatementRulesTests
{
    private static readonly StatementRules Rules = new(TenantId.Default, Acme);
    private readonly Story _story = Story.Of(1000);
    private readonly PaymentOperation _charge;

    public StatementRulesTests() => _charge = _story.Ask(Pay(600)).Operation;

    [Fact]
    public void WhatMovedAsTheLineSays_IsNoFinding_WhateverMoved()
    {
        _story.Tell(_charge.Id, Success(600));
        _story.Tell(_story.Ask(Refund(_charge.Payment, 100)).Operation.Id, Success(100, "re_1"));
        Tell(new GatewayNotice.DisputeLost(new("dp_1"), Eur(200)));
        Tell(new GatewayNotice.DebitReturned(Eur(50), "R01"));
        GatewayStatementLine[] lines =
        [
            Line("ch_1", 600), Line("re_1", 100, StatementLineKind.Refund), Line("dp_1", 200, StatementLineKind.Dispute), Line("ch_1", 50, StatementLineKind.Return),
        ];

        foreach (var line in lines)
        {
            Assert.Null(Found(line));
            Assert.True(StatementRules.Agree(line, [.. _story.Operations]));
            Assert.Equal(1, _story.Operations.Count(o => StatementRules.IsAbout(line, o)));
            Assert.False(StatementRules.Agree(line with { Amount = line.Amount + Eur(1) }, [.. _story.Operations]));
            Assert.False(StatementRules.Agree(line with { Id = new("other") }, [.. _story.Operations]));
            Assert.Equal(line.Amount, Assert.IsType<StatementFinding.AmountDiffers>(Found(line with { Amount = Eur(1) })).Ours);
        }
    }

    [Fact]
    public void ALargerReportAfterASmallerOne_IsOneMovement()
    {
        _story.Tell(_charge.Id, Partly(200));
        _story.Tell(_charge.Id, Success(600));

        Assert.Null(Found(Line("ch_1", 600)));
        var differs = Assert.IsType<StatementFinding.AmountDiffers>(Found(Line("ch_1", 599)));
        Assert.Equal((Eur(600), _charge.Id), (differs.Ours, differs.Operation.Id));
        Assert.Equal(_charge.Id, Assert.IsType<RecordOutcome>(differs.Proposed).Operation);
        Assert.Equal(Eur(200), Assert.IsType<StatementFinding.AmountDiffers>(Found(Line("ch_1", 200) with { Amount = Money.FromMinorUnits(200, Currency.USD) })).Ours);
    }

    [Fact]
    public void WhatIsRecordedOtherwise_IsProposedAsTheGatewaysAnswer()
    {
        var line = Line("ch_1", 600) with { Reference = _charge.Reference };
        var differs = Assert.IsType<StatementFinding.StateDiffers>(Found(line));
        Assert.Equal(_charge.Id, differs.Operation.Id);
        var proposed = Assert.IsType<RecordOutcome>(differs.Proposed);
        Assert.Equal((_charge.Id, Acme, OutcomeSource.Query), (proposed.Operation, proposed.Gateway, proposed.Source));
        Assert.Equal(new GatewayOutcome.Succeeded(new("ch_1"), Eur(600)), proposed.Outcome);

        Assert.IsType<PaymentResult.Succeeded>(_story.Answer(proposed));
        Assert.Null(Found(line));
        var second = Assert.IsType<StatementFinding.MissingHere>(Found(line with { Id = new("ch_2") }));
        Assert.Equal(_charge.Id, Assert.IsType<RecordOutcome>(second.Proposed).Operation);
    }

    [Fact]
    public void ByItsGatewaysId_OrElseByOurReference_AnOperationIsFound()
    {
        _story.Tell(_charge.Id, Challenge());
        Assert.Equal(_charge.Id, Assert.IsType<StatementFinding.StateDiffers>(Found(Line("ch_1", 600))).Operation.Id);
        Assert.IsType<StatementFinding.MissingHere>(Found(Line("ch_2", 600)));
        Assert.IsType<StatementFinding.MissingHere>(Found(Line("ch_1", 600, StatementLineKind.Refund)));
        Assert.False(StatementRules.IsAbout(Line("ch_1", 600, StatementLineKind.Refund), _story[_charge.Id]));
        Assert.False(StatementRules.IsAbout(Line("ch_2", 600), _story[_charge.Id]));
    }

    [Fact]
    public void WhatIsNotKnownHere_IsProposedWhereTheLineSaysEnough()
    {
        Assert.Null(Missing(Line("ch_9", 5)));
        Assert.Null(Missing(Line("dp_9", 5, StatementLineKind.Dispute)));
        Assert.Equal(new OperationId("theirs"), Assert.IsType<RecordOutcome>(Missing(Line("ch_9", 5) with { Reference = new("theirs") })).Operation);
        Assert.Equal(new OperationId("theirs"), Assert.IsType<RecordOutcome>(Missing(Line("re_9", 5, StatementLineKind.Refund) with { Reference = new("theirs") })).Operation);
        var lost = Assert.IsType<RecordDispute>(Missing(Line("dp_9", 5, StatementLineKind.Dispute) with { Of = new("ch_1") }));
        Assert.Equal((new GatewayPaymentId("ch_1"), new GatewayNotice.DisputeLost(new("dp_9"), Eur(5))), (lost.GatewayPaymentId, lost.Notice));
        var returned = Assert.IsType<RecordDispute>(Missing(Line("ch_9", 5, StatementLineKind.Return)));
        Assert.Equal((new GatewayPaymentId("ch_9"), new GatewayNotice.DebitReturned(Eur(5), "statement")), (returned.GatewayPaymentId, returned.Notice));
    }

    [Fact]
    public void ARefundThatDoesNotCarryOurReference_IsProposedAsMadeAtTheGateway_AndCountsOnce()
    {
        _story.Tell(_charge.Id, Success(600));
        var line = Line("re_1", 200, StatementLineKind.Refund) with { Of = new("ch_1") };
        Assert.Null(Missing(line with { Of = null }));

        var proposed = Assert.IsType<RecordDispute>(Missing(line));
        Assert.Equal((TenantId.Default, Acme, new GatewayPaymentId("ch_1")), (proposed.Tenant, proposed.Gateway, proposed.GatewayPaymentId));
        Assert.Equal(new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(200)), proposed.Notice);
        _story.Answer(proposed);
        Assert.True(_story.Answer(proposed).IsReplay);

        Assert.Equal(Eur(200), _story[_charge.Payment].Refunded);
        Assert.Null(Found(line));
        Assert.Null(Assert.IsType<StatementFinding.AmountDiffers>(Found(line with { Amount = Eur(300) })).Proposed);
    }

    [Fact]
    public void ARefundWithoutOurReference_MayBeOneOfOursThatIsUnderWay_OfTheSamePayment()
    {
        _story.Tell(_charge.Id, Success(600));
        var other = _story.Ask(Pay(100, "pay-2")).Operation;
        _story.Tell(other.Id, Success(100, "ch_2"));
        var ours = _story.Ask(Refund(_charge.Payment, 200)).Operation;
        var line = Line("re_1", 200, StatementLineKind.Refund) with { Of = new("ch_1") };

        Assert.Null(Missing(line));
        Assert.IsType<RecordDispute>(Missing(line with { Of = new("ch_2") }));
        Assert.Equal(ours.Id, Assert.IsType<RecordOutcome>(Assert.IsType<StatementFinding.StateDiffers>(Found(line with { Reference = ours.Reference })).Proposed).Operation);

        _story.Tell(ours.Id, new GatewayOutcome.Refused(NoAnswer));
        Assert.IsType<RecordDispute>(Missing(line));
    }

    [Fact]
    public void ASecondReportOfAMovement_IsProposedUnderTheOperationThatItIsEvidenceOf()
    {
        _story.Tell(_charge.Id, Success(600));
        _story.Tell(_charge.Id, Success(600, "ch_2"));
        var second = _story.Operations.Single(o => o.EvidenceOf == _charge.Id);

        var differs = Assert.IsType<StatementFinding.AmountDiffers>(Found(Line("ch_2", 599)));
        Assert.Equal(second.Id, differs.Operation.Id);
        Assert.Equal(_charge.Id, Assert.IsType<RecordOutcome>(differs.Proposed).Operation);
    }

    [Fact]
    public void WhatMayBeKnownOfALine_IsLoaded()
    {
        var refund = Line("re_1", 5, StatementLineKind.Refund) with { Of = new("ch_1") };
        Assert.Equal(new GatewayPaymentAddress(Acme, new("ch_1")), Rules.WhatElseToLoad(refund)!.GatewayPayment);
        Assert.Null(Rules.WhatElseToLoad(refund with { Reference = new("ours") }));
        Assert.Null(Rules.WhatElseToLoad(refund with { Of = null }));
        Assert.Null(Rules.WhatElseToLoad(refund with { Kind = StatementLineKind.Dispute }));
        Assert.Throws<ArgumentNullException>(() => Rules.WhatElseToLoad(null!));
        var load = Rules.WhatToLoad(Line("ch_1", 5) with { Reference = new("ours") });
        Assert.Equal((new GatewayPaymentAddress(Acme, new("ch_1")), new OperationId("ours")), (load.GatewayPayment!.Value, Assert.Single(load.Operations)));
        Assert.Empty(Rules.WhatToLoad(Line("ch_1", 5)).Operations);
        Assert.Throws<ArgumentNullException>(() => Rules.WhatToLoad(null!));
        Assert.Throws<ArgumentNullException>(() => Rules.FindingOf(null!, []));
        Assert.Throws<ArgumentNullException>(() => Rules.FindingOf(Line("ch_1", 5), null!));
        Assert.Throws<ArgumentNullException>(() => StatementRules.Agree(null!, []));
        Assert.Throws<ArgumentNullException>(() => StatementRules.Agree(Line("ch_1", 5), null!));
        Assert.Throws<ArgumentNullException>(() => StatementRules.IsAbout(null!, _charge));
        Assert.Throws<ArgumentNullException>(() => StatementRules.IsAbout(Line("ch_1", 5), null!));
    }

    private IDecidable<PaymentResult>? Missing(GatewayStatementLine line) => Assert.IsType<StatementFinding.MissingHere>(Found(line)).Proposed;

    private StatementFinding? Found(GatewayStatementLine line) => Rules.FindingOf(line, [.. _story.Operations]);

    private void Tell(GatewayNotice notice) => _story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = new("ch_1"), Notice = notice });

    private static GatewayStatementLine Line(string id, long amount, StatementLineKind kind = StatementLineKind.Payment) => new(new(id), kind, Eur(amount), Noon);
}
